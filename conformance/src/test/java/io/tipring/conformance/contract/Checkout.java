package io.tipring.conformance.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files of the contract in the checkout.
final class Checkout {
  static final Path ROOT = root();
  static final Path SCHEMAS = ROOT.resolve("docs/schema");
  static final Path PROTOCOL = ROOT.resolve("docs/protocol/control-v1.md");
  static final Path JOURNAL = ROOT.resolve("conformance/journal/v1.jsonl");

  private Checkout() {}

  private static Path root() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve("tipring"))) {
        return folder;
      }
    }
    throw new IllegalStateException("not within a checkout: " + Path.of("").toAbsolutePath());
  }

  /// Empty when there is no such file.
  static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
