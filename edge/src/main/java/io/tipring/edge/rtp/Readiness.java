package io.tipring.edge.rtp;

/// Learns which ports have something to read, where asking each one would cost too much. On the
/// worker's thread.
interface Readiness {
  /// For networks whose ports are cheap to ask.
  Readiness NONE =
      new Readiness() {
        @Override
        public void watch(PortPair ports, long nowNanos) {}

        @Override
        public void unwatch(PortPair ports) {}
      };

  void watch(PortPair ports, long nowNanos);

  /// Also for ports that another worker's readiness watches no more.
  void unwatch(PortPair ports);
}
