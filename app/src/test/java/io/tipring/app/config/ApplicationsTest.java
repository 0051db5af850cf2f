package io.tipring.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ApplicationsTest {
  private static final String WEATHER =
      """
      [apps]
      "+4930123456" = "weather"
      weather = "weather"
      other = "wss://app.example/ivr?line=2"
      [applications.weather]
      url = "ws://127.0.0.1:9000/"
      on_loss = "fallback"
      fallback = "echo"
      token = "env:TOKEN"
      secrets = ["env:NEW", "file:/run/secrets/old"]
      """;

  private static Config read(String toml) throws ConfigException {
    return ConfigReader.text(Config.DEFAULT, toml, "tipring.toml");
  }

  private static List<String> problems(String toml) {
    return catchThrowableOfType(ConfigException.class, () -> read(toml)).problems();
  }

  private static String remote(String name, String fallback) {
    return "[applications.%s]\nurl = \"ws://127.0.0.1/\"\nfallback = \"%s\"\n"
        .formatted(name, fallback);
  }

  @Test
  void namesAndNumbersLeadToApplicationsOfTheOperatorsOwnAndToUrls() throws ConfigException {
    Config config = read(WEATHER);
    assertThat(config.apps()).containsEntry("+4930123456", "weather");
    assertThat(config.apps()).containsEntry("other", "wss://app.example/ivr?line=2");
    assertThat(config.applications().get("weather"))
        .isEqualTo(
            new Applications.Remote(
                "ws://127.0.0.1:9000/",
                "fallback",
                "echo",
                "",
                "env:TOKEN",
                List.of("env:NEW", "file:/run/secrets/old")));
  }

  @Test
  void whatIsPrintedReadsBackAsTheSame() throws ConfigException {
    Config config =
        read(WEATHER + "[applications.\"a b\"]\nurl = \"http://h\"\n[control]\ntail = 10\n");
    assertThat(read(TomlPrinter.print(config))).isEqualTo(config);
  }

  @Test
  void theCommandLineChangesOneKeyOfATableAndAddsTables() throws ConfigException {
    Config config =
        ConfigReader.set(
            read(WEATHER),
            List.of(
                "applications.weather.url=ws://127.0.0.1:9001/",
                "applications.new.url=ws://127.0.0.1:9002/",
                "apps.mine=ws://127.0.0.1:9003/ivr"));
    assertThat(config.applications().get("weather").url()).isEqualTo("ws://127.0.0.1:9001/");
    assertThat(config.applications().get("weather").fallback()).isEqualTo("echo");
    assertThat(config.applications()).containsKey("new");
    assertThat(config.apps()).containsEntry("mine", "ws://127.0.0.1:9003/ivr").hasSize(4);
  }

  @Test
  void anUnknownFallbackNamesItsLineAndTheNearestThereIs() {
    assertThat(problems(remote("a", "weahter") + remote("weather", "")))
        .containsExactly(
            "tipring.toml:3: applications.a.fallback: there is no application \"weahter\","
                + " did you mean \"weather\"?");
  }

  @Test
  void fallingBackInACircleIsRefused() {
    assertThat(problems(remote("a", "b") + remote("b", "c") + remote("c", "b")))
        .containsExactly(
            "tipring.toml:3: applications.a.fallback: leads in a circle: a -> b -> c -> b");
    assertThat(problems(remote("a", "a")))
        .containsExactly("tipring.toml:3: applications.a.fallback: leads in a circle: a -> a");
  }

  @Test
  void fallingBackThroughSeveralIsFine() throws ConfigException {
    assertThat(read(remote("a", "c") + remote("b", "c") + remote("c", "echo")).applications())
        .hasSize(3);
  }

  @Test
  void aPolicyThatNeedsAFallbackMustNameOne() {
    assertThat(problems("[applications.a]\nurl = \"ws://h\"\non_loss = \"fallback\"\n"))
        .containsExactly(
            "tipring.toml:1: applications.a.fallback: must name an application,"
                + " since on_loss = \"fallback\"");
  }

  @Test
  void aTableThatIsWrongIsToldOfAndNotThatItIsMissing() {
    assertThat(
            problems(
                "[apps]\nw = \"w\"\n[applications.w]\nurl = \"ws://h\"\non_loss = \"hangup\"\nurk = 1\n"))
        .containsExactly(
            "tipring.toml:6: applications.w.urk: unknown key, did you mean applications.w.url?",
            "tipring.toml:5: applications.w.on_loss: must be \"keep\", \"fallback\" or \"hang_up\","
                + " not \"hangup\"");
  }

  @Test
  void aUrlMustBeOneThatCanBeConnectedTo() {
    for (String url : List.of("", "127.0.0.1:9000", "ftp://h/", "ws://user:secret@h/", "ws:///x")) {
      assertThat(problems("[applications.a]\nurl = \"" + url + "\"\n"))
          .containsExactly(
              "tipring.toml:2: applications.a.url: must be a ws, wss, http or https URL"
                  + " without user, password and fragment, not \""
                  + url
                  + '"');
    }
  }

  @Test
  void namesOfThoseThatComeWithTheExchangeAreTaken() {
    assertThat(problems(remote("echo", "")))
        .containsExactly(
            "tipring.toml:1: applications.echo: is the name of an application that comes with Tipring");
  }

  @Test
  void secretsThemselvesHaveNoPlaceInTheFile() {
    assertThat(problems("[applications.a]\nurl = \"ws://h\"\nsecrets = [\"whsec_AAAA\"]\n"))
        .containsExactly(
            "tipring.toml:3: applications.a.secrets: must be \"env:NAME\" or \"file:PATH\"");
  }

  @Test
  void keysOfControlAreKnownWhereverTheyAreKept() throws ConfigException {
    assertThat(
            read("[control]\nfirst_answer_seconds = 9\n").control().patience().firstAnswerSeconds())
        .isEqualTo(9);
    assertThat(problems("[control]\nfirst_answer_second = 9\n"))
        .containsExactly(
            "tipring.toml:2: control.first_answer_second: unknown key,"
                + " did you mean control.first_answer_seconds?");
  }
}
