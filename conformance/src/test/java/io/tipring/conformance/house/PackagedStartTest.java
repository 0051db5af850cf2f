package io.tipring.conformance.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script that starts an unpacked Tipring, with a `java` that says how it was called.
final class PackagedStartTest {
  private static final String ECHO = "#!/bin/sh\npwd\nfor word; do echo \"$word\"; done\n";

  @TempDir private Path folder;
  private Path unpacked;
  private Path java;
  private Path elsewhere;

  private record Run(int status, List<String> lines) {}

  @BeforeEach
  void unpack() throws IOException {
    Path root = folder.toRealPath();
    unpacked = Files.createDirectories(root.resolve("with spaces/tipring"));
    elsewhere = Files.createDirectories(root.resolve("elsewhere"));
    java = root.resolve("jdk/bin/java");
    Files.createDirectories(java.getParent());
    script(java, ECHO);
    String start = House.text(House.ROOT.resolve("build/start.sh"));
    script(unpacked.resolve("tipring"), start.replace("@CLASS_PATH@", "$UNPACKED/lib/one.jar"));
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /// Starts it from a folder that is not its own.
  private Run start(String command, String... arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(words).directory(elsewhere.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", java.getParent().getParent().toString());
    builder.environment().remove("TIPRING_JAVA_OPTIONS");
    Process process = builder.start();
    List<String> lines = process.inputReader().lines().toList();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), lines);
  }

  @Test
  void filesAreNamedAsSeenFromWhereItIsCalled() throws Exception {
    Run run = start(unpacked.resolve("tipring").toString(), "run", "--config", "my own.toml");
    assertThat(run.lines())
        .startsWith(elsewhere.toString())
        .endsWith("io.tipring.app.Main", "run", "--config", "my own.toml");
  }

  @Test
  void aLinkToItFindsWhatLiesBesideTheScript() throws Exception {
    Files.createDirectories(unpacked.resolve("lib"));
    Path cache = Files.createFile(unpacked.resolve("lib/cache.aot"));
    Files.createSymbolicLink(elsewhere.resolve("linked"), unpacked.resolve("tipring"));
    Run run = start("./linked", "config");
    assertThat(run.lines())
        .containsSequence(
            "-cp",
            unpacked.resolve("lib/one.jar").toString(),
            "-XX:AOTCache=" + cache,
            "io.tipring.app.Main",
            "config");
  }

  @Test
  void aJavaThatIsTooOldEndsTheStartWith2AndIsNamed() throws Exception {
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
    Run run = start(unpacked.resolve("tipring").toString(), "run");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.lines()).singleElement().asString().contains("JDK 25", java.toString(), "17");
  }
}
