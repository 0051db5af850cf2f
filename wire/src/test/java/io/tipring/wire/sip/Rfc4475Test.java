package io.tipring.wire.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The torture test of RFC 4475: all of its 49 messages, each with what the RFC expects of whoever
/// receives it as a datagram.
class Rfc4475Test {
  /// What the parser has to make of a message.
  sealed interface Outcome {
    /// Read, and processed as any other.
    record Accepted(String method) implements Outcome {}

    /// Read, since it is well-formed; the layer above refuses it with this status, for this reason.
    record AcceptedThenRefused(String method, int status, String by) implements Outcome {}

    record AcceptedResponse(int status) implements Outcome {}

    /// Answered with this status by the parser, naming the header.
    record Refused(int status, String named) implements Outcome {}

    record Dropped() implements Outcome {}
  }

  record Case(String section, String file, Outcome outcome) {
    @Override
    public String toString() {
      return section + " " + file + ": " + outcome;
    }
  }

  private static Case accepted(String section, String file, String method) {
    return new Case(section, file, new Outcome.Accepted(method));
  }

  private static Case acceptedResponse(String section, String file, int status) {
    return new Case(section, file, new Outcome.AcceptedResponse(status));
  }

  private static Case refusedAbove(
      String section, String file, String method, int status, String by) {
    return new Case(section, file, new Outcome.AcceptedThenRefused(method, status, by));
  }

  private static Case refused(String section, String file, String named) {
    return new Case(section, file, new Outcome.Refused(400, named));
  }

  private static Case dropped(String section, String file) {
    return new Case(section, file, new Outcome.Dropped());
  }

  private static final String ODD_METHOD = "!interesting-Method0123456789_*+`.%indeed'~";

  static final List<Case> CASES =
      List.of(
          // 3.1.1 Valid messages
          accepted("3.1.1.1", "wsinv", "INVITE"),
          refusedAbove("3.1.1.2", "intmeth", ODD_METHOD, 501, "the core: no such method"),
          accepted("3.1.1.3", "esc01", "INVITE"),
          accepted("3.1.1.4", "escnull", "REGISTER"),
          refusedAbove(
              "3.1.1.5", "esc02", "RE%47IST%45R", 501, "the core: methods have no escapes"),
          accepted("3.1.1.6", "lwsdisp", "OPTIONS"),
          accepted("3.1.1.7", "longreq", "INVITE"),
          accepted("3.1.1.8", "dblreq", "REGISTER"),
          accepted("3.1.1.9", "semiuri", "OPTIONS"),
          accepted("3.1.1.10", "transports", "OPTIONS"),
          accepted("3.1.1.11", "mpart01", "MESSAGE"),
          acceptedResponse("3.1.1.12", "unreason", 200),
          acceptedResponse("3.1.1.13", "noreason", 100),
          // 3.1.2 Invalid messages
          refused("3.1.2.1", "badinv01", "Via"),
          refused("3.1.2.2", "clerr", "Content-Length"),
          refused("3.1.2.3", "ncl", "Content-Length"),
          refused("3.1.2.4", "scalar02", "CSeq"),
          dropped("3.1.2.5", "scalarlg"),
          refused("3.1.2.6", "quotbal", "To"),
          refused("3.1.2.7", "ltgtruri", "Request-URI"),
          refused("3.1.2.8", "lwsruri", "Request-URI"),
          refused("3.1.2.9", "lwsstart", "Request-Line"),
          refused("3.1.2.10", "trws", "Request-Line"),
          refused("3.1.2.11", "escruri", "Request-URI"),
          // The RFC lets an element that does not need the date ignore it.
          accepted("3.1.2.12", "baddate", "INVITE"),
          refused("3.1.2.13", "regbadct", "Contact"),
          refused("3.1.2.14", "badaspec", "To"),
          refused("3.1.2.15", "baddn", "From"),
          new Case("3.1.2.16", "badvers", new Outcome.Refused(505, "Version")),
          refused("3.1.2.17", "mismatch01", "CSeq"),
          refused("3.1.2.18", "mismatch02", "CSeq"),
          dropped("3.1.2.19", "bigcode"),
          // 3.2 Transaction layer semantics
          refused("3.2.1", "badbranch", "Via"),
          // 3.3 Application layer semantics
          refused("3.3.1", "insuf", "From"),
          refusedAbove("3.3.2", "unkscm", "OPTIONS", 416, "the core: no such scheme"),
          refusedAbove("3.3.3", "novelsc", "OPTIONS", 416, "the core: no such scheme"),
          refusedAbove(
              "3.3.4",
              "unksm2",
              "REGISTER",
              400,
              "the registrar: an address of record is a SIP URI"),
          refusedAbove(
              "3.3.5", "bext01", "OPTIONS", 420, "the core: Require names no extension we have"),
          refusedAbove("3.3.6", "invut", "INVITE", 415, "the core: no such media type"),
          refusedAbove(
              "3.3.7", "regaut01", "REGISTER", 401, "the registrar: no credentials it understands"),
          refused("3.3.8", "multi01", "CSeq"),
          refused("3.3.9", "mcl01", "Content-Length"),
          acceptedResponse("3.3.10", "bcast", 200),
          // A server of its own answers; only a proxy would say 483.
          accepted("3.3.11", "zeromf", "OPTIONS"),
          accepted("3.3.12", "cparam01", "REGISTER"),
          accepted("3.3.13", "cparam02", "REGISTER"),
          accepted("3.3.14", "regescrt", "REGISTER"),
          refusedAbove(
              "3.3.15",
              "sdp01",
              "INVITE",
              406,
              "the core: Accept leaves no way to answer with SDP"),
          // 3.4 Backward compatibility
          accepted("3.4.1", "inv2543", "INVITE"));

  @ParameterizedTest(name = "{0}")
  @FieldSource("CASES")
  void everyMessageHasTheOutcomeThatTheRfcExpects(Case message) throws IOException {
    Parsed parsed = parse(message.file());
    switch (message.outcome()) {
      case Outcome.Accepted(String method) -> assertRequest(parsed, method);
      case Outcome.AcceptedThenRefused(String method, int _, String _) ->
          assertRequest(parsed, method);
      case Outcome.AcceptedResponse(int status) -> {
        var response = (SipResponse) message(parsed);
        assertThat(response.status()).isEqualTo(status);
        assertReadsBack(response);
      }
      case Outcome.Refused(int status, String named) ->
          assertRefused(parsed, status, named, message.file());
      case Outcome.Dropped() -> assertThat(parsed).isInstanceOf(Parsed.Garbage.class);
    }
  }

  private static void assertRequest(Parsed parsed, String method) {
    var request = (SipRequest) message(parsed);
    assertThat(request.method().token()).isEqualTo(method);
    assertReadsBack(request);
  }

  private static void assertReadsBack(SipMessage message) {
    byte[] written = SipWriter.write(message);
    assertThat(message(new SipParser().parseDatagram(written, 0, written.length)))
        .isEqualTo(message);
  }

  private static void assertRefused(Parsed parsed, int status, String named, String file)
      throws IOException {
    assertThat(parsed).isInstanceOf(Parsed.Unacceptable.class);
    SipResponse answer = ((Parsed.Unacceptable) parsed).answer();
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.reason()).contains(named).matches("[ -~]+");
    assertThat(answer.headers().topVia()).isNotNull();
    assertThat(answer.body()).isEqualTo(Body.EMPTY);
    String written = new String(SipWriter.write(answer), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(written)
        .as("smaller than what it answers")
        .hasSizeLessThan(bytes(file).length + 150);
    byte[] wire = SipWriter.write(answer);
    assertThat(new SipParser().parseDatagram(wire, 0, wire.length))
        .as("what an answer lacks, its request lacked")
        .isInstanceOfAny(Parsed.Message.class, Parsed.Garbage.class);
  }

  @Test
  void allFortyNineMessagesAreHereOnce() {
    assertThat(CASES.stream().map(Case::file).distinct()).hasSize(49);
    assertThat(CASES.stream().map(Case::section).distinct()).hasSize(49);
  }

  @Test
  void theMessagesAreTheRfcsOwnBytes() throws IOException {
    Path archive = Path.of("..", "..", "shared", "data", "rfc4475");
    assumeTrue(Files.isDirectory(archive), "the RFC's archive is not here to compare with");
    for (Case c : CASES) {
      assertThat(bytes(c.file()))
          .as(c.file())
          .isEqualTo(Files.readAllBytes(archive.resolve(c.file() + ".dat")));
    }
  }

  @Test
  void wsinvIsReadThroughItsWhiteSpace() throws IOException {
    var request = (SipRequest) message(parse("wsinv"));
    SipHeaders headers = request.headers();
    assertThat(((SipUri) request.uri()).params().has("unknownparam")).isTrue();
    assertThat(headers.to().tag()).contains("1918181833n");
    assertThat(headers.from().displayName()).contains("J Rosenberg \\\"");
    assertThat(headers.from().tag()).contains("98asjd8");
    assertThat(headers.maxForwards()).hasValue(68);
    assertThat(headers.callId()).isEqualTo("wsinv.ndaksdj@192.0.2.1");
    assertThat(headers.cseq()).isEqualTo(new CSeq(9, Method.INVITE));
    assertThat(headers.vias()).hasSize(3);
    assertThat(headers.vias().stream().map(v -> v.branch().orElseThrow()))
        .containsExactly("390skdjuw", "z9hG4bK9ikj8", "z9hG4bK30239");
    assertThat(headers.topVia().hasRfc3261Branch()).isFalse();
    assertThat(headers.first("Subject")).contains("");
    assertThat(headers.first("NewFangledHeader"))
        .contains("newfangled value continued newfangled value");
    assertThat(headers.first("UnknownHeaderWithUnusualValue")).contains(";;,,;;,;");
    assertThat(((SipUri) headers.routes().getFirst().uri()).isLooseRouter()).isTrue();
    NameAddr contact = headers.contacts().getFirst();
    assertThat(contact.displayName()).contains("Quoted string \"\"");
    assertThat(contact.params().get("newparam")).contains("newvalue");
    assertThat(contact.params().has("secondparam")).isTrue();
    assertThat(contact.params().get("q")).contains("0.33");
    assertThat(request.body().length()).isEqualTo(150);
  }

  @Test
  void intmethKeepsEveryOddCharacter() throws IOException {
    var request = (SipRequest) message(parse("intmeth"));
    SipHeaders headers = request.headers();
    assertThat(((SipUri) request.uri()).at().host()).isEqualTo("example.com");
    assertThat(headers.to().displayName()).contains("BEL:\u0007 NUL:\u0000 DEL:\u007F");
    assertThat(headers.from().displayName()).contains("token1~` token2'+_ token3*%!.-");
    assertThat(headers.from().params().get("fromParam''~+*_!.-%"))
        .contains("\u0440\u0430\u0431\u043e\u0442\u0430\u044e\u0449\u0438\u0439");
    assertThat(headers.from().tag()).contains("_token~1'+`*%!-.");
    assertThat(headers.callId()).isEqualTo("intmeth.word%ZK-!.*_+'@word`~)(><:\\/\"][?}{");
    assertThat(headers.first("extensionHeader-!.%*+_`'~")).contains("\ufeff\u5927\u505c\u96fb");
  }

  @Test
  void esc01KeepsEscapesAndKnowsWhatTheyMean() throws IOException {
    var request = (SipRequest) message(parse("esc01"));
    var uri = (SipUri) request.uri();
    assertThat(uri.user()).contains("sips%3Auser%40example.com");
    assertThat(uri.userName()).contains("sips:user@example.com");
    assertThat(request.headers().to().uri().matches(Uri.parse("sip:user@example.com"))).isTrue();
    var contact = (SipUri) request.headers().contacts().getFirst().uri();
    assertThat(contact.isLooseRouter()).as("%6C%72 is lr only for who compares").isFalse();
    assertThat(contact.matches(Uri.parse("sip:caller@host5.example.net;lr;name=value%2541")))
        .isTrue();
  }

  @Test
  void dblreqIgnoresWhatFollowsInTheDatagram() throws IOException {
    var request = (SipRequest) message(parse("dblreq"));
    assertThat(request.body()).isEqualTo(Body.EMPTY);
    assertThat(request.headers().callId()).startsWith("dblreq.0ha0isndaksdj99");
  }

  @Test
  void semiuriKeepsTheSemicolonInTheUser() throws IOException {
    assertThat(((SipUri) ((SipRequest) message(parse("semiuri"))).uri()).userName())
        .contains("user;par=u@example.net");
  }

  @Test
  void cparam01BelongsToTheHeaderAndCparam02ToTheUri() throws IOException {
    NameAddr header = message(parse("cparam01")).headers().contacts().getFirst();
    assertThat(header.params().has("unknownparam")).isTrue();
    assertThat(((SipUri) header.uri()).params().isEmpty()).isTrue();
    NameAddr uri = message(parse("cparam02")).headers().contacts().getFirst();
    assertThat(uri.params().isEmpty()).isTrue();
    assertThat(((SipUri) uri.uri()).params().has("unknownparam")).isTrue();
  }

  @Test
  void mpart01KeepsItsBinaryBody() throws IOException {
    byte[] file = bytes("mpart01");
    byte[] body = message(parse("mpart01")).body().toByteArray();
    var end = new ArrayList<Byte>();
    for (int i = file.length - body.length; i < file.length; i++) {
      end.add(file[i]);
    }
    assertThat(body).hasSize(553).containsExactly(end.toArray(Byte[]::new));
  }

  @Test
  void anOverlargeExpiresIsTheLargestNumber() throws IOException {
    byte[] bytes =
        new String(bytes("scalar02"), java.nio.charset.StandardCharsets.US_ASCII)
            .replace("36893488147419103232", "1")
            .replace("Max-Forwards: 300", "Max-Forwards: 255")
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    SipMessage message = message(new SipParser().parseDatagram(bytes, 0, bytes.length));
    assertThat(message.headers().expires()).hasValue(Integer.MAX_VALUE);
  }

  static SipMessage message(Parsed parsed) {
    assertThat(parsed).isInstanceOf(Parsed.Message.class);
    return ((Parsed.Message) parsed).message();
  }

  private static Parsed parse(String file) throws IOException {
    byte[] bytes = bytes(file);
    return new SipParser().parseDatagram(bytes, 0, bytes.length);
  }

  static byte[] bytes(String file) throws IOException {
    try (InputStream in = Rfc4475Test.class.getResourceAsStream("/rfc4475/" + file + ".dat")) {
      return Objects.requireNonNull(in, file).readAllBytes();
    }
  }
}
