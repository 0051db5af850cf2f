package io.tipring.app;

import io.tipring.app.config.Config;
import io.tipring.app.config.ConfigException;
import io.tipring.app.config.ConfigReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the command line asks.
///
/// @param file the configuration file; empty when there is none
/// @param assignments values of `--set`, in order; they win over the file
record Arguments(Command command, Optional<Path> file, List<String> assignments) {
  private static final Path USUAL_FILE = Path.of("tipring.toml");

  enum Command {
    RUN,
    CONFIG
  }

  /// The command line is not understood.
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1;

    Unusable(String message) {
      super(message);
    }
  }

  static Arguments parse(String... args) throws Unusable {
    Command command = Command.RUN;
    Optional<Path> file = usualFile();
    List<String> assignments = new ArrayList<>();
    Iterator<String> words = List.of(args).iterator();
    while (words.hasNext()) {
      String word = words.next();
      switch (word) {
        case "run", "config" -> command = Command.valueOf(word.toUpperCase(Locale.ROOT));
        case "--config" -> file = Optional.of(Path.of(after(word, words)));
        case "--set" -> assignments.add(after(word, words));
        default ->
            throw new Unusable("tipring: unknown argument " + word + "; ./tipring help lists them");
      }
    }
    return new Arguments(command, file, List.copyOf(assignments));
  }

  private static Optional<Path> usualFile() {
    String named = System.getenv("TIPRING_CONFIG");
    if (named != null && !named.isBlank()) {
      return Optional.of(Path.of(named));
    }
    return Optional.of(USUAL_FILE).filter(Files::exists);
  }

  private static String after(String option, Iterator<String> words) throws Unusable {
    if (!words.hasNext()) {
      throw new Unusable("tipring: " + option + " needs a value");
    }
    return words.next();
  }

  /// Defaults, then the file, then the command line.
  Config config() throws ConfigException {
    Config config = Config.DEFAULT;
    if (file.isPresent()) {
      config = ConfigReader.file(config, file.get());
    }
    return assignments.isEmpty() ? config : ConfigReader.set(config, assignments);
  }
}
