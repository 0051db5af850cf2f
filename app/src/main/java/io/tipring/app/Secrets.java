package io.tipring.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Secrets stand where the configuration says, never in it.
final class Secrets {
  private Secrets() {}

  /// What `env:NAME` or `file:PATH` refers to.
  ///
  /// @param key of the configuration that says so
  /// @throws IOException when nothing is there; it does not tell what is
  static String read(String key, String reference) throws IOException {
    String name = reference.substring(reference.indexOf(':') + 1);
    String value =
        reference.startsWith("env:") ? System.getenv(name) : Files.readString(Path.of(name));
    if (value == null || value.isBlank()) {
      throw new IOException(key + " refers to " + reference + ", where nothing is");
    }
    return value.strip();
  }
}
