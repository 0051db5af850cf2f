package io.tipring.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tipring.app.config.Applications;
import io.tipring.app.config.Config;
import io.tipring.app.config.ConfigReader;
import io.tipring.core.control.RemoteSettings;
import io.tipring.edge.control.Access;
import io.tipring.edge.control.LinkSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApplicationWiringTest {
  private static Map<String, Applications.Remote> remotes(String... settings) throws Exception {
    List<String> all = new ArrayList<>(List.of("applications.mine.url=ws://127.0.0.1:9/"));
    all.addAll(List.of(settings));
    return ConfigReader.set(Config.DEFAULT, all).applications();
  }

  @Test
  void whatIsNotSetIsAsTheContractSays() {
    Applications.Control control = Config.DEFAULT.control();
    assertThat(ApplicationWiring.patience(control)).isEqualTo(RemoteSettings.Patience.STANDARD);
    assertThat(ApplicationWiring.limits(control)).isEqualTo(RemoteSettings.Limits.STANDARD);
    assertThat(ApplicationWiring.links(control)).isEqualTo(LinkSettings.STANDARD);
  }

  @Test
  void tokensAndSecretsAreReadFromWhereTheConfigurationSays(@TempDir Path folder) throws Exception {
    String secret = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
    Path file = Files.writeString(folder.resolve("secret"), secret + "\n");
    Path token = Files.writeString(folder.resolve("token"), "abc.def\n");
    Access access =
        ApplicationWiring.access(
                remotes(
                    "applications.mine.token=file:" + token,
                    "applications.mine.secrets=[\"file:" + file + "\"]"))
            .get("mine");
    assertThat(access.token()).contains("abc.def");
    assertThat(access.secrets()).hasSize(1);
    assertThat(access.authorities()).isEmpty();
  }

  @Test
  void aSecretThatCannotBeUsedStopsTheStartAndIsNotTold(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), "hunter2\n");
    var bad = remotes("applications.mine.secrets=[\"file:" + file + "\"]");
    assertThatThrownBy(() -> ApplicationWiring.access(bad))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("applications.mine")
        .hasMessageContaining("whsec_")
        .hasMessageNotContaining("hunter2");
    var none = remotes("applications.mine.token=env:TIPRING_NO_SUCH_VARIABLE");
    assertThatThrownBy(() -> ApplicationWiring.access(none))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "applications.mine.token refers to env:TIPRING_NO_SUCH_VARIABLE, where nothing is");
  }

  @Test
  void anAuthorityThatCannotBeReadStopsTheStart(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("ca.pem"), "no certificate\n");
    var bad = remotes("applications.mine.ca=" + file);
    assertThatThrownBy(() -> ApplicationWiring.access(bad))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
  }
}
