package io.tipring.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tipring.api.Event;
import io.tipring.edge.json.EventCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Rows that were written once are read for ever: this file only grows. A row of a released version
/// is never changed to make a test pass.
class JournalRowsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Row(String type, String body) {
    Optional<Event> event() {
      return EventCodec.decode(type, body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Checkout.text(Checkout.JOURNAL).lines().toList()) {
      JsonNode row = JSON.readTree(line);
      rows.add(new Row(row.get("type").textValue(), row.get("body").toString()));
    }
    return rows;
  }

  @Test
  void everyRowIsReadAndSaysWhatItSaid() throws IOException {
    for (Row row : rows()) {
      assertThat(row.event()).as(row.toString()).isPresent();
      // Members may have come since; those that were written are there, and mean the same.
      JsonNode now = JSON.readTree(EventCodec.encode(row.event().orElseThrow()));
      ObjectNode then = (ObjectNode) JSON.readTree(row.body());
      then.properties()
          .forEach(member ->
              assertThat(now.get(member.getKey())).as(row.toString()).isEqualTo(member.getValue()));
    }
  }

  @Test
  void everyTypeOfEventHasARow() throws IOException {
    List<Class<?>> had = new ArrayList<>();
    rows().forEach(row -> had.add(row.event().orElseThrow().getClass()));
    assertThat(had).containsAll(Stream.of(Event.class.getPermittedSubclasses()).toList());
  }

  @Test
  void aRowOfALaterProgramIsLeftAsItIs() {
    assertThat(new Row("moon.rose", "{}").event()).isEmpty();
  }
}
