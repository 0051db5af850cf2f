package io.tipring.edge.json;

import io.tipring.api.control.Cursor;
import io.tipring.api.control.ToApplication.ErrorCode;
import java.lang.invoke.MethodHandle;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Makes a value of a shape from what was read. Members that are not known are passed over; `null`
/// counts as left out.
final class ShapeReader {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");

  private ShapeReader() {}

  static Object read(Shape shape, Node node, Trail trail) throws Fault {
    return switch (shape) {
      case Shape.Text _ -> text(shape, node, trail);
      case Shape.Flag _ ->
          node instanceof Node.Flag(_, boolean value) ? value : fail(shape, node, trail);
      case Shape.Whole whole -> {
        long number = whole(whole, whole.least(), whole.most(), node, trail);
        yield whole.isInt() ? (Object) (int) number : number;
      }
      case Shape.Millis _ -> Duration.ofMillis(whole(shape, 0, Shape.MOST_MILLIS, node, trail));
      case Shape.Moment _ -> {
        Optional<Instant> time = Rfc3339.parse(text(shape, node, trail));
        yield time.isPresent() ? time.get() : fail(shape, node, trail);
      }
      case Shape.Place _ -> cursor(node, trail);
      case Shape.Identifier(MethodHandle make, _) -> make(make, new Object[] {id(node, trail)});
      case Shape.OneOf(_, Map<String, Object> constants) -> {
        Object constant = constants.get(text(shape, node, trail));
        yield constant == null ? fail(shape, node, trail) : constant;
      }
      case Shape.ListOf(Shape element) -> items(element, node, trail);
      case Shape.Maybe(Shape value) -> Optional.of(read(value, node, trail));
      case Shape.Composite composite -> composite(composite, node, trail);
      case Shape.Family family -> family(family, node, trail);
    };
  }

  private static Object items(Shape element, Node node, Trail trail) throws Fault {
    if (!(node instanceof Node.Items(_, List<Node> elements))) {
      return fail(new Shape.ListOf(element), node, trail);
    }
    List<Object> items = new ArrayList<>(elements.size());
    for (Node each : elements) {
      items.add(read(element, each, trail.to(items.size())));
    }
    return List.copyOf(items);
  }

  static Object composite(Shape.Composite composite, Node node, Trail trail) throws Fault {
    if (!(node instanceof Node.Members(Node.Position at, Map<String, Node> given))) {
      return fail(composite, node, trail);
    }
    Object[] parts = new Object[composite.members().size()];
    for (int i = 0; i < parts.length; i++) {
      Shape.Member member = composite.members().get(i);
      Node part = given.get(member.name());
      if (part != null && !(part instanceof Node.Nothing)) {
        parts[i] = read(member.shape(), part, trail.to(member.name()));
      } else if (member.whenAbsent() != null) {
        parts[i] = member.whenAbsent();
      } else {
        throw missing(trail.to(member.name()), Expectation.of(member.shape()), at);
      }
    }
    return make(composite.make(), parts);
  }

  private static Object family(Shape.Family family, Node node, Trail trail) throws Fault {
    if (!(node instanceof Node.Members(Node.Position at, Map<String, Node> given))) {
      return fail(family, node, trail);
    }
    Node type = given.get("type");
    if (type == null) {
      throw missing(trail.to("type"), Expectation.oneOf(family.byName().keySet()), at);
    }
    Shape.Variant variant =
        type instanceof Node.Text(_, String name) ? family.byName().get(name) : null;
    if (variant == null) {
      throw new Fault(
          ErrorCode.BAD_MEMBER,
          "%s is not known (%s)".formatted(trail.to("type"), type.at()),
          "Give " + Expectation.oneOf(family.byName().keySet()) + ".");
    }
    return composite(variant.composite(), node, trail);
  }

  static Fault missing(Trail trail, String expected, Node.Position at) {
    return new Fault(
        ErrorCode.MISSING_MEMBER,
        "%s is missing from the object at %s".formatted(trail, at),
        "Give %s: %s.".formatted(trail, expected));
  }

  private static String text(Shape shape, Node node, Trail trail) throws Fault {
    if (!(node instanceof Node.Text(_, String value))) {
      return (String) fail(shape, node, trail);
    }
    if (!WellFormed.is(value)) {
      throw new Fault(
          ErrorCode.BAD_MEMBER,
          "%s has half a surrogate pair (%s)".formatted(trail, node.at()),
          "Send well-formed Unicode.");
    }
    return value;
  }

  private static long whole(Shape shape, long least, long most, Node node, Trail trail)
      throws Fault {
    if (node instanceof Node.Numeral(_, String text)) {
      try {
        // 1.0 and 1e3 are whole too: some languages know only one kind of number. A huge exponent
        // stays an exponent; nothing is multiplied out before the bounds are known to hold.
        BigDecimal value = new BigDecimal(text);
        if (value.compareTo(BigDecimal.valueOf(least)) >= 0
            && value.compareTo(BigDecimal.valueOf(most)) <= 0
            && value.stripTrailingZeros().scale() <= 0) {
          return value.longValueExact();
        }
      } catch (NumberFormatException _) {
        // An exponent of more than ten digits.
      }
    }
    return (long) fail(shape, node, trail);
  }

  static String id(Node node, Trail trail) throws Fault {
    if (node instanceof Node.Text(_, String value) && ID.matcher(value).matches()) {
      return value;
    }
    throw new Fault(
        ErrorCode.BAD_ID,
        "%s is no id (%s)".formatted(trail, node.at()),
        "An id is a text of 1 to 64 of A-Z a-z 0-9 _ . : -");
  }

  private static Cursor cursor(Node node, Trail trail) throws Fault {
    Optional<Cursor> cursor =
        node instanceof Node.Text(_, String value) ? Cursor.parse(value) : Optional.empty();
    if (cursor.isEmpty()) {
      throw new Fault(
          ErrorCode.BAD_CURSOR,
          "%s is no cursor (%s)".formatted(trail, node.at()),
          "Give the `seq` of an event as it came: a text like 1763726400:17.");
    }
    return cursor.get();
  }

  private static Object fail(Shape shape, Node node, Trail trail) throws Fault {
    String expected = Expectation.of(shape);
    throw new Fault(
        ErrorCode.BAD_MEMBER,
        "%s is %s, not %s (%s)".formatted(trail, node.kind(), expected, node.at()),
        "Give %s: %s.".formatted(trail, expected));
  }

  private static Object make(MethodHandle constructor, Object[] parts) {
    try {
      return (Object) constructor.invokeExact(parts);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a constructor of a record failed", e);
    }
  }
}
