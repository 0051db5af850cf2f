package io.tipring.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.app.config.Config;
import io.tipring.app.config.ConfigException;
import io.tipring.app.config.ConfigReader;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OpenFilesTest {
  private static Config config(String... assignments) throws ConfigException {
    return ConfigReader.set(Config.DEFAULT, List.of(assignments));
  }

  @Test
  void aLimitThatIsTooLowForTheCallsIsSaidWithWhatToDo() {
    assertThat(OpenFiles.warning(Config.DEFAULT, 1_024).orElseThrow())
        .contains("limits.calls = 2000", "allows 1024")
        .contains("ulimit -n " + OpenFiles.needed(Config.DEFAULT));
  }

  @Test
  void aLimitThatIsHighEnoughIsNotWorthAWord() {
    assertThat(OpenFiles.warning(Config.DEFAULT, OpenFiles.needed(Config.DEFAULT))).isEmpty();
    assertThat(OpenFiles.needed(Config.DEFAULT)).isBetween(4_001, 5_000);
  }

  @Test
  void fewerCallsNeedFewerFiles() throws ConfigException {
    assertThat(OpenFiles.warning(config("limits.calls=100"), 1_024)).isEmpty();
  }

  @Test
  void moreCallsThanPortsNeedNoMoreFilesThanPorts() throws ConfigException {
    Config config = config("limits.calls=1000000", "rtp.last_port=20199", "rtp.ready=8");
    assertThat(OpenFiles.warning(config, 1_024)).isEmpty();
  }
}
