package io.tipring.conformance.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The checkout that the tests look at.
final class House {
  /// Its root folder.
  static final Path ROOT = root();

  /// Modules with what ships or supports it, in the order of the build.
  static final List<String> MODULES =
      List.of("wire", "media", "api", "core", "edge", "app", "testkit", "conformance", "bench");

  private House() {}

  private static Path root() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve("tipring"))
          && Files.isDirectory(folder.resolve("wire"))) {
        return folder;
      }
    }
    throw new IllegalStateException("not within a checkout: " + Path.of("").toAbsolutePath());
  }

  /// Every source file, of main code and of tests.
  static List<Path> sources() {
    return MODULES.stream()
        .flatMap(module -> files(ROOT.resolve(module).resolve("src"), ".java").stream())
        .toList();
  }

  /// Files below `folder` whose name ends so, sorted; none when there is no such folder.
  static List<Path> files(Path folder, String ending) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> path.toString().endsWith(ending))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The file as the tests name it.
  static String name(Path file) {
    return ROOT.relativize(file).toString();
  }
}
