package io.tipring.edge.json;

import java.util.Collection;

/// What should have stood there, in words for whoever sent something else.
final class Expectation {
  private Expectation() {}

  static String of(Shape shape) {
    return switch (shape) {
      case Shape.Text _ -> "a text";
      case Shape.Flag _ -> "true or false";
      case Shape.Whole whole ->
          "a whole number from %d to %d".formatted(whole.least(), whole.most());
      case Shape.Millis _ -> "a duration in whole milliseconds, 0 to " + Shape.MOST_MILLIS;
      case Shape.Moment _ -> "a time like 2026-11-21T12:30:48.123Z";
      case Shape.Place _ -> "a cursor like 1763726400:17";
      case Shape.Identifier _ -> "an id";
      case Shape.OneOf one -> oneOf(one.constants().keySet());
      case Shape.ListOf(Shape element) -> "a list, each " + of(element);
      case Shape.Maybe(Shape value) -> of(value);
      case Shape.Composite _ -> "an object";
      case Shape.Family family -> "an object whose `type` is " + oneOf(family.byName().keySet());
    };
  }

  static String oneOf(Collection<String> names) {
    return "one of " + String.join(", ", names);
  }
}
