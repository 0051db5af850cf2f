package io.tipring.edge.json;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import io.tipring.api.CallId;
import io.tipring.api.Event;
import io.tipring.api.Operation;
import io.tipring.api.OperationId;
import io.tipring.api.control.Cursor;
import io.tipring.api.control.Envelope;
import io.tipring.api.control.FromApplication;
import io.tipring.api.control.ToApplication;
import io.tipring.api.control.ToApplication.ErrorCode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Messages of Control v1 and their bytes (docs/protocol/control-v1.md), for both sides. Reading
/// never throws, whatever the bytes. Stateless, for any thread.
public final class ControlCodec {
  private static final String RESUME = "resume";
  private static final int LONGEST_TYPE = 64;

  private static final Shapes SHAPES = new Shapes();
  private static final Shape.Family OPERATIONS = SHAPES.family(Operation.class, WireNames::snake);
  private static final Shape.Family NOTICES =
      SHAPES.family(ToApplication.class, WireNames::dotted, ToApplication.Happened.class);
  private static final Shape CURSOR = SHAPES.of(Cursor.class);
  private static final Shape CALL = SHAPES.of(CallId.class);
  private static final Shape TIME = SHAPES.of(Instant.class);
  private static final Shape TEXT = SHAPES.of(String.class);

  private static final SerializableString ID = new SerializedString("id");
  private static final SerializableString TYPE = new SerializedString("type");
  private static final SerializableString DATA = new SerializedString("data");
  private static final SerializableString AFTER = new SerializedString("after");

  private ControlCodec() {}

  /// A message to an application, in UTF-8.
  public static byte[] encode(Envelope envelope) {
    return JsonBytes.write((out, writer) -> {
      Object message = envelope.message();
      Shape.Variant variant =
          message instanceof ToApplication.Happened(Event event)
              ? EventCodec.variant(event)
              : NOTICES.variant(message);
      Object data = message instanceof ToApplication.Happened(Event event) ? event : message;
      out.writeStartObject();
      out.writeFieldName(ID);
      writer.text(envelope.id());
      out.writeFieldName(TYPE);
      out.writeString(variant.wire());
      out.writeStringField("time", Rfc3339.format(envelope.time()));
      if (envelope.seq().isPresent()) {
        out.writeStringField("seq", envelope.seq().get().toString());
      }
      out.writeFieldName("call");
      writer.write(CALL, envelope.call());
      if (envelope.ref().isPresent()) {
        out.writeFieldName("ref");
        writer.text(envelope.ref().get());
      }
      out.writeFieldName(DATA);
      writer.write(variant.composite(), data);
      out.writeEndObject();
    });
  }

  /// A message from an application, in UTF-8, for applications in Java.
  public static byte[] encode(FromApplication message) {
    return JsonBytes.write((out, writer) -> {
      out.writeStartObject();
      out.writeFieldName(ID);
      writer.text(message.id().value());
      out.writeFieldName(TYPE);
      switch (message) {
        case FromApplication.Ask(_, Operation operation) -> {
          Shape.Variant variant = OPERATIONS.variant(operation);
          out.writeString(variant.wire());
          out.writeFieldName(DATA);
          writer.write(variant.composite(), operation);
        }
        case FromApplication.Resume(_, Cursor after) -> {
          out.writeString(RESUME);
          out.writeFieldName(DATA);
          out.writeStartObject();
          out.writeFieldName(AFTER);
          writer.place(after);
          out.writeEndObject();
        }
      }
      out.writeEndObject();
    });
  }

  /// Reads what an application sent.
  public static Decoded decode(byte[] utf8) {
    return decode(() -> NodeReader.read(utf8));
  }

  /// Reads what an application sent.
  public static Decoded decode(String text) {
    return decode(() -> NodeReader.read(text));
  }

  private static Decoded decode(Source source) {
    Optional<String> id = Optional.empty();
    try {
      Node.Members envelope = envelope(source.read());
      id = goodId(envelope.members().get("id"));
      String type = type(envelope);
      Shape.Variant variant = OPERATIONS.byName().get(type);
      if (variant == null && !type.equals(RESUME)) {
        return new Decoded.Unknown(type.substring(0, Math.min(type.length(), LONGEST_TYPE)));
      }
      OperationId operation =
          new OperationId(ShapeReader.id(mandatory(envelope, "id", "an id"), Trail.ROOT.to("id")));
      return new Decoded.Message(
          variant == null
              ? new FromApplication.Resume(operation, after(envelope))
              : new FromApplication.Ask(operation, (Operation) data(variant, envelope)));
    } catch (Fault fault) {
      return new Decoded.Misunderstood(id, fault.error());
    }
  }

  private static Cursor after(Node.Members envelope) throws Fault {
    Trail trail = Trail.ROOT.to("data");
    if (!(dataOf(envelope) instanceof Node.Members data)) {
      throw ShapeReader.missing(trail, "an object", envelope.at());
    }
    Node after = data.members().get("after");
    if (after == null) {
      throw ShapeReader.missing(trail.to("after"), Expectation.of(CURSOR), data.at());
    }
    return (Cursor) ShapeReader.read(CURSOR, after, trail.to("after"));
  }

  /// Reads what an exchange sent, for applications in Java.
  public static Heard hear(byte[] utf8) {
    return hear(() -> NodeReader.read(utf8));
  }

  /// Reads what an exchange sent, for applications in Java.
  public static Heard hear(String text) {
    return hear(() -> NodeReader.read(text));
  }

  private static Heard hear(Source source) {
    try {
      Node.Members envelope = envelope(source.read());
      String type = type(envelope);
      Shape.Variant event = EventCodec.variants().get(type);
      Shape.Variant variant = event == null ? NOTICES.byName().get(type) : event;
      if (variant == null) {
        return new Heard.Unknown(type.substring(0, Math.min(type.length(), LONGEST_TYPE)));
      }
      Object data = data(variant, envelope);
      return new Heard.Message(
          new Envelope(
              (String) ShapeReader.read(TEXT, mandatory(envelope, "id", "an id"), at("id")),
              (Instant) ShapeReader.read(TIME, mandatory(envelope, "time", "a time"), at("time")),
              optional(CURSOR, envelope, "seq").map(Cursor.class::cast),
              (CallId) ShapeReader.read(CALL, mandatory(envelope, "call", "an id"), at("call")),
              optional(TEXT, envelope, "ref").map(String.class::cast),
              event == null ? (ToApplication) data : new ToApplication.Happened((Event) data)));
    } catch (Fault fault) {
      return new Heard.Misunderstood(fault.error());
    }
  }

  private static Trail at(String member) {
    return Trail.ROOT.to(member);
  }

  private static Optional<Object> optional(Shape shape, Node.Members envelope, String member)
      throws Fault {
    Node node = envelope.members().get(member);
    return node == null || node instanceof Node.Nothing
        ? Optional.empty()
        : Optional.of(ShapeReader.read(shape, node, at(member)));
  }

  private static Node.Members envelope(Node node) throws Fault {
    if (node instanceof Node.Members members) {
      return members;
    }
    throw new Fault(
        ErrorCode.NOT_AN_ENVELOPE,
        "the message is %s, not an object".formatted(node.kind()),
        "Send an object like {\"id\":\"a1\",\"type\":\"answer\"}.");
  }

  private static String type(Node.Members envelope) throws Fault {
    return (String) ShapeReader.read(TEXT, mandatory(envelope, "type", "a text"), at("type"));
  }

  private static Node mandatory(Node.Members envelope, String member, String expected)
      throws Fault {
    Node node = envelope.members().get(member);
    if (node == null || node instanceof Node.Nothing) {
      throw ShapeReader.missing(at(member), expected, envelope.at());
    }
    return node;
  }

  private static Object data(Shape.Variant variant, Node.Members envelope) throws Fault {
    return ShapeReader.composite(variant.composite(), dataOf(envelope), at("data"));
  }

  /// Left out, it is empty: not every operation has something to say.
  private static Node dataOf(Node.Members envelope) {
    Node data = envelope.members().get("data");
    return data == null || data instanceof Node.Nothing
        ? new Node.Members(envelope.at(), Map.of())
        : data;
  }

  private static Optional<String> goodId(@Nullable Node id) {
    try {
      return id == null ? Optional.empty() : Optional.of(ShapeReader.id(id, at("id")));
    } catch (Fault _) {
      return Optional.empty();
    }
  }

  /// Text or bytes that turn out to be JSON, or do not.
  @FunctionalInterface
  private interface Source {
    Node read() throws Fault;
  }
}
