package io.tipring.edge.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import io.tipring.api.control.Cursor;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Writes a value of a shape, straight to the bytes.
final class ShapeWriter {
  private static final SerializableString TYPE = new SerializedString("type");

  private final JsonGenerator out;

  ShapeWriter(JsonGenerator out) {
    this.out = out;
  }

  void write(Shape shape, Object value) throws IOException {
    switch (shape) {
      case Shape.Text _ -> text((String) value);
      case Shape.Flag _ -> out.writeBoolean((boolean) value);
      case Shape.Whole _ -> out.writeNumber(((Number) value).longValue());
      case Shape.Millis _ -> out.writeNumber(((Duration) value).toMillis());
      case Shape.Moment _ -> out.writeString(Rfc3339.format((Instant) value));
      case Shape.Place _ -> place((Cursor) value);
      case Shape.Identifier(_, MethodHandle get) -> text((String) read(get, value));
      case Shape.OneOf(Map<Object, SerializedString> names, _) ->
          out.writeString(Objects.requireNonNull(names.get(value)));
      case Shape.ListOf(Shape element) -> {
        out.writeStartArray();
        for (Object each : (List<?>) value) {
          write(element, each);
        }
        out.writeEndArray();
      }
      case Shape.Maybe(Shape present) -> write(present, ((Optional<?>) value).orElseThrow());
      case Shape.Composite composite -> {
        out.writeStartObject();
        members(composite, value);
        out.writeEndObject();
      }
      case Shape.Family family -> {
        Shape.Variant variant = family.variant(value);
        out.writeStartObject();
        out.writeFieldName(TYPE);
        out.writeString(variant.wire());
        members(variant.composite(), value);
        out.writeEndObject();
      }
    }
  }

  private void members(Shape.Composite composite, Object value) throws IOException {
    for (Shape.Member member : composite.members()) {
      Object part = read(member.get(), value);
      if (!(part instanceof Optional<?> maybe && maybe.isEmpty())) {
        out.writeFieldName(member.wire());
        write(member.shape(), part);
      }
    }
  }

  void place(Cursor cursor) throws IOException {
    out.writeString(cursor.toString());
  }

  /// Half a surrogate pair has no form in UTF-8 and becomes U+FFFD; it can only stem from outside.
  void text(String text) throws IOException {
    out.writeString(WellFormed.is(text) ? text : WellFormed.of(text));
  }

  private static Object read(MethodHandle get, Object value) {
    try {
      return (Object) get.invokeExact(value);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("an accessor of a record failed", e);
    }
  }
}
