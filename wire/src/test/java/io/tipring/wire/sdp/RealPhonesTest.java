package io.tipring.wire.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.wire.sdp.Judgement.Accepted;
import io.tipring.wire.sdp.Judgement.Refused;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class RealPhonesTest {
  private static final List<String> NAMES = SdpFixtures.NAMES;
  private static final Capabilities OURS =
      Capabilities.of(List.of(new RtpMap(0, "PCMU", 8000), new RtpMap(8, "PCMA", 8000)));

  @ParameterizedTest
  @FieldSource("NAMES")
  void everyDescriptionComesBackByteForByte(String name) {
    byte[] bytes = SdpFixtures.read(name);
    assertThat(new SdpParser().parse(bytes).bytes()).isEqualTo(bytes);
  }

  @Test
  void eachPhoneGetsTheSoundItAskedFor() {
    assertThat(agreed("baresip-1.0.0-offer"))
        .isEqualTo("PCMA 8 events 101 20 ms SENDRECV 192.0.2.2:19478/19479");
    assertThat(agreed("sipp-3.6.1-uas-answer"))
        .isEqualTo("PCMU 0 events - 20 ms SENDRECV 127.0.0.1:6000/6001");
    assertThat(agreed("linphone-like-offer"))
        .isEqualTo("PCMU 0 events 100 20 ms SENDRECV 192.0.2.20:7078/7079");
    assertThat(agreed("asterisk-like-offer"))
        .isEqualTo("PCMU 0 events 101 20 ms SENDRECV 198.51.100.7:16842/16843");
    assertThat(agreed("desk-phone-like-hold"))
        .isEqualTo("PCMU 0 events 98 30 ms RECVONLY 0.0.0.0:3000/3001");
    assertThat(agreed("softphone-ipv6-ice-like-offer"))
        .isEqualTo("PCMA 8 events 96 20 ms SENDRECV 2001:db8::20:4012/4013");
    assertThat(agreed("total-conversation-like-offer"))
        .isEqualTo("PCMU 0 events - 20 ms SENDRECV 192.0.2.101:49170/49171");
  }

  @Test
  void aBrowserIsRefusedForItsTransport() {
    assertThat(OfferAnswer.judge(SdpFixtures.read("chrome-like-offer"), OURS))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.code()).isEqualTo(302));
  }

  @Test
  void theAnswerHasAsManyMediaAsTheOfferInTheSameOrder() {
    SessionDescription answer =
        OfferAnswer.answer(
            (Accepted) OfferAnswer.judge(SdpFixtures.read("total-conversation-like-offer"), OURS),
            OURS,
            new LocalMedia(1, new IpAddress(IpAddress.Family.IPV4, "192.0.2.1"), 20_000, 20_001),
            Optional.empty());
    assertThat(
            answer.media().stream()
                .map(stream -> stream.line().media() + " " + stream.line().port()))
        .containsExactly("text 0", "audio 20000", "video 0");
  }

  private static String agreed(String name) {
    NegotiatedAudio audio = ((Accepted) OfferAnswer.judge(SdpFixtures.read(name), OURS)).audio();
    return audio.encoding().encoding()
        + " "
        + audio.encoding().payloadType()
        + " events "
        + (audio.telephoneEvents().isPresent() ? audio.telephoneEvents().getAsInt() : "-")
        + " "
        + audio.packetMillis()
        + " ms "
        + audio.direction()
        + " "
        + audio.address()
        + ":"
        + audio.rtpPort()
        + "/"
        + audio.rtcpPort();
  }
}
