package io.tipring.wire.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.wire.sdp.Judgement.Accepted;
import io.tipring.wire.sdp.Judgement.Refused;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class OurOfferTest {
  private static final RtpMap PCMU = new RtpMap(0, "PCMU", 8000);
  private static final RtpMap PCMA = new RtpMap(8, "PCMA", 8000);
  private static final Capabilities OURS = Capabilities.of(List.of(PCMU, PCMA));
  private static final LocalMedia LOCAL =
      new LocalMedia(77, new IpAddress(IpAddress.Family.IPV4, "192.0.2.1"), 20_000, 20_001);
  private static final String HEAD =
      "v=0\r\no=bob 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n";

  @Test
  void offersAllWeHaveInOurOrder() {
    assertThat(offer().toString().replace("\r\n", "\n"))
        .isEqualTo(
            """
            v=0
            o=- 77 1 IN IP4 192.0.2.1
            s=-
            c=IN IP4 192.0.2.1
            t=0 0
            m=audio 20000 RTP/AVP 0 8 101
            a=rtpmap:0 PCMU/8000
            a=rtpmap:8 PCMA/8000
            a=rtpmap:101 telephone-event/8000
            a=fmtp:101 0-15
            a=ptime:20
            a=sendrecv
            a=rtcp-mux
            """);
  }

  @Test
  void theAnswerersFirstEncodingAndPayloadTypesAreUsed() {
    Accepted accepted =
        accept("m=audio 4000 RTP/AVP 8 0 96\r\na=rtpmap:96 telephone-event/8000\r\n");
    assertThat(accepted.audio().encoding()).isEqualTo(PCMA);
    assertThat(accepted.audio().telephoneEvents()).hasValue(96);
    assertThat(accepted.audio().rtcpMux()).isFalse();
  }

  @Test
  void anAnswerWithNothingWeOfferedIsRefused() {
    assertThat(read("m=audio 4000 RTP/AVP 18\r\n")).isInstanceOf(Refused.class);
    assertThat(read("m=audio 0 RTP/AVP 0\r\n")).isInstanceOf(Refused.class);
    assertThat(read("")).isInstanceOf(Refused.class);
    assertThat(OfferAnswer.readAnswer(offer(), "nonsense".getBytes(StandardCharsets.UTF_8), OURS))
        .isInstanceOf(Refused.class);
  }

  @Test
  void eventsThatWereNotOfferedAreNotAgreedOn() {
    Capabilities silent = OURS.withTelephoneEvents(OptionalInt.empty());
    SessionDescription offer = OfferAnswer.offer(silent, LOCAL, Optional.empty());
    SessionDescription answer =
        new SdpParser()
            .parse(HEAD + "m=audio 4000 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n");
    assertThat(((Accepted) OfferAnswer.readAnswer(offer, answer, OURS)).audio().telephoneEvents())
        .isEmpty();
  }

  @Test
  void aHoldThatWeOfferedStandsWhateverTheAnswerClaims() {
    Capabilities holding = OURS.withDirection(Direction.SENDONLY);
    SessionDescription hold = OfferAnswer.offer(holding, LOCAL, Optional.of(offer()));
    assertThat(hold.toString()).contains("o=- 77 2 ").contains("a=sendonly");
    SessionDescription answer =
        new SdpParser().parse(HEAD + "m=audio 4000 RTP/AVP 0\r\na=sendrecv\r\n");
    Accepted accepted = (Accepted) OfferAnswer.readAnswer(hold, answer, OURS);
    assertThat(accepted.audio().direction()).isEqualTo(Direction.SENDONLY);
  }

  @Test
  void theSameOfferAgainKeepsItsVersion() {
    assertThat(OfferAnswer.offer(OURS, LOCAL, Optional.of(offer()))).isEqualTo(offer());
  }

  @Test
  void aLaterOfferOfOursKeepsEveryStreamInItsPlaceAndThePayloadTypesOfTheSession() {
    SessionDescription theirs =
        new SdpParser()
            .parse(
                HEAD
                    + """
                    m=video 4100 RTP/AVP 31\r
                    m=audio 4000 RTP/AVPF 0 97\r
                    a=rtpmap:97 telephone-event/8000\r
                    """);
    SessionDescription answered =
        OfferAnswer.answer(
            (Accepted) OfferAnswer.judge(theirs, OURS), OURS, LOCAL, Optional.empty());

    SessionDescription later = OfferAnswer.offer(OURS, LOCAL, Optional.of(answered));

    assertThat(later.media().stream().map(stream -> stream.line().line().toString()))
        .containsExactly("m=video 0 RTP/AVP 31", "m=audio 20000 RTP/AVPF 0 8 97");
    assertThat(later.origin()).isEqualTo(answered.origin().next());
  }

  private static SessionDescription offer() {
    return OfferAnswer.offer(OURS, LOCAL, Optional.empty());
  }

  private static Judgement read(String media) {
    return OfferAnswer.readAnswer(offer(), new SdpParser().parse(HEAD + media), OURS);
  }

  private static Accepted accept(String media) {
    return (Accepted) read(media);
  }
}
