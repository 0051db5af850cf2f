package io.tipring.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ConfigReaderTest {
  private static Config read(String toml) throws ConfigException {
    return ConfigReader.text(Config.DEFAULT, toml, "tipring.toml");
  }

  private static List<String> problems(String toml) {
    return catchThrowableOfType(ConfigException.class, () -> read(toml)).problems();
  }

  @Test
  void anEmptyFileChangesNothing() throws ConfigException {
    assertThat(read("")).isEqualTo(Config.DEFAULT);
  }

  @Test
  void aFileChangesWhatItNamesAndNothingElse() throws ConfigException {
    Config config =
        read(
            """
            [sip]
            port = 5080
            public = true
            [shutdown]
            drain_seconds = 3
            """);
    assertThat(config.sip())
        .isEqualTo(new Config.Sip(Config.DEFAULT.sip().bind(), 5080, true, true));
    assertThat(config.shutdown().drainSeconds()).isEqualTo(3);
    assertThat(config.rtp()).isEqualTo(Config.DEFAULT.rtp());
  }

  @Test
  void applicationsInAFileReplaceTheUsualOnes() throws ConfigException {
    assertThat(read("[apps]\n\"+4930123456\" = \"tone\"\n1000 = \"echo\"").apps())
        .isEqualTo(Map.of("+4930123456", "tone", "1000", "echo"));
  }

  @Test
  void anUnknownApplicationNamesItsLineAndTheNearestThereIs() {
    assertThat(problems("[apps]\n1000 = \"ehco\"\n"))
        .containsExactly(
            "tipring.toml:2: apps.1000: there is no application \"ehco\", did you mean \"echo\"?");
    assertThat(problems("[apps]\n1000 = \"weather\"\n"))
        .singleElement()
        .asString()
        .contains("known are ivr, echo, tone, ", ", or a URL such as ws://");
  }

  @Test
  void anUnknownKeyNamesItsLineAndTheNearestKnownKey() {
    assertThat(problems("[sip]\n\nprot = 5080\n"))
        .containsExactly("tipring.toml:3: sip.prot: unknown key, did you mean sip.port?");
  }

  @Test
  void anUnknownTableNamesTheNearestKnownTable() {
    assertThat(problems("[shut_down]\n"))
        .containsExactly("tipring.toml:1: shut_down: unknown key, did you mean shutdown?");
  }

  @Test
  void aKeyThatIsLikeNoneListsThoseThatAre() {
    assertThat(problems("[shutdown]\nfavourite_colour = 1\n"))
        .containsExactly(
            "tipring.toml:2: shutdown.favourite_colour: unknown key, known are drain_seconds");
  }

  @Test
  void aWrongTypeNamesItsLineAndWhatWasExpected() {
    assertThat(problems("[http]\nport = \"8080\"\n"))
        .containsExactly("tipring.toml:2: http.port: expected a whole number, found \"8080\"");
    assertThat(problems("sip = 5060"))
        .containsExactly("tipring.toml:1: sip: expected a table, found 5060");
    assertThat(problems("[sip]\nbind = [1]\n"))
        .containsExactly("tipring.toml:2: sip.bind: expected a text in quotes, found 1");
    assertThat(problems("[sip]\ntcp = 1\n"))
        .containsExactly("tipring.toml:2: sip.tcp: expected true or false, found 1");
    assertThat(problems("[sip]\nbind = \"::\"\n"))
        .containsExactly(
            "tipring.toml:2: sip.bind: expected a list of texts, [\"...\", \"...\"], found \"::\"");
  }

  @Test
  void aValueThatCannotBeNamesItsLineAndTheDemand() {
    assertThat(problems("[sip]\nport = 70000\n"))
        .containsExactly("tipring.toml:2: sip.port: must be from 0 to 65535, not 70000");
    assertThat(problems("[net]\nlocal_networks = [\"10.0.0.0\"]\n"))
        .containsExactly(
            "tipring.toml:2: net.local_networks: must hold networks like \"10.0.0.0/8\", not \"10.0.0.0\"");
    assertThat(problems("[net]\nadvertised = [\"example.com\"]\n"))
        .containsExactly(
            "tipring.toml:2: net.advertised: must hold IPv4 or IPv6 addresses, not \"example.com\"");
  }

  @Test
  void sipAndHttpCannotShareAPort() {
    assertThat(problems("[sip]\nport = 8080\n"))
        .containsExactly("tipring.toml:1: http.port: must not be sip.port, which is TCP too");
  }

  @Test
  void allProblemsAreReportedAtOnce() {
    assertThat(problems("[sip]\nprt = 1\ntcp = 3\n[rtp]\nworkers = -1\n"))
        .containsExactly(
            "tipring.toml:2: sip.prt: unknown key, did you mean sip.port?",
            "tipring.toml:3: sip.tcp: expected true or false, found 3",
            "tipring.toml:5: rtp.workers: must be from 0 to 256, not -1");
  }

  @Test
  void whatIsNoTomlNamesItsLine() {
    assertThat(problems("[sip]\nport = = 3\n").getFirst()).startsWith("tipring.toml:2: ");
  }

  @Test
  void aFileThatIsNotThereIsAProblem() {
    Path missing = Path.of("no-such-folder", "tipring.toml");
    assertThat(
            catchThrowableOfType(
                    ConfigException.class, () -> ConfigReader.file(Config.DEFAULT, missing))
                .problems())
        .singleElement()
        .asString()
        .startsWith(missing + ": cannot be read");
  }

  @Test
  void theCommandLineSetsOneValueAndNeedsNoQuotes() throws ConfigException {
    Config config =
        ConfigReader.set(
            Config.DEFAULT,
            List.of(
                "sip.port=1",
                "sip.port=5080",
                "media.sounds=my sounds",
                "sip.bind=[\"127.0.0.1\"]"));
    assertThat(config.sip()).isEqualTo(new Config.Sip(List.of("127.0.0.1"), 5080, true, false));
    assertThat(config.media().sounds()).isEqualTo("my sounds");
  }

  @Test
  void valuesOfTheCommandLineAreJudgedTogether() throws ConfigException {
    Config config =
        ConfigReader.set(Config.DEFAULT, List.of("rtp.first_port=40000", "rtp.last_port=40999"));
    assertThat(config.rtp().firstPort()).isEqualTo(40_000);
  }

  @Test
  void theCommandLineSaysWhatItCouldNotSet() {
    assertThat(
            catchThrowableOfType(
                    ConfigException.class,
                    () -> ConfigReader.set(Config.DEFAULT, List.of("sip.prt=1")))
                .problems())
        .containsExactly("--set sip.prt: unknown key, did you mean sip.port?");
    assertThat(
            catchThrowableOfType(
                    ConfigException.class,
                    () -> ConfigReader.set(Config.DEFAULT, List.of("sip.port")))
                .problems())
        .containsExactly("--set sip.port: expected KEY=VALUE, for example --set sip.port=5080");
  }

  @Test
  void whatIsPrintedReadsBackAsTheSame() throws ConfigException {
    Config changed =
        read(
            "[apps]\n\"a \\\"b\\\"\" = \"echo\"\n[net]\nadvertised = [\"192.0.2.1\"]\n[limits]\ncalls = 7\n");
    assertThat(read(TomlPrinter.print(changed))).isEqualTo(changed);
  }

  @Test
  void everySettingSaysWhatItMeans() {
    String printed = TomlPrinter.print(Config.DEFAULT);
    List<String> lines = printed.lines().toList();
    for (int i = 1; i < lines.size(); i++) {
      boolean setting = lines.get(i).contains(" = ") && !lines.get(i).startsWith("#");
      boolean application = Config.DEFAULT.apps().containsKey(lines.get(i).split(" = ", 2)[0]);
      if (setting && !application) {
        assertThat(lines.get(i - 1)).as(lines.get(i)).startsWith("# ");
      }
    }
  }
}
