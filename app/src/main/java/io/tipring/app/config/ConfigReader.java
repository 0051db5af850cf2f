package io.tipring.app.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Reads configuration. What it does not understand stops the start: a mistyped key must not be
/// found out by a call that goes wrong.
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
    JsonNode document = parse(text, source);
    return bind(
        new RecordBinder(RecordBinder.Maps.REPLACED),
        base,
        document,
        problem -> source + ":" + TomlLines.of(text, problem.path()) + ": " + problem.path());
  }

  /// `base` with single values, as the command line gives them: `sip.port=5080`. Texts need no
  /// quotes; of two values for one key the last wins. `apps.NAME=APP` adds a name to those there
  /// are.
  public static Config set(Config base, List<String> assignments) throws ConfigException {
    SequencedMap<String, String> lines = new LinkedHashMap<>();
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      if (equals < 1) {
        throw new ConfigException(
            List.of(
                "--set " + assignment + ": expected KEY=VALUE, for example --set sip.port=5080"));
      }
      String key = assignment.substring(0, equals).strip();
      lines.put(key, key + " = " + literal(key, assignment.substring(equals + 1).strip()));
    }
    JsonNode document = parse(String.join("\n", lines.values()), "--set");
    return bind(
        new RecordBinder(RecordBinder.Maps.ADDED_TO),
        base,
        document,
        problem -> "--set " + problem.path());
  }

  /// The value as TOML: itself when it is, else as a text.
  private static String literal(String key, String value) {
    try {
      new TomlMapper().readTree(key + " = " + value);
      return value;
    } catch (JacksonException _) {
      return quoted(value);
    }
  }

  private static JsonNode parse(String text, String source) throws ConfigException {
    try {
      return new TomlMapper().readTree(text);
    } catch (JacksonException e) {
      JsonLocation at = e.getLocation();
      throw new ConfigException(
          List.of(
              source + (at == null ? "" : ":" + at.getLineNr()) + ": " + e.getOriginalMessage()));
    }
  }

  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static Config bind(RecordBinder binder, Config base, JsonNode document, Place place)
      throws ConfigException {
    Config bound = binder.bind(base, document, "");
    if (!binder.problems().isEmpty()) {
      throw new ConfigException(
          binder.problems().stream()
              .map(problem -> place.of(problem) + ": " + problem.message())
              .toList());
    }
    return bound;
  }

  /// Says where a problem is.
  private interface Place {
    String of(RecordBinder.Problem problem);
  }
}
