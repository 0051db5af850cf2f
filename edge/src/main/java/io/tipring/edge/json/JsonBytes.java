package io.tipring.edge.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Writes JSON into an array of its own, in UTF-8.
final class JsonBytes {
  /// Most messages are shorter.
  private static final int USUAL = 400;

  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8).build();

  private JsonBytes() {}

  /// What writes; it writes one value.
  @FunctionalInterface
  interface Content {
    void writeTo(JsonGenerator out, ShapeWriter writer) throws IOException;
  }

  static byte[] write(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL);
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      content.writeTo(out, new ShapeWriter(out));
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
    return bytes.toByteArray();
  }
}
