package io.tipring.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A document under docs/ that a test makes, and that must say what the test would make now.
///
/// With `-Dtipring.regenerate` the test writes it instead of judging it.
public final class GeneratedDocument {
  private final Path file;
  private final String command;

  /// @param path below docs/
  /// @param maker the test that makes it
  public GeneratedDocument(String path, Class<?> maker) {
    file = root().resolve("docs").resolve(path);
    command = "mvn -q -pl wire test -Dtest=" + maker.getSimpleName() + " -Dtipring.regenerate";
  }

  /// The root folder of the checkout.
  public static Path root() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve("docs")) && Files.isDirectory(folder.resolve("wire"))) {
        return folder;
      }
    }
    throw new IllegalStateException("not within a checkout: " + Path.of("").toAbsolutePath());
  }

  /// What it says now; empty when it is not there.
  public String text() {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Fails when the document says anything else, with the command that mends it.
  public void mustSay(String text) {
    if (System.getProperty("tipring.regenerate") != null) {
      write(text);
    }
    assertThat(text())
        .as("docs/%s is not up to date: %s", file.getFileName(), command)
        .isEqualTo(text);
  }

  private void write(String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
