package io.tipring.wire.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Messages made to hurt: too large, too deep, too many, cut, mutated.
class HostileInputTest {
  private static final String OPTIONS =
      """
      OPTIONS sip:bob@example.com SIP/2.0
      Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1
      Max-Forwards: 70
      From: <sip:alice@example.com>;tag=1
      To: <sip:bob@example.com>
      Call-ID: call-1
      CSeq: 1 OPTIONS
      Contact: <sip:alice@192.0.2.1>
      User-Agent: Phone (1.0)
      Content-Length: 0

      """
          .replace("\n", "\r\n");

  private static final List<String> PIECES =
      List.of(
          "\r\n",
          "\r\n ",
          "\"",
          "<",
          ">",
          ";",
          ",",
          "\\",
          "=",
          "*",
          "%",
          "%41",
          "\u0000",
          "\u00ff",
          "sip:",
          "z9hG4bK",
          "Via: ",
          "SIP/2.0",
          "[::1]",
          "99999999999999999999");

  private static Parsed parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    // The bound is far above what linear work needs, and far below what quadratic work on 64 KB
    // takes.
    return assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> new SipParser().parseDatagram(bytes, 0, bytes.length));
  }

  private static SipResponse refused(String text) {
    Parsed parsed = parse(text);
    assertThat(parsed).isInstanceOf(Parsed.Unacceptable.class);
    SipResponse answer = ((Parsed.Unacceptable) parsed).answer();
    assertThat(answer.body()).isEqualTo(Body.EMPTY);
    assertThat(answer.reason()).matches("[ -~]+");
    assertThat(SipWriter.write(answer).length)
        .as("no amplification")
        .isLessThan(text.length() + 200);
    return answer;
  }

  private static String with(String header) {
    return OPTIONS.replace("Content-Length", header + "\r\nContent-Length");
  }

  @Test
  void commentsNested30000DeepAreRefusedWithoutRecursion() {
    String deep = "(".repeat(7_500) + ")".repeat(7_500);
    assertThat(refused(OPTIONS.replace("Phone (1.0)", deep)).reason())
        .isEqualTo("Bad User-Agent: comments nested deeper than 32");
    assertThat(refused(OPTIONS.replace("Phone (1.0)", "(".repeat(30_000))).reason())
        .startsWith("Bad User-Agent: longer");
    assertThat(
            refused(OPTIONS.replace("sip:bob@example.com S", "sip:" + "(".repeat(15_000) + " S"))
                .status())
        .isEqualTo(400);
    assertThat(parse(with("X-Deep: " + "(".repeat(16_000)))).isInstanceOf(Parsed.Message.class);
  }

  @Test
  void fiveThousandContactsInOneLineAreRefusedByTheirLength() {
    assertThat(refused(with("Contact: " + "<sip:a@b>,".repeat(5_000) + "<sip:a@b>")).reason())
        .isEqualTo("Bad Contact: longer than 16384 bytes");
  }

  @Test
  void fiveThousandContactLinesAreRefusedByTheirNumber() {
    assertThat(refused(with("m:<sip:a@b>\r\n".repeat(4_999) + "m:<sip:a@b>")).reason())
        .isEqualTo("Bad header section: more than 512 headers");
  }

  @Test
  void aThousandViasAreRefusedAndHundredAreRead() {
    String via = "v:SIP/2.0/UDP a;branch=z9hG4bK2\r\n";
    assertThat(refused(with(via.repeat(999) + "Subject: x")).reason())
        .contains("more than 512 headers");
    var read = (Parsed.Message) parse(with(via.repeat(99) + "Subject: x"));
    assertThat(read.message().headers().vias()).hasSize(100);
  }

  @Test
  void whatTheLimitsAllowIsReadWhole() {
    var headers = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      headers.append("X-").append(i).append(": ").append(i).append("\r\n");
    }
    var read =
        (Parsed.Message)
            parse(with(headers + "Contact: " + "<sip:a@b>,".repeat(1_600) + "<sip:a@b>"));
    assertThat(read.message().headers().contacts()).hasSize(1_602);
    assertThat(read.message().headers().first("x-499")).contains("499");
  }

  @Test
  void aMessageAboveTheLimitIsTooLarge() {
    byte[] bytes = with("Subject: " + "x".repeat(900)).getBytes(StandardCharsets.ISO_8859_1);
    var parser = new SipParser(new Limits(800, 64, 512, 8));
    var refused = (Parsed.Unacceptable) parser.parseDatagram(bytes, 0, bytes.length);
    assertThat(refused.answer().status()).isEqualTo(513);
    assertThat(refused.answer().headers().callId()).isEqualTo("call-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a", " ", "\t", "(", "\"", "\\", "<", ",", ";", "\u0000", "\r", "\n", "\r\n", "\r\n ", "%",
        "@", ":", "[", "\u00ff", "v:x\r\n"
      })
  void sixtyFourKilobytesOfOneThingAreHandled(String unit) {
    String filler = unit.repeat(65_000 / unit.length());
    for (String text :
        new String[] {
          filler,
          OPTIONS + filler,
          OPTIONS.replace("sip:bob@example.com S", filler + " S"),
          with("Contact: " + filler),
          with("Via: " + filler),
          with("X: " + filler),
          OPTIONS.replace("<sip:bob@example.com>", filler),
          "SIP/2.0 200 " + filler
        }) {
      String sized = text.substring(0, Math.min(text.length(), 65_535));
      assertThat(parse(sized)).isNotNull();
    }
  }

  @Test
  void aDatagramThatIsCutAnywhereIsNeverTakenForWhole() {
    String whole = OPTIONS.replace("Content-Length: 0\r\n\r\n", "Content-Length: 4\r\n\r\nbody");
    for (int end = 0; end < whole.length(); end++) {
      assertThat(parse(whole.substring(0, end)))
          .as("cut at " + end)
          .isNotInstanceOf(Parsed.Message.class);
    }
    assertThat(parse(whole)).isInstanceOf(Parsed.Message.class);
  }

  @Test
  void bytesThatAreNoUtf8AreKeptAsTheyAre() {
    byte[] bytes =
        with("Subject: caf\u00e9 \u00f0\u009f\u0098\u0080 \u00ed\u00a0\u0080 \u00ff\u00fe")
            .getBytes(StandardCharsets.ISO_8859_1);
    SipMessage message = Rfc4475Test.message(new SipParser().parseDatagram(bytes, 0, bytes.length));
    assertThat(message.headers().first("Subject").orElseThrow()).contains("\ud83d\ude00");
    assertThat(SipWriter.write(message)).isEqualTo(bytes);
  }

  @Test
  void linesThatEndInLineFeedAloneAreRead() {
    assertThat(parse(OPTIONS.replace("\r\n", "\n"))).isEqualTo(parse(OPTIONS));
  }

  @Test
  void aCarriageReturnWithinAHeaderIsRefused() {
    assertThat(refused(with("Subject: a\rContact: <sip:evil@e>")).reason())
        .isEqualTo("Bad Subject: carriage return without line feed");
  }

  @Test
  void aPhraseDoesNotRepeatALongName() {
    assertThat(refused(with("X".repeat(17_000) + ": y")).reason())
        .isEqualTo("Bad header 9: longer than 16384 bytes");
  }

  @Test
  void aLineThatIsNoHeaderIsRefused() {
    assertThat(refused(with("no colon here")).reason())
        .isEqualTo("Bad header 9: no name and colon");
    assertThat(refused(with("b\u00e4d: x")).reason()).isEqualTo("Bad header 9: no name and colon");
    assertThat(refused(with(": x")).reason()).isEqualTo("Bad header 9: no name and colon");
  }

  @Test
  void aFoldedHeaderIsOneLine() {
    var message =
        (Parsed.Message)
            parse(with("Subject:\r\n \tI know \r\n\t you're there,\r\n pick up  \r\n  "));
    assertThat(message.message().headers().first("Subject"))
        .contains("I know you're there, pick up");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Via", "From", "To", "Call-ID", "CSeq"})
  void aRequestWithoutAMandatoryHeaderIsRefusedOrDropped(String name) {
    Parsed parsed = parse(OPTIONS.replaceFirst("(?m)^" + name + ":[^\r]*\r\n", ""));
    if (name.equals("Via")) {
      assertThat(parsed).isEqualTo(new Parsed.Garbage("no usable Via: Bad Via: missing"));
    } else {
      assertThat(((Parsed.Unacceptable) parsed).why()).isEqualTo("Bad " + name + ": missing");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "From: <sip:x@y>",
        "t: <sip:x@y>",
        "i: other",
        "cseq: 1 OPTIONS",
        "Max-Forwards: 1",
        "L: 0"
      })
  void aHeaderOfWhichThereMayBeOneIsRefusedTwice(String line) {
    assertThat(refused(with(line)).reason()).endsWith(": given twice");
  }

  @Test
  void nobodyAnswersAnAckOrAResponse() {
    UnaryOperator<String> broken = text -> text.replace("CSeq: 1", "CSeq: x");
    assertThat(parse(broken.apply(OPTIONS.replace("OPTIONS", "ACK"))))
        .isInstanceOf(Parsed.Garbage.class);
    assertThat(parse(broken.apply(OPTIONS.replaceFirst("OPTIONS.*", "SIP/2.0 200 OK"))))
        .isInstanceOf(Parsed.Garbage.class);
  }

  @Test
  void theSameRefusedRequestGetsTheSameTag() {
    String broken = OPTIONS.replace("Max-Forwards: 70", "Max-Forwards: x");
    assertThat(refused(broken)).isEqualTo(refused(broken));
    assertThat(refused(broken).headers().to().tag())
        .isPresent()
        .isNotEqualTo(refused(broken.replace("call-1", "call-2")).headers().to().tag());
  }

  @Test
  void theAnswerCarriesBackEveryWellFormedVia() {
    String two = "Via: SIP/2.0/UDP proxy;branch=z9hG4bK2, SIP/2.0/TCP first;branch=z9hG4bK3";
    SipResponse answer = refused(with(two + "\r\nMax-Forwards: 1"));
    assertThat(answer.headers().vias()).hasSize(3);
    assertThat(answer.headers().topVia().branch()).contains("z9hG4bK1");
  }

  @Test
  void twentyThousandMutationsNeverThrowAndWhatIsReadReadsBack() {
    long seed = 20_261_121L;
    var random = new Random(seed);
    byte[] original = OPTIONS.getBytes(StandardCharsets.ISO_8859_1);
    int accepted = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] mutant = mutated(original, random);
      try {
        accepted += RoundTrip.check(mutant) ? 1 : 0;
      } catch (RuntimeException | AssertionError e) {
        String text = new String(mutant, StandardCharsets.ISO_8859_1);
        throw new AssertionError("seed " + seed + ", mutation " + i + ": " + text, e);
      }
    }
    assertThat(accepted).as("mutants that are still messages").isBetween(1_000, 19_000);
  }

  /// One to eight changes: a byte set, a stretch removed, doubled, or replaced by a piece of
  /// grammar.
  private static byte[] mutated(byte[] original, Random random) {
    var text = new StringBuilder(new String(original, StandardCharsets.ISO_8859_1));
    for (int n = 1 + random.nextInt(8); n > 0 && !text.isEmpty(); n--) {
      int at = random.nextInt(text.length());
      int end = Math.min(text.length(), at + 1 + random.nextInt(12));
      switch (random.nextInt(4)) {
        case 0 -> text.setCharAt(at, (char) random.nextInt(256));
        case 1 -> text.delete(at, end);
        case 2 -> text.insert(at, text.substring(at, end));
        default ->
            text.replace(at, at + random.nextInt(2), PIECES.get(random.nextInt(PIECES.size())));
      }
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
