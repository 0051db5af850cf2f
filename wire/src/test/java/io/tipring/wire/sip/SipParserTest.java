package io.tipring.wire.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SipParserTest {
  private static final String INVITE =
      """
      INVITE sip:bob@biloxi.example.com;transport=udp SIP/2.0
      Via: SIP/2.0/UDP pc33.atlanta.example.com:5070;branch=z9hG4bK776asdhds;rport
      v: SIP/2.0/TCP [2001:db8::9]:5060 ;branch=z9hG4bK1
      Max-Forwards: 70
      To: Bob <sip:bob@biloxi.example.com>
      f: "Alice \\"A\\" Liddell" <sip:alice@atlanta.example.com>;tag=1928301774
      Call-ID: a84b4c76e66710@pc33.atlanta.example.com
      CSeq: 314159 INVITE
      X-Odd:   kept,  as   it is
      Contact: <sip:alice@pc33.atlanta.example.com;ob>;expires=60
      Content-Type: application/sdp
      Content-Length: 5

      v=0
      """
          .replace("\n", "\r\n");

  private static Parsed parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new SipParser().parseDatagram(bytes, 0, bytes.length);
  }

  @Test
  void aRequestIsReadIntoItsTypedParts() {
    var request = (SipRequest) ((Parsed.Message) parse(INVITE)).message();
    assertThat(request.method()).isSameAs(Method.INVITE);
    assertThat(((SipUri) request.uri()).userName()).contains("bob");
    SipHeaders headers = request.headers();
    assertThat(headers.vias()).hasSize(2);
    assertThat(headers.topVia().branch()).contains("z9hG4bK776asdhds");
    assertThat(headers.vias().get(1).sentBy()).isEqualTo(HostPort.of("[2001:db8::9]", 5060));
    assertThat(headers.from().displayName()).contains("Alice \"A\" Liddell");
    assertThat(headers.from().tag()).contains("1928301774");
    assertThat(headers.to().tag()).isEmpty();
    assertThat(headers.cseq()).isEqualTo(new CSeq(314159, Method.INVITE));
    assertThat(headers.maxForwards()).hasValue(70);
    assertThat(headers.first("x-odd")).isEqualTo(Optional.of("kept,  as   it is"));
    assertThat(headers.contacts().getFirst().params().get("expires")).contains("60");
    assertThat(request.body().text()).isEqualTo("v=0\r\n");
  }

  @Test
  void whatIsWrittenReadsBackAsTheSameMessage() {
    SipMessage message = ((Parsed.Message) parse(INVITE)).message();
    byte[] written = SipWriter.write(message);
    assertThat(new SipParser().parseDatagram(written, 0, written.length))
        .isEqualTo(new Parsed.Message(message));
  }

  @Test
  void aBrokenRequestIsAnsweredWith400ThatNamesTheHeader() {
    var refused = (Parsed.Unacceptable) parse(INVITE.replace("314159", "2147483648"));
    assertThat(refused.answer().status()).isEqualTo(400);
    assertThat(refused.answer().reason()).isEqualTo("Bad CSeq: number above 2147483647");
    assertThat(refused.answer().headers().to().tag()).isPresent();
    assertThat(refused.answer().headers().has("CSeq")).isFalse();
    assertThat(refused.answer().headers().callId())
        .isEqualTo("a84b4c76e66710@pc33.atlanta.example.com");
    assertThat(refused.answer().body()).isEqualTo(Body.EMPTY);
  }

  @Test
  void lineEndsAloneAreAKeepAlive() {
    assertThat(parse("\r\n\r\n")).isEqualTo(new Parsed.KeepAlive());
  }
}
