package io.tipring.conformance.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tipring.api.EndReason;
import io.tipring.app.config.Config;
import io.tipring.app.config.ConfigException;
import io.tipring.app.config.ConfigReader;
import io.tipring.app.config.TomlPrinter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the documents point at exists, and what they show works.
final class DocumentsTest {
  private static final Pattern LINK = Pattern.compile("\\[[^\\]\n]*]\\(([^)\\s#]+)(#[^)]*)?\\)");
  private static final Pattern TOML_BLOCK = Pattern.compile("```toml\n(.*?)```", Pattern.DOTALL);
  private static final Pattern METER = Pattern.compile("tipring_[a-z0-9_]+[a-z0-9]");
  private static final Pattern THREAD_NAME =
      Pattern.compile(
          "(?:\\.name\\(|new DefaultThreadFactory\\(|new ThreadLane\\()\\s*\"([a-z-]+)\"");

  private static List<Path> documents() {
    List<Path> documents = new ArrayList<>(House.files(House.ROOT.resolve("docs"), ".md"));
    try (Stream<Path> top = Files.list(House.ROOT)) {
      top.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    documents.addAll(House.files(House.ROOT.resolve("examples"), ".md"));
    for (String module : House.MODULES) {
      documents.addAll(House.files(House.ROOT.resolve(module).resolve("src"), ".md"));
    }
    return documents;
  }

  @Test
  void everyLinkWithinTheCheckoutLeadsSomewhere() {
    List<String> faults = new ArrayList<>();
    for (Path document : documents()) {
      Matcher link = LINK.matcher(House.text(document));
      while (link.find()) {
        String target = link.group(1);
        if (!target.contains(":") && !Files.exists(document.resolveSibling(target))) {
          faults.add(House.name(document) + " links to " + target);
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void everyConfigurationInTheDocumentsLoads() {
    for (Path document : documents()) {
      Matcher block = TOML_BLOCK.matcher(House.text(document));
      while (block.find()) {
        assertThatCode(
                () -> ConfigReader.text(Config.DEFAULT, block.group(1), House.name(document)))
            .doesNotThrowAnyException();
      }
    }
  }

  @Test
  void theScriptInTheDocumentsIsTheOneThatRuns() {
    String script =
        House.text(House.ROOT.resolve("app/src/main/java/io/tipring/app/builtin/IvrScript.java"));
    String shown = script.substring(script.indexOf("///"));
    assertThat(House.text(House.ROOT.resolve("docs/scripts.md")))
        .contains("```java\n" + shown + "```");
  }

  @Test
  void everySettingStandsInTheOperatorsPage() throws ConfigException {
    String page = House.text(House.ROOT.resolve("docs/operations.md"));
    Config all =
        ConfigReader.set(Config.DEFAULT, List.of("applications.mine.url=ws://127.0.0.1:9000/"));
    TomlPrinter.print(all)
        .lines()
        .filter(line -> line.contains(" = ") && !line.startsWith("#"))
        .map(line -> line.substring(0, line.indexOf(" = ")))
        .filter(key -> !Config.DEFAULT.apps().containsKey(key))
        .forEach(key -> assertThat(page).contains("`" + key + "`"));
  }

  @Test
  void everyThreadStandsInTheTableOfThreads() {
    String page = House.text(House.ROOT.resolve("docs/threads.md"));
    List<String> names = new ArrayList<>();
    for (String module : List.of("wire", "media", "api", "core", "edge", "app")) {
      for (Path source : House.files(House.ROOT.resolve(module).resolve("src/main"), ".java")) {
        Matcher name = THREAD_NAME.matcher(House.text(source));
        while (name.find()) {
          names.add(name.group(1));
        }
      }
    }
    assertThat(names).contains("lane", "media-", "sip-tcp");
    assertThat(names).allSatisfy(name -> assertThat(page).contains("| `" + name));
  }

  @Test
  void everyMeterThatOperatorsAreToldToWatchIsThere() {
    String sources =
        House.files(House.ROOT.resolve("app/src/main"), ".java").stream()
            .map(House::text)
            .collect(Collectors.joining());
    Matcher meter = METER.matcher(House.text(House.ROOT.resolve("docs/operations.md")));
    while (meter.find()) {
      // Groups of counters get their `_total` when they are printed.
      assertThat(sources).contains('"' + meter.group().replaceFirst("_total$", ""));
    }
  }

  @Test
  void everyEndingStandsInTheOperatorsTableAsTheCodeHasIt() {
    List<List<String>> rows = table("docs/operations.md", "ending");
    assertThat(rows)
        .extracting(List::getFirst)
        .containsExactlyElementsOf(
            Arrays.stream(EndReason.values())
                .map(reason -> "`" + reason.name().toLowerCase(Locale.ROOT) + "`")
                .toList());
    for (EndReason reason : EndReason.values()) {
      List<String> row = rows.get(reason.ordinal());
      assertThat(row).as("%s", reason).hasSize(6);
      assertThat(row.get(1)).isEqualTo(reason.blame().name().toLowerCase(Locale.ROOT));
      assertThat(row.get(2)).as("%s before the answer", reason).isEqualTo(status(reason));
      assertThat(row.get(4)).isEqualTo(Integer.toString(reason.q850()));
    }
  }

  private static String status(EndReason reason) {
    if (reason == EndReason.APP_REJECTED) {
      return "the application's own";
    }
    return reason.sipStatus() == 0 ? "-" : Integer.toString(reason.sipStatus());
  }

  /// The rows of the table whose first column has that name, without its head.
  private static List<List<String>> table(String document, String column) {
    return House.text(House.ROOT.resolve(document))
        .lines()
        .dropWhile(line -> !line.startsWith("| " + column + " |"))
        .takeWhile(line -> line.startsWith("|"))
        .skip(2)
        .map(line -> List.of(line.substring(2, line.length() - 2).split(" \\| ")))
        .toList();
  }

  @Test
  void everyConfigurationFileInTheCheckoutLoads() {
    List<Path> files = new ArrayList<>(House.files(House.ROOT.resolve("docs"), ".toml"));
    files.addAll(House.files(House.ROOT.resolve("examples"), ".toml"));
    for (Path file : files) {
      assertThatCode(() -> ConfigReader.file(Config.DEFAULT, file)).doesNotThrowAnyException();
    }
  }
}
