package io.tipring.bench;

import java.io.IOException;
import java.nio.file.Path;

/// Measures one thing.
interface Benchmark {
  /// What, in a line.
  String about();

  /// @param folder for what it writes; gone afterwards
  /// @throws IOException when it cannot be run here, saying why
  void run(Report report, Path folder) throws IOException, InterruptedException;
}
