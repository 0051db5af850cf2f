/// What sound is: codecs, jitter buffer, tones, clips, and the worker that ticks them. No sockets, no clock, no log.
@org.jspecify.annotations.NullMarked
module io.tipring.media {
  requires static org.jspecify;

  exports io.tipring.media.spec;
  exports io.tipring.media.worker;
}
