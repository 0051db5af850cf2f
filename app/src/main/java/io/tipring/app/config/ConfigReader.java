package io.tipring.app.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Reads configuration. What it does not understand stops the start: a mistyped key must not be found out by a call that
/// goes wrong.
public final class ConfigReader {
  private ConfigReader() {}

  /// `base` with what the file sets.
  public static Config file(Config base, Path file) throws ConfigException {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new ConfigException(List.of(file + ": cannot be read: " + e));
    }
    return text(base, text, file.toString());
  }

  /// `base` with what the TOML document sets.
  ///
  /// @param source its name in messages
  public static Config text(Config base, String text, String source) throws ConfigException {
    JsonNode document;
    try {
      document = new TomlMapper().readTree(text);
    } catch (JacksonException e) {
      JsonLocation at = e.getLocation();
      throw new ConfigException(List.of(source + (at == null ? "" : ":" + at.getLineNr()) + ": " + e.getOriginalMessage()));
    }
    return bind(base, document, problem -> source + ":" + TomlLines.of(text, problem.path()) + ": " + problem.path());
  }

  /// `base` with one value, as the command line gives it: `sip.port=5080`. Texts need no quotes.
  public static Config set(Config base, String assignment) throws ConfigException {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw new ConfigException(List.of("--set " + assignment + ": expected KEY=VALUE, for example --set sip.port=5080"));
    }
    String key = assignment.substring(0, equals).strip();
    String value = assignment.substring(equals + 1).strip();
    JsonNode document = parsed(key + " = " + value, key + " = " + quoted(value), assignment);
    return bind(base, document, problem -> "--set " + assignment + ": " + problem.path());
  }

  private static JsonNode parsed(String plain, String quoted, String assignment) throws ConfigException {
    TomlMapper mapper = new TomlMapper();
    try {
      return mapper.readTree(plain);
    } catch (JacksonException _) {
      try {
        return mapper.readTree(quoted);
      } catch (JacksonException e) {
        throw new ConfigException(List.of("--set " + assignment + ": " + e.getOriginalMessage()));
      }
    }
  }

  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static Config bind(Config base, JsonNode document, Place place) throws ConfigException {
    RecordBinder binder = new RecordBinder();
    Config bound = binder.bind(base, document, "");
    if (!binder.problems().isEmpty()) {
      throw new ConfigException(
          binder.problems().stream().map(problem -> place.of(problem) + ": " + problem.message()).toList());
    }
    return bound;
  }

  /// Says where a problem is.
  private interface Place {
    String of(RecordBinder.Problem problem);
  }
}
