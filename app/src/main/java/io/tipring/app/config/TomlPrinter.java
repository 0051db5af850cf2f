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
      if (value instanceof Record tables && component.isAnnotationPresent(Tables.class)) {
        tables(tables);
      } else {
        table(component, value);
      }
    }
  }

  private void table(RecordComponent component, Object value) {
    out.append('\n');
    about(component);
    out.append('[').append(Names.of(component)).append("]\n");
    switch (value) {
      case Record table -> {
        for (RecordComponent key : table.getClass().getRecordComponents()) {
          about(key);
          line(Names.of(key), RecordBinder.read(key, table));
        }
      }
      case Map<?, ?> map -> map.forEach((key, text) -> line(key(key.toString()), text));
      default -> throw new IllegalStateException("not a table: " + component);
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
