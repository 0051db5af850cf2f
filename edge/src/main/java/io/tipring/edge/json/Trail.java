package io.tipring.edge.json;

import org.jspecify.annotations.Nullable;

/// The way to a member: `data.prompt[1].text`.
record Trail(@Nullable Trail parent, String step) {
  /// Names come from outside where a member stands twice.
  private static final int LONGEST_STEP = 40;

  static final Trail ROOT = new Trail(null, "");

  Trail to(String member) {
    return new Trail(this, member);
  }

  Trail to(int index) {
    return new Trail(this, "[" + index + "]");
  }

  @Override
  public String toString() {
    StringBuilder way = new StringBuilder();
    append(way);
    return way.isEmpty() ? "the message" : way.insert(0, '`').append('`').toString();
  }

  private void append(StringBuilder way) {
    if (parent != null) {
      parent.append(way);
      if (!way.isEmpty() && !step.startsWith("[")) {
        way.append('.');
      }
      way.append(step.length() > LONGEST_STEP ? step.substring(0, LONGEST_STEP) + "..." : step);
    }
  }
}
