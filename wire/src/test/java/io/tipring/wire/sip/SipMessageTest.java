package io.tipring.wire.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SipMessageTest {
  private static final SipRequest INVITE =
      new SipRequest(
          Method.INVITE,
          Uri.parse("sip:echo@example.com"),
          SipHeaders.builder()
              .add("Via", "SIP/2.0/UDP a;branch=z9hG4bK1, SIP/2.0/UDP b;branch=z9hG4bK2")
              .add("v", "SIP/2.0/UDP c;branch=z9hG4bK3")
              .add("Max-Forwards", "70")
              .add("f", "<sip:alice@example.com>;tag=1")
              .add("To", "Echo <sip:echo@example.com>")
              .add("Call-ID", "1@a")
              .add("CSeq", new CSeq(1, Method.INVITE))
              .add("Timestamp", "54")
              .add("Contact", NameAddr.of(Uri.parse("sip:alice@192.0.2.1")))
              .build(),
          Body.utf8("v=0\r\n"));

  private static String written(SipMessage message) {
    return new String(SipWriter.write(message), StandardCharsets.UTF_8);
  }

  @Test
  void aRequestIsWrittenInTheOrderOfItsHeadersWithTheLengthOfItsBody() {
    assertThat(written(INVITE))
        .isEqualTo(
            """
            INVITE sip:echo@example.com SIP/2.0
            Via: SIP/2.0/UDP a;branch=z9hG4bK1, SIP/2.0/UDP b;branch=z9hG4bK2
            v: SIP/2.0/UDP c;branch=z9hG4bK3
            Max-Forwards: 70
            f: <sip:alice@example.com>;tag=1
            To: Echo <sip:echo@example.com>
            Call-ID: 1@a
            CSeq: 1 INVITE
            Timestamp: 54
            Contact: <sip:alice@192.0.2.1>
            Content-Length: 5

            v=0
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void aMediaTypeIsTheContentTypeWithoutItsParametersAndCase() {
    SipHeaders headers = INVITE.headers();
    assertThat(headers.with("c", "Application/SDP ;charset=utf-8").mediaType())
        .isEqualTo("application/sdp");
    assertThat(headers.mediaType()).isEmpty();
  }

  @Test
  void theLengthWrittenIsThatOfTheBodyWhateverTheHeadersSay() {
    SipRequest lying = INVITE.withHeaders(INVITE.headers().with("l", "9999"));
    assertThat(written(lying)).isEqualTo(written(INVITE));
    assertThat(written(INVITE.withBody(Body.utf8("\u00e9")))).contains("Content-Length: 2\r\n");
    assertThat(written(INVITE.withBody(Body.EMPTY))).endsWith("Content-Length: 0\r\n\r\n");
  }

  /// RFC 3261 8.2.6.2
  @Test
  void aResponseTakesItsHeadersFromTheRequest() {
    SipResponse ok = SipResponse.to(INVITE, 200);
    assertThat(ok.reason()).isEqualTo("OK");
    assertThat(ok.headers().list().stream().map(Header::name))
        .containsExactly("Via", "v", "f", "To", "Call-ID", "CSeq");
    assertThat(ok.headers().vias()).isEqualTo(INVITE.headers().vias());
    assertThat(ok.body()).isEqualTo(Body.EMPTY);
  }

  /// RFC 3261 8.2.6.1
  @Test
  void onlyTryingCarriesTheTimestampBack() {
    assertThat(SipResponse.to(INVITE, 100).headers().first("Timestamp")).contains("54");
    assertThat(SipResponse.to(INVITE, 180).headers().has("Timestamp")).isFalse();
  }

  @Test
  void aToTagIsAddedOnce() {
    SipResponse tagged = SipResponse.to(INVITE, 180).withToTag("x").withToTag("y");
    assertThat(tagged.headers().first("To")).contains("\"Echo\" <sip:echo@example.com>;tag=x");
  }

  @Test
  void aStatusHasThreeDigitsOfSixClasses() {
    for (int status : new int[] {-1, 0, 99, 700}) {
      assertThatThrownBy(() -> new SipResponse(status, "", SipHeaders.EMPTY, Body.EMPTY))
          .isInstanceOf(SipSyntaxException.class);
    }
    assertThat(SipResponse.to(INVITE, 183).isProvisional()).isTrue();
    assertThat(SipResponse.to(INVITE, 202).isSuccess()).isTrue();
    assertThat(SipResponse.to(INVITE, 300).isSuccess()).isFalse();
  }

  @Test
  void everyStatusHasAPhrase() {
    for (int status = 100; status < 700; status++) {
      assertThat(ReasonPhrase.of(status)).isNotEmpty();
    }
    assertThat(ReasonPhrase.of(488)).isEqualTo("Not Acceptable Here");
    assertThat(ReasonPhrase.of(599)).isEqualTo("Server Internal Error");
  }

  @Test
  void aBodyIsItsBytesAndNobodyCanChangeThem() {
    byte[] bytes = {1, 2, 3};
    Body body = Body.of(bytes);
    bytes[0] = 9;
    body.toByteArray()[1] = 9;
    assertThat(body).isEqualTo(Body.of(new byte[] {1, 2, 3})).hasToString("Body[3 bytes]");
    assertThat(Body.of(bytes, 1, 2).length()).isEqualTo(2);
    assertThat(Body.utf8("")).isSameAs(Body.EMPTY);
  }

  /// RFC 3261 7.1
  @Test
  void methodsAreTokensAndKeepTheirCase() {
    assertThat(Method.of("INVITE")).isSameAs(Method.INVITE);
    assertThat(Method.of("invite")).isNotEqualTo(Method.INVITE);
    assertThatThrownBy(() -> new Method("IN VITE")).isInstanceOf(SipSyntaxException.class);
    assertThatThrownBy(() -> new Method("")).isInstanceOf(SipSyntaxException.class);
  }

  @Test
  void theErrorOfAPeerCostsNoStackTrace() {
    assertThat(new SipSyntaxException("To", "no '<'").getStackTrace()).isEmpty();
  }
}
