/// What an exchange does: calls, legs, operations. Speaks no protocol, owns no thread.
@org.jspecify.annotations.NullMarked
module io.tipring.core {
  requires static org.jspecify;
  requires transitive io.tipring.api;
  requires transitive io.tipring.media;

  exports io.tipring.core.call;
  exports io.tipring.core.control;
  exports io.tipring.core.journal;
  exports io.tipring.core.lane;
}
