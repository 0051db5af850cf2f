package io.tipring.media.codec;

import io.tipring.media.spec.Encoding;

/// Turns sound into payload and back, for one direction of one leg: a codec may remember what it
/// saw before, so it is not shared. Sound is mono PCM16, one sample an `int` in -32,768..32,767;
/// anything outside is clipped. Works in the caller's buffers and allocates nothing.
public interface Codec {
  /// A fresh codec for `encoding`.
  static Codec of(Encoding encoding) {
    return switch (encoding) {
      case PCMU -> G711.PCMU;
      case PCMA -> G711.PCMA;
    };
  }

  /// Rate of the samples on the sound side (which is not always the RTP clock: G.722 is why).
  int sampleHz();

  /// How many samples `length` bytes of payload decode to.
  int samplesIn(int length);

  /// Decodes a whole payload; returns the number of samples written from `at` on, [#samplesIn] of
  /// its length.
  int decode(byte[] payload, int offset, int length, int[] samples, int at);

  /// Encodes `count` samples; returns the number of bytes written from `at` on.
  int encode(int[] samples, int from, int count, byte[] payload, int at);
}
