package io.tipring.edge.json;

import io.tipring.api.Event;
import java.util.Map;
import java.util.Optional;

/// Events as they stand in a journal and in the `data` of a message: a type and a body. Bodies are
/// kept for ever and read by later programs, so that members are only ever added.
public final class EventCodec {
  private static final Shape.Family EVENTS = new Shapes().family(Event.class, WireNames::dotted);

  private EventCodec() {}

  /// `call.created` and so on.
  public static String type(Event event) {
    return variant(event).name();
  }

  /// The body as JSON, in UTF-8.
  public static byte[] encode(Event event) {
    return JsonBytes.write((_, writer) -> writer.write(variant(event).composite(), event));
  }

  /// The event; empty when the type is not known here, or the body is not what it should be. The
  /// row is opaque then, to be kept and passed on as it is.
  public static Optional<Event> decode(String type, byte[] body) {
    Shape.Variant variant = EVENTS.byName().get(type);
    if (variant == null) {
      return Optional.empty();
    }
    try {
      Node node = NodeReader.read(body);
      return Optional.of((Event) ShapeReader.composite(variant.composite(), node, Trail.ROOT));
    } catch (Fault _) {
      return Optional.empty();
    }
  }

  static Shape.Variant variant(Event event) {
    return EVENTS.variant(event);
  }

  static Map<String, Shape.Variant> variants() {
    return EVENTS.byName();
  }
}
