/// What sound is: codecs, jitter buffer, tones, clips, and the worker that ticks them. No sockets,
/// no clock, no log.
@org.jspecify.annotations.NullMarked
module io.tipring.media {
  requires static org.jspecify;

  exports io.tipring.media.clip;
  exports io.tipring.media.codec;
  exports io.tipring.media.jitter;
  exports io.tipring.media.spec;
  exports io.tipring.media.tone;
  exports io.tipring.media.worker;
}
