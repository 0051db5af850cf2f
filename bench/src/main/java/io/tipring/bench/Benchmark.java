package io.tipring.bench;

import java.io.IOException;

/// Measures one thing.
interface Benchmark {
  /// What, in a line.
  String about();

  void run(Report report) throws IOException, InterruptedException;
}
