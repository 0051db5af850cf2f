package io.tipring.app.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Lays a parsed TOML document over a record of defaults. Goes on after a problem, so that all are
/// reported at once.
final class RecordBinder {
  /// @param path of the key, dotted
  record Problem(String path, String message) {}

  /// What becomes of the names in a table that holds names of the operator's own.
  enum Maps {
    REPLACED,
    ADDED_TO
  }

  private final Maps maps;

  private final List<Problem> problems = new ArrayList<>();

  RecordBinder(Maps maps) {
    this.maps = maps;
  }

  List<Problem> problems() {
    return problems;
  }

  /// A copy of `defaults` with what `table` sets; `defaults` itself where that is impossible.
  <R extends Record> R bind(R defaults, JsonNode table, String path) {
    refuseUnknownKeys(names(defaults.getClass()), table, path);
    return lay(defaults, table, path);
  }

  private <R extends Record> R lay(R defaults, JsonNode table, String path) {
    RecordComponent[] components = defaults.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    boolean judged = true;
    for (int i = 0; i < components.length; i++) {
      Object before = read(components[i], defaults);
      String name = Names.of(components[i]);
      int known = problems.size();
      if (before instanceof Record flat && components[i].isAnnotationPresent(Flat.class)) {
        values[i] = lay(flat, table, path);
      } else {
        values[i] = table.has(name) ? value(before, table.get(name), join(path, name)) : before;
      }
      // A table of theirs that is wrong would seem to be missing where its name is used.
      judged &= !(before instanceof Named<?>) || problems.size() == known;
    }
    return judged ? construct(defaults, components, values, path) : defaults;
  }

  private static List<String> names(Class<?> record) {
    return Arrays.stream(record.getRecordComponents())
        .flatMap(component ->
            component.isAnnotationPresent(Flat.class)
                ? names(component.getType()).stream()
                : Stream.of(Names.of(component)))
        .toList();
  }

  private void refuseUnknownKeys(List<String> known, JsonNode table, String path) {
    for (Map.Entry<String, JsonNode> entry : table.properties()) {
      if (!known.contains(entry.getKey())) {
        String meant =
            Names.nearest(entry.getKey(), known)
                .map(name -> ", did you mean " + join(path, name) + "?")
                .orElse(", known are " + String.join(", ", known));
        problems.add(new Problem(join(path, entry.getKey()), "unknown key" + meant));
      }
    }
  }

  private Object value(Object before, JsonNode node, String path) {
    return switch (before) {
      case Named<?> named when node.isObject() ->
          unlessFaulty(named, () -> tables(named, node, path));
      case Record table when node.isObject() -> bind(table, node, path);
      case Map<?, ?> map when node.isObject() -> unlessFaulty(map, () -> texts(map, node, path));
      case List<?> _ when node.isArray() -> unlessFaulty(before, () -> list(node, path));
      case Integer _ when node.isInt() -> node.intValue();
      case Boolean _ when node.isBoolean() -> node.booleanValue();
      case String _ when node.isTextual() -> node.textValue();
      default -> {
        problems.add(new Problem(path, "expected " + kind(before) + ", found " + node));
        yield before;
      }
    };
  }

  /// One bad element is one problem: the collection around it is not judged as well.
  private Object unlessFaulty(Object before, Supplier<Object> collection) {
    int known = problems.size();
    Object read = collection.get();
    return problems.size() == known ? read : before;
  }

  private Map<String, String> texts(Map<?, ?> before, JsonNode table, String path) {
    Map<String, String> texts = new LinkedHashMap<>();
    switch (maps) {
      case REPLACED -> {}
      case ADDED_TO -> before.forEach((name, text) -> texts.put((String) name, (String) text));
    }
    for (Map.Entry<String, JsonNode> entry : table.properties()) {
      texts.put(entry.getKey(), (String) value("", entry.getValue(), join(path, entry.getKey())));
    }
    return texts;
  }

  private <R extends Record> Named<R> tables(Named<R> before, JsonNode table, String path) {
    Map<String, R> tables = new LinkedHashMap<>();
    switch (maps) {
      case REPLACED -> {}
      case ADDED_TO -> tables.putAll(before.tables());
    }
    for (Map.Entry<String, JsonNode> entry : table.properties()) {
      R defaults = tables.getOrDefault(entry.getKey(), before.usual());
      String at = join(path, entry.getKey());
      if (entry.getValue().isObject()) {
        tables.put(entry.getKey(), bind(defaults, entry.getValue(), at));
      } else {
        problems.add(new Problem(at, "expected a table, found " + entry.getValue()));
      }
    }
    return new Named<>(before.usual(), tables);
  }

  private List<String> list(JsonNode array, String path) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : array) {
      texts.add((String) value("", element, path));
    }
    return texts;
  }

  private static String kind(Object before) {
    return switch (before) {
      case Record _, Map<?, ?> _ -> "a table";
      case List<?> _ -> "a list of texts, [\"...\", \"...\"]";
      case Integer _ -> "a whole number";
      case Boolean _ -> "true or false";
      default -> "a text in quotes";
    };
  }

  @SuppressWarnings("unchecked") // the canonical constructor of R makes an R
  private <R extends Record> R construct(
      R defaults, RecordComponent[] components, Object[] values, String path) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> canonical = defaults.getClass().getDeclaredConstructor(types);
      return (R) canonical.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Checks.Unfit unfit) {
        problems.add(new Problem(join(path, unfit.key()), unfit.demand()));
        return defaults;
      }
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  static Object read(RecordComponent component, Record of) {
    try {
      return component.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
