package io.tipring.edge.json;

import com.fasterxml.jackson.core.io.SerializedString;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How a type stands in JSON. Immutable, for any thread.
sealed interface Shape {
  /// Whole numbers stay below this, so that a double holds them exactly.
  long MOST = (1L << 53) - 1;

  /// About thirty years, so that an [io.tipring.api.Operation] can count any duration in `long`
  /// nanoseconds.
  long MOST_MILLIS = 1_000_000_000_000L;

  /// A String.
  record Text() implements Shape {}

  /// A boolean.
  record Flag() implements Shape {}

  /// An `int` or a `long`.
  record Whole(boolean isInt) implements Shape {
    long most() {
      return isInt ? Integer.MAX_VALUE : MOST;
    }

    long least() {
      return isInt ? Integer.MIN_VALUE : -MOST;
    }
  }

  /// A Duration in whole milliseconds, 0 to [#MOST_MILLIS].
  record Millis() implements Shape {}

  /// An Instant, RFC 3339 in UTC with milliseconds.
  record Moment() implements Shape {}

  /// A [io.tipring.api.control.Cursor], `epoch:seq`.
  record Place() implements Shape {}

  /// A record around one String.
  record Identifier(MethodHandle make, MethodHandle value) implements Shape {}

  /// An enum.
  record OneOf(Map<Object, SerializedString> names, Map<String, Object> constants)
      implements Shape {}

  record ListOf(Shape element) implements Shape {}

  /// An Optional, which is left out when it is empty.
  record Maybe(Shape value) implements Shape {}

  /// A record.
  record Composite(MethodHandle make, List<Member> members) implements Shape {}

  /// A sealed family of records, told apart by a member `type`.
  record Family(Map<Class<?>, Variant> byClass, Map<String, Variant> byName) implements Shape {
    Variant variant(Object value) {
      return Objects.requireNonNull(byClass.get(value.getClass()));
    }
  }

  record Variant(String name, SerializedString wire, Composite composite) {}

  /// @param get of type `(Object) Object`
  /// @param whenAbsent what it is when it is left out; null when it must be there
  record Member(
      String name,
      SerializedString wire,
      Shape shape,
      MethodHandle get,
      @Nullable Object whenAbsent) {}
}
