package io.tipring.conformance.application;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What an example wrote down of one call: every message, in order.
///
/// @param said by the application
/// @param heard by it
record Trace(List<JsonNode> said, List<JsonNode> heard) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// By call.
  static Map<String, Trace> of(String printed) {
    Map<String, Trace> calls = new LinkedHashMap<>();
    printed
        .lines()
        .forEach(line -> {
          String[] parts = line.split(" ", 3);
          if (parts.length == 3 && (parts[1].equals("<") || parts[1].equals(">"))) {
            Trace call =
                calls.computeIfAbsent(
                    parts[0], _ -> new Trace(new ArrayList<>(), new ArrayList<>()));
            (parts[1].equals("<") ? call.said : call.heard).add(json(parts[2]));
          }
        });
    return calls;
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Numbers of the events, as they came.
  List<Integer> numbers() {
    return heard.stream()
        .filter(message -> message.has("seq"))
        .map(message -> Integer.valueOf(message.path("seq").asText().split(":")[1]))
        .toList();
  }

  /// How often each operation that was asked for has ended.
  Map<String, Integer> ends() {
    Map<String, Integer> ends = new LinkedHashMap<>();
    said.stream()
        .filter(message -> !message.path("type").asText().equals("resume"))
        .forEach(message -> ends.put(message.path("id").asText(), 0));
    for (JsonNode message : heard) {
      if (message.path("type").asText().matches("operation\\.(succeeded|failed|cancelled)")) {
        ends.merge(message.path("ref").asText(), 1, Integer::sum);
      }
    }
    return ends;
  }

  /// Digits of the gathers that had four, in order.
  List<String> fours() {
    return heard.stream()
        .filter(message -> message.path("type").asText().equals("operation.succeeded"))
        .map(message -> message.at("/data/outcome/digits").asText())
        .filter(digits -> digits.length() == 4)
        .toList();
  }

  /// What the application had spoken, each text once.
  Set<String> texts() {
    Set<String> texts = new LinkedHashSet<>();
    for (JsonNode message : said) {
      texts.add(message.at("/data/text").asText());
      texts.add(message.at("/data/prompt/0/text").asText());
    }
    texts.remove("");
    return texts;
  }

  String from() {
    return heard.getFirst().at("/data/call/from").asText();
  }
}
