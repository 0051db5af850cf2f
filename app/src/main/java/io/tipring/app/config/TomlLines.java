package io.tipring.app.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the line of a key, which the parser's tree no longer knows. Exact for tables and keys that
/// stand on lines of their own; for a key within an inline table it is the line of that table.
final class TomlLines {
  private static final Pattern TABLE = Pattern.compile("\\s*\\[\\s*([^\\[\\]]+?)\\s*]\\s*(#.*)?");
  private static final Pattern KEY = Pattern.compile("\\s*([A-Za-z0-9_.\"'\\- ]+?)\\s*=.*");

  private TomlLines() {}

  /// The line, from 1, of the key whose dotted path is `path`, or of the closest thing around it.
  static int of(String toml, String path) {
    int best = 1;
    int bestLength = 0;
    String table = "";
    int number = 0;
    for (String line : toml.lines().toList()) {
      number++;
      Matcher header = TABLE.matcher(line);
      Matcher key = KEY.matcher(line);
      String here;
      if (header.matches()) {
        table = bare(header.group(1));
        here = table;
      } else if (key.matches()) {
        here = table.isEmpty() ? bare(key.group(1)) : table + "." + bare(key.group(1));
      } else {
        continue;
      }
      boolean around = path.equals(here) || path.startsWith(here + ".");
      if (around && here.length() > bestLength) {
        best = number;
        bestLength = here.length();
      }
    }
    return best;
  }

  private static String bare(String key) {
    return key.replaceAll("[\"' ]", "");
  }
}
