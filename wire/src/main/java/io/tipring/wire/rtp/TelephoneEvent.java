package io.tipring.wire.rtp;

/// The payload of a telephone-event packet (RFC 4733 2.3), four bytes:
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |     event     |E|R| volume    |          duration             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// Static accessors over somebody else's buffer: reading allocates nothing.
public final class TelephoneEvent {
  public static final int LENGTH = 4;
  public static final int MAX_DURATION = 0xffff;

  private static final int FLAGS_OFFSET = 1;
  private static final int DURATION_OFFSET = 2;
  private static final int END_BIT = 0x80;
  private static final int VOLUME_MASK = 0x3f;

  /// RFC 4733 3.2, by event code.
  private static final String KEYS = "0123456789*#ABCD";

  private TelephoneEvent() {}

  /// Event code, 0..255; 0..15 are the keys.
  public static int event(byte[] buffer, int at) {
    return Bytes.u8(buffer, at);
  }

  public static boolean end(byte[] buffer, int at) {
    return (buffer[at + FLAGS_OFFSET] & END_BIT) != 0;
  }

  /// Power in -dBm0, 0..63.
  public static int volume(byte[] buffer, int at) {
    return buffer[at + FLAGS_OFFSET] & VOLUME_MASK;
  }

  /// So far, in ticks of the RTP clock, 0..65,535.
  public static int duration(byte[] buffer, int at) {
    return Bytes.u16(buffer, at + DURATION_OFFSET);
  }

  /// Writes the four bytes; a longer `duration` is cut to [#MAX_DURATION].
  public static void write(
      byte[] buffer, int at, int event, boolean end, int volume, int duration) {
    Bytes.put8(buffer, at, event);
    Bytes.put8(buffer, at + FLAGS_OFFSET, (end ? END_BIT : 0) | (volume & VOLUME_MASK));
    Bytes.put16(buffer, at + DURATION_OFFSET, Math.clamp(duration, 0, MAX_DURATION));
  }

  public static boolean isKey(int event) {
    return event >= 0 && event < KEYS.length();
  }

  /// The key of an event code for which [#isKey] holds.
  public static char keyOf(int event) {
    return KEYS.charAt(event);
  }

  /// The event code of one of `0-9*#A-D`.
  ///
  /// @throws IllegalArgumentException for anything else
  public static int eventOf(char key) {
    int event = KEYS.indexOf(key);
    if (event < 0) {
      throw new IllegalArgumentException("'" + key + "' is not one of 0-9 * # A-D");
    }
    return event;
  }
}
