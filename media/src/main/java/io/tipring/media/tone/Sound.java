package io.tipring.media.tone;

/// Something that makes sound as it is asked for it: mono PCM16 at 8 kHz. Allocates nothing when
/// asked.
public interface Sound {
  /// Adds its next `count` samples to `frame`; fewer when it comes to its end.
  ///
  /// @return how many samples it had
  int add(int[] frame, int from, int count);

  /// Begins anew.
  void rewind();
}
