package io.tipring.app.config;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Prints a configuration as a file that reads back as the same configuration, each key under what
/// it means.
public final class TomlPrinter {
  private final StringBuilder out = new StringBuilder();

  private TomlPrinter() {}

  public static String print(Config config) {
    TomlPrinter printer = new TomlPrinter();
    printer.tables(config);
    return printer.out.toString().stripLeading();
  }

  private void tables(Record of) {
    for (RecordComponent component : of.getClass().getRecordComponents()) {
      Object value = RecordBinder.read(component, of);
      if (value instanceof Record flat && component.isAnnotationPresent(Flat.class)) {
        tables(flat);
      } else {
        table(component, value);
      }
    }
  }

  private void table(RecordComponent component, Object value) {
    String name = Names.of(component);
    out.append('\n');
    about(component);
    switch (value) {
      case Named<?> named -> named(name, named);
      case Record table -> {
        header(name);
        keys(table);
      }
      case Map<?, ?> map -> {
        header(name);
        map.forEach((key, text) -> line(key(key.toString()), text));
      }
      default -> throw new IllegalStateException("not a table: " + component);
    }
  }

  /// With none there are, what one could look like.
  private void named(String name, Named<?> named) {
    if (named.tables().isEmpty()) {
      TomlPrinter example = new TomlPrinter();
      example.header(name + ".NAME");
      example.keys(named.usual());
      example.out.toString().lines().forEach(line -> out.append("# ").append(line).append('\n'));
    }
    named
        .tables()
        .forEach((key, table) -> {
          header(name + '.' + key(key));
          keys(table);
        });
  }

  private void header(String name) {
    out.append('[').append(name).append("]\n");
  }

  private void keys(Record table) {
    for (RecordComponent key : table.getClass().getRecordComponents()) {
      Object value = RecordBinder.read(key, table);
      if (value instanceof Record flat && key.isAnnotationPresent(Flat.class)) {
        keys(flat);
      } else {
        about(key);
        line(Names.of(key), value);
      }
    }
  }

  private void about(RecordComponent component) {
    Key key = component.getAnnotation(Key.class);
    if (key != null) {
      out.append("# ").append(key.value()).append('\n');
    }
  }

  private void line(String key, Object value) {
    out.append(key).append(" = ").append(literal(value)).append('\n');
  }

  private static String key(String key) {
    return key.matches("[A-Za-z0-9_-]+") ? key : ConfigReader.quoted(key);
  }

  private static String literal(Object value) {
    return switch (value) {
      case String text -> ConfigReader.quoted(text);
      case List<?> list ->
          list.stream().map(TomlPrinter::literal).collect(Collectors.joining(", ", "[", "]"));
      default -> value.toString();
    };
  }
}
