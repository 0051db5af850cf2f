package io.tipring.media.jitter;

import io.tipring.media.codec.Codec;
import org.jspecify.annotations.Nullable;

/// Turns packets as the network delivers them (late, twice, in any order, never) into even frames
/// of sound.
///
/// ```
///  put --> [ring of packets] --> decode --> [pending samples] --> read, 160 at a time
///                                   ^ concealment where a packet is missing
/// ```
///
/// Owned by one worker. Its only clock is the number of frames that were read, and timestamps count
/// samples, so it needs no time of day. A packet's *playout delay* is how much later it is played
/// than the quickest packet of the last seconds could have been; [DelayEstimator] says what it
/// should be.
///
/// Three rules decide when sound is missing:
/// - nothing at all has come: make sound up and wait; what comes late is played, and the delay has
///   grown by itself;
/// - later packets are there: the missing one counts as lost, its time is filled;
/// - the sequence has no gap but the time has (the sender was silent): noise, until the delay is
///   right again.
public final class JitterBuffer {
  /// 20 ms at 8 kHz.
  public static final int FRAME = 160;

  /// The delay before anything is known of a stream.
  static final int FIRST_DELAY = FRAME;

  /// 300 ms. Beyond it sound is thrown away: people begin to talk over each other.
  static final int LONGEST_DELAY = 2400;

  /// A timestamp that is off by a second has nothing to do with the stream before.
  private static final int STRANGE_TRANSIT = 8000;

  /// Sequence numbers so far away are another stream (RFC 3550 A.1 takes 3000 ahead; a ring holds
  /// far less).
  private static final int STRANGE_SEQUENCE = 1000;

  /// More need not be counted: 37 hours.
  private static final int LONG_AGO = 1 << 30;

  private static final int BLEND = 40;
  private static final long NEVER = Long.MIN_VALUE;

  private final PacketRing ring = new PacketRing();
  private final DelayEstimator estimator = new DelayEstimator(FIRST_DELAY);
  private final Concealment concealment;
  private final TimeScale timeScale = new TimeScale();
  private final int[] pending = new int[PacketRing.LARGEST_PAYLOAD + 4 * FRAME];
  private int filled;

  private long clock;
  private boolean playing;

  /// Timestamp after the last real sample, and how many samples were made up since.
  private long next;

  private long lastPlayed = NEVER;
  private int invented;
  private boolean starved;
  private boolean blendNext;

  private long strangeSequence = NEVER;
  private long strangeTimestamp;

  private long concealedSamples;
  private long late;
  private long duplicates;
  private long refused;
  private long restarts;

  /// @param seed of the comfort noise
  public JitterBuffer(long seed) {
    concealment = new Concealment(seed);
  }

  /// Takes a packet of sound.
  ///
  /// @param sequence extended sequence number
  /// @param timestamp extended timestamp, in samples
  public void put(
      Codec codec, long sequence, long timestamp, byte[] payload, int offset, int length) {
    take(codec, sequence, timestamp, payload, offset, length);
  }

  /// Takes a packet that says that the sender is silent, and how its silence sounds (RFC 3389).
  public void putSilence(long sequence, long timestamp, byte[] payload, int offset, int length) {
    take(null, sequence, timestamp, payload, offset, length);
  }

  private void take(
      @Nullable Codec codec,
      long sequence,
      long timestamp,
      byte[] payload,
      int offset,
      int length) {
    if (length > PacketRing.LARGEST_PAYLOAD || length == 0) {
      refused++;
      return;
    }
    if (isStrange(sequence, timestamp)) {
      boolean confirmed =
          strangeSequence != NEVER
              && Math.abs(sequence - strangeSequence) <= PacketRing.SLOTS
              && Math.abs(timestamp - strangeTimestamp) <= STRANGE_TRANSIT;
      strangeSequence = sequence;
      strangeTimestamp = timestamp;
      if (!confirmed) {
        refused++;
        return;
      }
      // Two packets in a row agree: the sender began anew (another SSRC, another clock).
      restart();
    }
    strangeSequence = NEVER;
    estimator.arrived(clock - timestamp);
    if ((lastPlayed != NEVER && sequence <= lastPlayed) || !ring.hasRoomFor(sequence)) {
      late++;
    } else if (ring.has(sequence)) {
      duplicates++;
    } else {
      ring.put(codec, sequence, timestamp, payload, offset, length);
    }
  }

  private boolean isStrange(long sequence, long timestamp) {
    if (!estimator.knowsTransit()) {
      return false;
    }
    if (Math.abs(clock - timestamp - estimator.leastTransit()) > STRANGE_TRANSIT) {
      return true;
    }
    if (ring.size() > 0) {
      return Math.abs(sequence - ring.headSequence()) > STRANGE_SEQUENCE;
    }
    return lastPlayed != NEVER && Math.abs(sequence - lastPlayed) > STRANGE_SEQUENCE;
  }

  private void restart() {
    restarts++;
    ring.clear();
    estimator.reset(FIRST_DELAY);
    lastPlayed = NEVER;
    playing = false;
  }

  /// Writes the next 20 ms into `frame`.
  public void read(int[] frame) {
    while (filled < FRAME) {
      fill();
    }
    System.arraycopy(pending, 0, frame, 0, FRAME);
    filled -= FRAME;
    System.arraycopy(pending, FRAME, pending, 0, filled);
    clock += FRAME;
  }

  /// Time went by without frames being read (the process stood still).
  public void skip(int frames) {
    clock += (long) frames * FRAME;
  }

  private void fill() {
    if (ring.size() == 0) {
      invent(FRAME - filled, true);
      return;
    }
    if (ring.headSamples() == 0) {
      beSilent();
      return;
    }
    if (!playing) {
      if (delayOfHead() < estimator.target()) {
        invent(FRAME - filled, true);
        return;
      }
      playing = true;
      next = ring.headTimestamp();
      invented = 0;
    }
    if (delayOfHead() > LONGEST_DELAY && ring.size() > 1) {
      dropHead();
      return;
    }
    boolean contiguous = ring.headSequence() == lastPlayed + 1;
    long gap = ring.headTimestamp() - next;
    if (contiguous && gap > 0) {
      waitForSpeech();
    } else if (gap > invented) {
      // Lost: its time is filled, whatever came after it keeps its place.
      invent((int) Math.min(FRAME - filled, gap - invented), false);
    } else {
      if (contiguous && -gap >= ring.headSamples()) {
        // The sender's clock went back by less than a second: its sequence says what comes next.
        next = ring.headTimestamp();
      }
      playHead();
    }
  }

  /// What comes next has no gap in its sequence, so the sender is waited for.
  private void beSilent() {
    // RFC 3389 3.1: how far below the loudest, in dB.
    concealment.noiseLevel(Short.MAX_VALUE * StrictMath.pow(10, -(ring.headByte() & 0x7f) / 20.0));
    lastPlayed = ring.headSequence();
    ring.remove();
  }

  /// The sender had paused. Its next words begin when the delay is what it should be.
  private void waitForSpeech() {
    int early = estimator.target() - delayOfHead();
    if (early <= 0) {
      next = ring.headTimestamp();
      playHead();
    } else {
      invent(Math.min(FRAME - filled, early), true);
    }
  }

  private void playHead() {
    // What was made up because a packet seemed lost stands, and is not played again. While nothing
    // at all had come, the packet is played in full, which lets the delay grow.
    long accounted = starved ? next : next + invented;
    int skip = Math.clamp(accounted - ring.headTimestamp(), 0, Integer.MAX_VALUE);
    int excess = delayOfHead() - estimator.target();
    long end = ring.headTimestamp() + ring.headSamples();
    lastPlayed = ring.headSequence();
    if (skip >= ring.headSamples()) {
      ring.remove();
      next = Math.max(next, end);
      invented = starved ? invented : (int) (accounted - next);
      late++;
      return;
    }
    next = end;
    int n = ring.decode(pending, filled) - skip;
    System.arraycopy(pending, filled + skip, pending, filled, n);
    if (invented > 0 && starved) {
      timeScale.waited();
    }
    if (invented > 0 || blendNext) {
      concealment.blend(pending, filled, Math.min(BLEND, n));
    }
    invented = 0;
    starved = false;
    blendNext = false;
    n = timeScale.adjust(pending, filled, n, excess);
    concealment.heard(pending, filled, n);
    filled += n;
  }

  /// Too old to be worth hearing.
  private void dropHead() {
    lastPlayed = ring.headSequence();
    next = ring.headTimestamp() + ring.headSamples();
    invented = 0;
    blendNext = true;
    late++;
    ring.remove();
  }

  private void invent(int count, boolean nothingCame) {
    concealedSamples += concealment.make(pending, filled, count);
    filled += count;
    invented = Math.min(invented + count, LONG_AGO);
    starved = nothingCame;
  }

  private int delayOfHead() {
    long delay = clock + filled - ring.headTimestamp() - estimator.leastTransit();
    return Math.clamp(delay, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /// Frames that had to be made up, until each gap had faded into noise.
  public long concealedFrames() {
    return concealedSamples / FRAME;
  }

  /// Packets that came after their time.
  public long late() {
    return late;
  }

  public long duplicates() {
    return duplicates;
  }

  /// Packets that did not belong: too large, empty, or alone with a strange number.
  public long refused() {
    return refused;
  }

  /// How often another stream took over.
  public long restarts() {
    return restarts;
  }

  /// How much later sound is played than the quickest packet of the last seconds could have been; 0
  /// while nothing is played.
  public int delayMillis() {
    if (!playing) {
      return 0;
    }
    return (int) (clock + filled - next - (starved ? 0 : invented) - estimator.leastTransit()) / 8;
  }

  /// The delay aimed for at the moment.
  public int targetMillis() {
    return estimator.target() / 8;
  }
}
