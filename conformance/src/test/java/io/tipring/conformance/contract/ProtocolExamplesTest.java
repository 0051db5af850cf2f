package io.tipring.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.edge.json.ControlCodec;
import io.tipring.edge.json.Decoded;
import io.tipring.edge.json.Heard;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Every message that the document shows is one.
class ProtocolExamplesTest {
  private static final Pattern BLOCK = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

  @Test
  void everyExampleIsUnderstoodAndFitsTheSchema() {
    FrameJudge judge = new FrameJudge();
    Matcher block = BLOCK.matcher(Checkout.text(Checkout.PROTOCOL));
    int count = 0;
    while (block.find()) {
      String message = block.group(1);
      if (message.contains("\"time\"")) {
        assertThat(ControlCodec.hear(message)).as(message).isInstanceOf(Heard.Message.class);
        assertThat(judge.toApplication(message)).as(message).isEmpty();
      } else {
        assertThat(ControlCodec.decode(message)).as(message).isInstanceOf(Decoded.Message.class);
        assertThat(judge.fromApplication(message)).as(message).isEmpty();
      }
      count++;
    }
    assertThat(count).isGreaterThan(10);
  }

  @Test
  void theJudgeCanTellAGoodMessageFromABadOne() {
    FrameJudge judge = new FrameJudge();
    assertThat(
            judge.fromApplication(
                "{\"id\":\"a\",\"type\":\"say\",\"data\":{\"text\":\"x\",\"new\":1}}"))
        .isEmpty();
    assertThat(judge.fromApplication("{\"id\":\"a\",\"type\":\"say\",\"data\":{}}")).isNotEmpty();
    assertThat(judge.fromApplication("{\"id\":\"a b\",\"type\":\"answer\"}")).isNotEmpty();
    assertThat(judge.toApplication("{\"id\":\"a\",\"type\":\"answer\"}")).isNotEmpty();
  }
}
