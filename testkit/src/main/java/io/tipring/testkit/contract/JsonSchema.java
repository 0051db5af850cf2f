package io.tipring.testkit.contract;

import io.tipring.testkit.contract.Contract.Definition;
import io.tipring.testkit.contract.Contract.Form;
import io.tipring.testkit.contract.Contract.Member;
import io.tipring.testkit.contract.Contract.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// JSON Schema 2020-12. Members that are not named are allowed everywhere, as the contract says.
final class JsonSchema {
  private static final String ID = "[A-Za-z0-9_.:-]{1,64}";
  private static final String TIME =
      "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z";
  private static final String CURSOR = "[0-9]{1,16}:[0-9]{1,16}";
  private static final long MOST = (1L << 53) - 1;
  private static final long MOST_MILLIS = 1_000_000_000_000L;

  /// Where definitions lie.
  private final String root;

  JsonSchema(String root) {
    this.root = root;
  }

  static Map<String, Object> document(Contract contract) {
    JsonSchema schema = new JsonSchema("#/$defs/");
    Map<String, Object> definitions = new LinkedHashMap<>();
    definitions.put("ToApplication", anyOf(schema, contract.toApplication()));
    definitions.put("FromApplication", anyOf(schema, contract.fromApplication()));
    contract
        .toApplication()
        .forEach(message -> definitions.put(message.type(), schema.toApplication(message)));
    contract
        .fromApplication()
        .forEach(
            message -> definitions.put(message.type(), schema.fromApplication(message, contract)));
    contract.definitions().forEach(type -> definitions.put(type.name(), schema.definition(type)));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    document.put("$id", "urn:tipring:control:v1");
    document.put("title", "Tipring control v1");
    document.put("anyOf", List.of(schema.ref("ToApplication"), schema.ref("FromApplication")));
    document.put("$defs", definitions);
    return document;
  }

  private static Map<String, Object> anyOf(JsonSchema schema, List<Message> messages) {
    return Map.of("anyOf", messages.stream().map(message -> schema.ref(message.type())).toList());
  }

  Map<String, Object> toApplication(Message message) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("id", text(ID));
    properties.put("type", Map.of("const", message.type()));
    properties.put("time", text(TIME));
    if (message.isEvent()) {
      properties.put("seq", text(CURSOR));
    }
    properties.put("call", text(ID));
    properties.put("ref", text(ID));
    properties.put("data", ref(message.data()));
    List<String> required = new ArrayList<>(properties.keySet());
    required.remove("ref");
    return object(message.text(), properties, required);
  }

  Map<String, Object> fromApplication(Message message, Contract contract) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("id", text(ID));
    properties.put("type", Map.of("const", message.type()));
    properties.put("data", ref(message.data()));
    boolean needsData =
        contract.definitions().stream()
            .anyMatch(type ->
                type instanceof Contract.Structure structure
                    && structure.name().equals(message.data())
                    && structure.members().stream().anyMatch(Member::mandatory));
    return object(
        message.text(),
        properties,
        needsData ? List.of("id", "type", "data") : List.of("id", "type"));
  }

  Map<String, Object> definition(Definition definition) {
    return switch (definition) {
      case Contract.Structure structure -> structure(structure);
      case Contract.Family family -> {
        Map<String, Object> schema = described(family.text());
        schema.put("anyOf", family.structures().stream().map(this::ref).toList());
        yield schema;
      }
      case Contract.Words words -> {
        Map<String, Object> schema = described(words.text());
        schema.put("enum", words.words().stream().map(Contract.Word::name).toList());
        yield schema;
      }
    };
  }

  private Map<String, Object> structure(Contract.Structure structure) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    structure
        .tag()
        .ifPresent(tag -> {
          properties.put("type", Map.of("const", tag));
          required.add("type");
        });
    for (Member member : structure.members()) {
      Map<String, Object> schema = new LinkedHashMap<>();
      if (!member.text().isEmpty()) {
        schema.put("description", member.text());
      }
      schema.putAll(form(member.form()));
      member.fallback().ifPresent(text -> schema.put("default", value(text)));
      properties.put(member.name(), schema);
      if (member.mandatory()) {
        required.add(member.name());
      }
    }
    return object(structure.text(), properties, required);
  }

  private static Object value(String json) {
    return switch (json) {
      case "true", "false" -> Boolean.valueOf(json);
      case "[]" -> List.of();
      case String text when text.startsWith("\"") -> text.substring(1, text.length() - 1);
      case String number -> Long.valueOf(number);
    };
  }

  private Map<String, Object> form(Form form) {
    return switch (form) {
      case Contract.Simple simple ->
          switch (simple) {
            case TEXT -> ordered("type", "string");
            case FLAG -> ordered("type", "boolean");
            case INT -> whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG -> whole(-MOST, MOST);
            case MILLIS -> whole(0, MOST_MILLIS);
            case CURSOR -> text(CURSOR);
            case ID -> text(ID);
          };
      case Contract.ListOf(Form element) -> {
        Map<String, Object> schema = ordered("type", "array");
        schema.put("items", form(element));
        yield schema;
      }
      case Contract.Named(String name) -> ref(name);
    };
  }

  Map<String, Object> ref(String name) {
    return ordered("$ref", root + name);
  }

  private static Map<String, Object> whole(long least, long most) {
    Map<String, Object> schema = ordered("type", "integer");
    schema.put("minimum", least);
    schema.put("maximum", most);
    return schema;
  }

  private static Map<String, Object> text(String pattern) {
    Map<String, Object> schema = ordered("type", "string");
    schema.put("pattern", "^" + pattern + "$");
    return schema;
  }

  private static Map<String, Object> object(
      String text, Map<String, Object> properties, List<String> required) {
    Map<String, Object> schema = described(text);
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("required", required);
    return schema;
  }

  private static Map<String, Object> described(String text) {
    return text.isEmpty() ? new LinkedHashMap<>() : ordered("description", text);
  }

  private static Map<String, Object> ordered(String key, Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(key, value);
    return map;
  }
}
