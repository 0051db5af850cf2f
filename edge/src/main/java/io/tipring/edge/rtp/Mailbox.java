package io.tipring.edge.rtp;

/// The way into a worker, from any thread. Never blocks.
interface Mailbox {
  void put(WorkerInput input);

  /// Inputs that wait.
  int waiting();
}
