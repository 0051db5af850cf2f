package io.tipring.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.api.CallId;
import io.tipring.api.Event;
import io.tipring.api.Operation;
import io.tipring.api.OperationId;
import io.tipring.api.control.Envelope;
import io.tipring.api.control.FromApplication;
import io.tipring.api.control.ToApplication;
import io.tipring.edge.json.ControlCodec;
import io.tipring.edge.json.Decoded;
import io.tipring.edge.json.EventCodec;
import io.tipring.edge.json.Heard;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// Whatever the contract can say comes back as it was, and is what the schema promises.
class RoundTripTest {
  private static final FrameJudge JUDGE = new FrameJudge();

  @RepeatedTest(50)
  void everyMessageComesBackAndFitsTheSchema(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    RandomRecords records = new RandomRecords(seed);
    for (Class<?> type : variants(ToApplication.class, Event.class)) {
      Object made = records.of(type);
      boolean event = made instanceof Event;
      Envelope envelope =
          new Envelope(
              records.id(),
              records.time(),
              event ? Optional.of(records.cursor()) : Optional.empty(),
              new CallId(records.id()),
              Optional.of(records.id()),
              event ? new ToApplication.Happened((Event) made) : (ToApplication) made);
      byte[] bytes = ControlCodec.encode(envelope);
      assertThat(ControlCodec.hear(bytes))
          .as("seed %d", seed)
          .isEqualTo(new Heard.Message(envelope));
      String text = new String(bytes, StandardCharsets.UTF_8);
      assertThat(JUDGE.toApplication(text)).as("seed %d: %s", seed, text).isEmpty();
    }
    for (Class<?> type : variants(Operation.class, FromApplication.class)) {
      Object made = records.of(type);
      FromApplication message =
          made instanceof Operation operation
              ? new FromApplication.Ask(new OperationId(records.id()), operation)
              : (FromApplication) made;
      byte[] bytes = ControlCodec.encode(message);
      assertThat(ControlCodec.decode(bytes))
          .as("seed %d", seed)
          .isEqualTo(new Decoded.Message(message));
      String text = new String(bytes, StandardCharsets.UTF_8);
      assertThat(JUDGE.fromApplication(text)).as("seed %d: %s", seed, text).isEmpty();
    }
  }

  @RepeatedTest(50)
  void everyEventComesBackFromItsRow(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    RandomRecords records = new RandomRecords(seed);
    for (Class<?> type : variants(Event.class)) {
      Event event = (Event) records.of(type);
      assertThat(EventCodec.decode(EventCodec.type(event), EventCodec.encode(event)))
          .as("seed %d", seed)
          .contains(event);
    }
  }

  private static List<Class<?>> variants(Class<?>... families) {
    List<Class<?>> variants = new ArrayList<>();
    for (Class<?> family : families) {
      variants.addAll(List.of(family.getPermittedSubclasses()));
    }
    variants.remove(ToApplication.Happened.class);
    variants.remove(FromApplication.Ask.class);
    return variants;
  }
}
