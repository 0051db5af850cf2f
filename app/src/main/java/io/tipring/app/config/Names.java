package io.tipring.app.config;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// How settings are called in the file.
final class Names {
  private Names() {}

  /// `drainSeconds` is `drain_seconds`.
  static String of(RecordComponent component) {
    Key key = component.getAnnotation(Key.class);
    if (key != null && !key.name().isEmpty()) {
      return key.name();
    }
    return component.getName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  /// The known name that a mistyped one most likely meant: the fewest edits away, and not more than
  /// half of it.
  static Optional<String> nearest(String typed, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(name -> edits(typed, name)))
        .filter(name -> edits(typed, name) <= Math.max(2, name.length() / 2));
  }

  /// Insertions, deletions and replacements that lead from one to the other (Levenshtein's
  /// distance).
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
