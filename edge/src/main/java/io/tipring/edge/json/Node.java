package io.tipring.edge.json;

import java.util.List;
import java.util.Map;

/// What was read, before it is known what it should be: a message's `type` may stand behind its
/// `data`. Each knows where it began, for whoever must mend it.
sealed interface Node {
  Position at();

  /// What it is, in a sentence.
  String kind();

  record Text(Position at, String value) implements Node {
    @Override
    public String kind() {
      return "a text";
    }
  }

  /// As it was written, for `1e999999999` is a number too.
  record Numeral(Position at, String value) implements Node {
    @Override
    public String kind() {
      return "a number";
    }
  }

  record Flag(Position at, boolean value) implements Node {
    @Override
    public String kind() {
      return value ? "true" : "false";
    }
  }

  record Nothing(Position at) implements Node {
    @Override
    public String kind() {
      return "null";
    }
  }

  record Items(Position at, List<Node> elements) implements Node {
    @Override
    public String kind() {
      return "a list";
    }
  }

  record Members(Position at, Map<String, Node> members) implements Node {
    @Override
    public String kind() {
      return "an object";
    }
  }

  /// Both count from 1; columns are UTF-16 units.
  record Position(int line, int column) {
    @Override
    public String toString() {
      return "line " + line + ", column " + column;
    }
  }
}
