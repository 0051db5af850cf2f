/// placeholder
@org.jspecify.annotations.NullMarked
module io.tipring.wire {
  requires static org.jspecify;
}
