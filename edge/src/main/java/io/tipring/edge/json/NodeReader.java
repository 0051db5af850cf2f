package io.tipring.edge.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.tipring.api.control.ToApplication.ErrorCode;
import io.tipring.edge.json.Node.Position;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads JSON (RFC 8259) within bounds. The longest message is bounded before, where it is
/// received.
final class NodeReader {
  static final int DEEPEST = 32;
  static final int LONGEST_TEXT = 65_536;
  static final int LONGEST_NUMBER = 64;
  static final int LONGEST_NAME = 256;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(LONGEST_TEXT)
                  .maxNumberLength(LONGEST_NUMBER)
                  .maxNameLength(LONGEST_NAME)
                  .build())
          // Names come from outside: what is kept for all time must not grow by them.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private final JsonParser in;

  private NodeReader(JsonParser in) {
    this.in = in;
  }

  static Node read(byte[] utf8) throws Fault {
    try {
      return read(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException _) {
      throw notJson("the message is not UTF-8");
    }
  }

  static Node read(String text) throws Fault {
    try (JsonParser in = FACTORY.createParser(text)) {
      if (in.nextToken() == null) {
        throw notJson("the message is empty");
      }
      NodeReader reader = new NodeReader(in);
      Node node = reader.node(1, Trail.ROOT);
      if (in.nextToken() != null) {
        throw notJson("something stands behind the end of the message (" + reader.at() + ")");
      }
      return node;
    } catch (StreamConstraintsException _) {
      throw tooLong();
    } catch (IOException e) {
      throw notJson("the message is not JSON" + where(e));
    }
  }

  private static String where(IOException fault) {
    JsonLocation at =
        fault instanceof com.fasterxml.jackson.core.JsonProcessingException e
            ? e.getLocation()
            : null;
    return at == null || at.getLineNr() < 1
        ? ""
        : " (" + new Position(at.getLineNr(), at.getColumnNr()) + ")";
  }

  private static Fault notJson(String message) {
    return new Fault(
        ErrorCode.NOT_JSON, message, "Send one JSON object (RFC 8259) in UTF-8 per message.");
  }

  private static Fault tooLong() {
    return new Fault(
        ErrorCode.BAD_MEMBER,
        "a text, a number or a name in the message is too long",
        "At most %d characters in a text, %d in a number, %d in a name."
            .formatted(LONGEST_TEXT, LONGEST_NUMBER, LONGEST_NAME));
  }

  private static String number(String text) throws Fault {
    if (text.length() > LONGEST_NUMBER) {
      throw tooLong();
    }
    return text;
  }

  private Position at() {
    JsonLocation at = in.currentTokenLocation();
    return new Position(at.getLineNr(), at.getColumnNr());
  }

  private Node node(int depth, Trail trail) throws IOException, Fault {
    Position at = at();
    JsonToken token = in.currentToken();
    return switch (token) {
      case START_OBJECT -> members(at, depth, trail);
      case START_ARRAY -> items(at, depth, trail);
      case VALUE_STRING -> new Node.Text(at, in.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Node.Numeral(at, number(in.getText()));
      case VALUE_TRUE -> new Node.Flag(at, true);
      case VALUE_FALSE -> new Node.Flag(at, false);
      case VALUE_NULL -> new Node.Nothing(at);
      case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw notJson("the message is not JSON (" + at + ")");
    };
  }

  private Node members(Position at, int depth, Trail trail) throws IOException, Fault {
    descend(at, depth, trail);
    Map<String, Node> members = new LinkedHashMap<>();
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      Position here = at();
      in.nextToken();
      if (members.put(name, node(depth + 1, trail.to(name))) != null) {
        throw new Fault(
            ErrorCode.BAD_MEMBER,
            trail.to(name) + " stands there twice (" + here + ")",
            "Give each member once.");
      }
    }
    return new Node.Members(at, members);
  }

  private Node items(Position at, int depth, Trail trail) throws IOException, Fault {
    descend(at, depth, trail);
    List<Node> items = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(depth + 1, trail.to(items.size())));
    }
    return new Node.Items(at, items);
  }

  private static void descend(Position at, int depth, Trail trail) throws Fault {
    if (depth > DEEPEST) {
      throw new Fault(
          ErrorCode.TOO_DEEP,
          "%s lies deeper than %d levels (%s)".formatted(trail, DEEPEST, at),
          "No message needs more than six levels.");
    }
  }
}
