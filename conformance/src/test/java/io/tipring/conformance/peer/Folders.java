package io.tipring.conformance.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where peers run and leave their logs: `target/<kind>/<name>-<something>`, kept for whoever looks
/// into a failure.
final class Folders {
  private Folders() {}

  static Path fresh(String kind, String name) {
    try {
      Path parent = Path.of("target", kind).toAbsolutePath();
      Files.createDirectories(parent);
      return Files.createTempDirectory(parent, name + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
