package io.tipring.media.worker;

import io.tipring.media.spec.MediaSpec;
import io.tipring.media.spec.MediaStats;

/// One leg's packets, as its pipeline sees them: the RTP session behind it owns header, SSRC,
/// sequence numbers, RTCP and source latching. Owned by one worker; buffers are reused, so a sink
/// copies what it keeps.
public interface PacketIo {
  /// Hands every packet that has arrived since the last call to `sink`, oldest first; returns how
  /// many.
  int receive(long nowNanos, Arrivals sink);

  /// Sends one packet of sound.
  ///
  /// @param sampleTime samples since the pipeline began (the session adds its random offset)
  /// @param marker first packet after a pause (RFC 3551 4.1)
  void sendAudio(
      long nowNanos, int payloadType, boolean marker, long sampleTime, byte[] payload, int length);

  /// Sends one telephone-event packet (RFC 4733 2.3).
  ///
  /// @param sampleTime when the event began; the same in all its packets
  /// @param durationSamples so far
  void sendEvent(
      long nowNanos,
      int payloadType,
      boolean marker,
      long sampleTime,
      char key,
      int durationSamples,
      boolean end);

  /// Sends what is due of its own accord (RTCP reports). Called once a frame, every 20 ms.
  void tick(long nowNanos);

  /// Applies a later answer: the peer may have moved, or take other payload types. SSRC, sequence
  /// and timestamp go on.
  void change(MediaSpec spec);

  /// Says goodbye (RTCP BYE) and gives the port back to rest. Called once, last.
  ///
  /// @return what was counted; `concealed` is 0 here, the pipeline knows it
  MediaStats close(long nowNanos);

  /// Takes what has arrived.
  interface Arrivals {
    /// @param sequence extended over 2^16 wraps
    /// @param timestamp extended over 2^32 wraps, in samples of the RTP clock
    void audio(
        long nowNanos,
        int payloadType,
        long sequence,
        long timestamp,
        byte[] buffer,
        int offset,
        int length);

    /// A key is down: its first packet was heard. Reported once, before [#key].
    void keyBegan(char key);

    /// One key was pressed, reported once by the RFC 4733 receiver.
    void key(char key, int durationMillis);
  }
}
