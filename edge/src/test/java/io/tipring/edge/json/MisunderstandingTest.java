package io.tipring.edge.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.api.control.ToApplication;
import io.tipring.api.control.ToApplication.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Every fault of a message has a code, names the member and its place, and says what to do.
class MisunderstandingTest {
  private static ToApplication.Error error(String text) {
    Decoded decoded = ControlCodec.decode(text);
    assertThat(decoded).isInstanceOf(Decoded.Misunderstood.class);
    return ((Decoded.Misunderstood) decoded).error();
  }

  private static void isRefused(String text, ErrorCode code, String message, String hint) {
    assertThat(error(text)).isEqualTo(new ToApplication.Error(code, message, hint));
  }

  private static String say(String data) {
    return "{\"id\":\"a1\",\"type\":\"say\",\"data\":" + data + "}";
  }

  @Test
  void whatIsNotJsonSaysWhere() {
    assertThat(error("{\"id\":\"a1\",\n\"type\":say}").code()).isEqualTo(ErrorCode.NOT_JSON);
    assertThat(error("{\"id\":\"a1\",\n\"type\":say}").message()).contains("(line 2, column");
    assertThat(error("").message()).isEqualTo("the message is empty");
    assertThat(error("{} {}").message())
        .isEqualTo("something stands behind the end of the message (line 1, column 4)");
    assertThat(error("{\"id\":\"a1\"").code()).isEqualTo(ErrorCode.NOT_JSON);
    assertThat(error("{'id':1}").code()).isEqualTo(ErrorCode.NOT_JSON);
    assertThat(error("{\"type\":NaN}").code()).isEqualTo(ErrorCode.NOT_JSON);
  }

  @Test
  void bytesThatAreNotUtf8AreNotJson() {
    byte[] latin1 = say("{\"text\":\"\u00e4\"}").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(ControlCodec.decode(latin1))
        .isEqualTo(
            new Decoded.Misunderstood(
                Optional.empty(),
                new ToApplication.Error(
                    ErrorCode.NOT_JSON,
                    "the message is not UTF-8",
                    "Send one JSON object (RFC 8259) in UTF-8 per message.")));
    assertThat(ControlCodec.decode("{}".getBytes(StandardCharsets.UTF_16BE)))
        .isInstanceOf(Decoded.Misunderstood.class);
  }

  @Test
  void whatIsNoObjectIsNoEnvelope() {
    isRefused(
        "[1]",
        ErrorCode.NOT_AN_ENVELOPE,
        "the message is a list, not an object",
        "Send an object like {\"id\":\"a1\",\"type\":\"answer\"}.");
  }

  @Test
  void aMissingMemberIsNamedWithTheObjectThatLacksIt() {
    isRefused(
        say("{}"),
        ErrorCode.MISSING_MEMBER,
        "`data.text` is missing from the object at line 1, column 32",
        "Give `data.text`: a text.");
    assertThat(error("{\"id\":\"a1\"}").message()).startsWith("`type` is missing");
    assertThat(error("{\"type\":\"answer\"}").message()).startsWith("`id` is missing");
    assertThat(error("{\"id\":\"r\",\"type\":\"resume\"}").message())
        .startsWith("`data.after` is missing");
    assertThat(error(say("{\"text\":null}")).code()).isEqualTo(ErrorCode.MISSING_MEMBER);
  }

  @Test
  void aWrongTypeSaysWhatItIsAndWhatItShouldBe() {
    isRefused(
        say("{\"text\":\"x\",\n \"replace\":\"yes\"}"),
        ErrorCode.BAD_MEMBER,
        "`data.replace` is a text, not true or false (line 2, column 12)",
        "Give `data.replace`: true or false.");
    assertThat(error("{\"id\":\"a1\",\"type\":\"say\",\"data\":[]}").message())
        .isEqualTo("`data` is a list, not an object (line 1, column 32)");
    assertThat(error("{\"id\":\"a1\",\"type\":\"play\",\"data\":{\"urls\":[\"a\",2]}}").message())
        .startsWith("`data.urls[1]` is a number, not a text");
    assertThat(error("{\"id\":\"a1\",\"type\":5}").message()).startsWith("`type` is a number");
  }

  @Test
  void numbersHaveBounds() {
    for (String number :
        new String[] {"-1", "0.5", "1e12000", "9007199254740992", "1e99999999999", "1e-5"}) {
      assertThat(error("{\"id\":\"a1\",\"type\":\"pause\",\"data\":{\"duration\":" + number + "}}"))
          .as(number)
          .isEqualTo(
              new ToApplication.Error(
                  ErrorCode.BAD_MEMBER,
                  "`data.duration` is a number, not a duration in whole milliseconds, 0 to "
                      + "1000000000000 (line 1, column 46)",
                  "Give `data.duration`: a duration in whole milliseconds, 0 to 1000000000000."));
    }
    assertThat(
            error("{\"id\":\"a\",\"type\":\"reject\",\"data\":{\"status\":3000000000}}").message())
        .contains("not a whole number from -2147483648 to 2147483647");
    assertThat(error(say("{\"x\":" + "1".repeat(65) + "}")).code()).isEqualTo(ErrorCode.BAD_MEMBER);
  }

  @Test
  void aPromptOfAnUnknownKindIsToldTheKnownOnes() {
    isRefused(
        "{\"id\":\"a1\",\"type\":\"gather\",\"data\":{\"digits\":{},\"prompt\":[{\"type\":\"song\"}]}}",
        ErrorCode.BAD_MEMBER,
        "`data.prompt[0].type` is not known (line 1, column 66)",
        "Give one of speech, sound, silence.");
  }

  @Test
  void idsAreShortAndPlain() {
    String hint = "An id is a text of 1 to 64 of A-Z a-z 0-9 _ . : -";
    for (String id :
        new String[] {"\"\"", "\"a b\"", "7", "\"" + "x".repeat(65) + "\"", "\"\u00e4\""}) {
      isRefused(
          "{\"id\":" + id + ",\"type\":\"answer\"}",
          ErrorCode.BAD_ID,
          "`id` is no id (line 1, column 7)",
          hint);
    }
    isRefused(
        say("{\"text\":\"\",\"leg\":\"leg 1\"}"),
        ErrorCode.BAD_ID,
        "`data.leg` is no id (line 1, column 49)",
        hint);
  }

  @Test
  void theAnswerRefersToTheMessageWhereItsIdIsGood() {
    assertThat(ControlCodec.decode(say("{}")))
        .isInstanceOfSatisfying(
            Decoded.Misunderstood.class, it -> assertThat(it.id()).contains("a1"));
    assertThat(ControlCodec.decode("{\"id\":\" \",\"type\":\"say\"}"))
        .isInstanceOfSatisfying(Decoded.Misunderstood.class, it -> assertThat(it.id()).isEmpty());
  }

  @Test
  void aCursorIsGivenBackAsItCame() {
    isRefused(
        "{\"id\":\"r1\",\"type\":\"resume\",\"data\":{\"after\":17}}",
        ErrorCode.BAD_CURSOR,
        "`data.after` is no cursor (line 1, column 44)",
        "Give the `seq` of an event as it came: a text like 1763726400:17.");
  }

  @Test
  void aMemberStandsThereOnce() {
    isRefused(
        say("{\"text\":\"a\",\"text\":\"b\"}"),
        ErrorCode.BAD_MEMBER,
        "`data.text` stands there twice (line 1, column 44)",
        "Give each member once.");
  }

  @Test
  void depthIsBounded() {
    isRefused(
        "[".repeat(100_000),
        ErrorCode.TOO_DEEP,
        "`" + "[0]".repeat(32) + "` lies deeper than 32 levels (line 1, column 33)",
        "No message needs more than six levels.");
    assertThat(error(say("{\"x\":" + "{\"x\":".repeat(1000)).toString()).code())
        .isEqualTo(ErrorCode.TOO_DEEP);
  }

  @Test
  void textsAreWellFormedAndBounded() {
    assertThat(error(say("{\"text\":\"\\ud800\"}")).message())
        .isEqualTo("`data.text` has half a surrogate pair (line 1, column 40)");
    assertThat(error(say("{\"text\":\"" + "x".repeat(70_000) + "\"}")).message())
        .isEqualTo("a text, a number or a name in the message is too long");
  }
}
