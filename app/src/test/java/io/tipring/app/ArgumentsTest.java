package io.tipring.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.tipring.app.Arguments.Command;
import io.tipring.app.config.Config;
import io.tipring.app.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArgumentsTest {
  @Test
  void theCommandLineWinsOverTheFileAndTheLastAssignmentOverTheFirst(@TempDir Path folder)
      throws IOException, Arguments.Unusable, ConfigException {
    Path file =
        Files.writeString(folder.resolve("mine.toml"), "[sip]\nport = 1\n[http]\nport = 2\n");
    Arguments arguments =
        Arguments.parse(
            "config", "--config", file.toString(), "--set", "sip.port=3", "--set", "sip.port=4");
    assertThat(arguments.command()).isEqualTo(Command.CONFIG);
    assertThat(arguments.config().sip().port()).isEqualTo(4);
    assertThat(arguments.config().http().port()).isEqualTo(2);
  }

  @Test
  void theCommandLineAddsANameToThoseThatTheFileHas(@TempDir Path folder)
      throws IOException, Arguments.Unusable, ConfigException {
    Path file = Files.writeString(folder.resolve("mine.toml"), "[apps]\nhello = \"echo\"\n");
    Config config =
        Arguments.parse(
                "run",
                "--config",
                file.toString(),
                "--set",
                "apps.bell=ring",
                "--set",
                "apps.\"+1\"=tone")
            .config();
    assertThat(config.apps())
        .containsExactly(entry("hello", "echo"), entry("bell", "ring"), entry("+1", "tone"));
  }

  @Test
  void whatIsNotUnderstoodStopsTheStart() {
    assertThatThrownBy(() -> Arguments.parse("run", "--verbose")).hasMessageContaining("--verbose");
    assertThatThrownBy(() -> Arguments.parse("run", "--config"))
        .hasMessage("tipring: --config needs a value");
  }
}
