package io.tipring.wire.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.wire.Rfc;
import io.tipring.wire.sdp.Judgement.Accepted;
import io.tipring.wire.sdp.Judgement.Refused;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfferAnswerTest {
  private static final RtpMap PCMU = new RtpMap(0, "PCMU", 8000);
  private static final RtpMap PCMA = new RtpMap(8, "PCMA", 8000);
  private static final Capabilities OURS = Capabilities.of(List.of(PCMU, PCMA));
  private static final LocalMedia LOCAL =
      new LocalMedia(77, new IpAddress(IpAddress.Family.IPV4, "192.0.2.1"), 20_000, 20_001);
  private static final String HEAD =
      "v=0\r\no=alice 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n";

  @Test
  void thePlainestOfferIsAnsweredWithItsFirstEncodingThatWeHave() {
    Accepted accepted = accept(HEAD + "m=audio 4000 RTP/AVP 9 8 0\r\n");

    assertThat(accepted.audio())
        .isEqualTo(
            new NegotiatedAudio(
                PCMA,
                OptionalInt.empty(),
                List.of(),
                20,
                Direction.SENDRECV,
                new IpAddress(IpAddress.Family.IPV4, "192.0.2.9"),
                4000,
                4001));
    assertThat(answer(accepted))
        .isEqualTo(
            """
            v=0
            o=- 77 1 IN IP4 192.0.2.1
            s=-
            c=IN IP4 192.0.2.1
            t=0 0
            m=audio 20000 RTP/AVP 8
            a=rtpmap:8 PCMA/8000
            a=ptime:20
            a=sendrecv
            """);
  }

  @Test
  void ourOrderCountsWhenWeAreToldSo() {
    Judgement judged =
        OfferAnswer.judge(
            parse(HEAD + "m=audio 4000 RTP/AVP 9 8 0\r\n"),
            OURS.withOrder(Capabilities.Order.OURS));
    assertThat(((Accepted) judged).audio().encoding()).isEqualTo(PCMU);
  }

  @Test
  void theOfferersPayloadTypesAreUsedWhateverTheyAre() {
    Accepted accepted =
        accept(
            HEAD
                + """
                m=audio 4000 RTP/AVP 111 96 100 99\r
                a=rtpmap:111 opus/48000/2\r
                a=rtpmap:96 pcmu/8000\r
                a=rtpmap:100 telephone-event/48000\r
                a=rtpmap:99 Telephone-Event/8000\r
                a=fmtp:99 0-16\r
                """);
    assertThat(accepted.audio().encoding()).isEqualTo(new RtpMap(96, "pcmu", 8000));
    assertThat(accepted.audio().telephoneEvents()).hasValue(99);
    assertThat(answer(accepted))
        .contains("m=audio 20000 RTP/AVP 96 99\n")
        .contains("a=rtpmap:96 pcmu/8000\n")
        .contains("a=rtpmap:99 telephone-event/8000\na=fmtp:99 0-15\n");
  }

  @Test
  void anRtpmapWinsOverTheStaticMeaningOfItsPayloadType() {
    assertThat(refuse(HEAD + "m=audio 4000 RTP/AVP 0\r\na=rtpmap:0 AMR/8000\r\n").code())
        .isEqualTo(305);
    assertThat(refuse(HEAD + "m=audio 4000 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000/2\r\n").code())
        .isEqualTo(305);
  }

  @ParameterizedTest
  @Rfc("4733 2.4.1")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a=fmtp:101 0-15       | 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15
          a=fmtp:101 0-11,66,70 | 0 1 2 3 4 5 6 7 8 9 10 11
          a=fmtp:101 1, 3-4     | 1 3 4
          a=fmtp:101 32-36      | ''
          a=fmtp:101 0-255      | 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15
          a=fmtp:100 1          | 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15
          a=fmtp:101 keys,1-256 | 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15
          a=fmtp:101 9-1        | 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15
          """)
  void thePeersListSaysWhichKeysItTakesAsEventsAndNoListMeansAll(String fmtp, String keys) {
    Accepted accepted =
        accept(
            HEAD
                + "m=audio 4000 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n"
                + fmtp
                + "\r\n");
    assertThat(accepted.audio().telephoneEvents()).hasValue(101);
    assertThat(accepted.audio().eventKeys().stream().map(String::valueOf))
        .containsExactlyElementsOf(keys.isEmpty() ? List.of() : List.of(keys.split(" ")));
    // Ours says what we take, whatever the peer does.
    assertThat(answer(accepted)).contains("a=fmtp:101 0-15\n");
  }

  @Test
  void telephoneEventsAtAnotherClockThanTheSoundAreNotTaken() {
    Accepted accepted =
        accept(HEAD + "m=audio 4000 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/16000\r\n");
    assertThat(accepted.audio().telephoneEvents()).isEmpty();
    assertThat(answer(accepted)).contains("m=audio 20000 RTP/AVP 0\n");
  }

  @Test
  void everyOtherStreamIsRefusedInItsPlace() {
    Accepted accepted =
        accept(
            HEAD
                + """
                m=video 4100 RTP/AVP 31\r
                m=audio 4000 RTP/AVP 0\r
                m=audio 4200 RTP/AVP 0\r
                m=text 4300 RTP/AVP 98\r
                a=rtpmap:98 t140/1000\r
                m=application 9 TCP/MRCPv2 1\r
                """);
    assertThat(accepted.stream()).isEqualTo(1);
    assertThat(mLines(answer(accepted)))
        .containsExactly(
            "m=video 0 RTP/AVP 31",
            "m=audio 20000 RTP/AVP 0",
            "m=audio 0 RTP/AVP 0",
            "m=text 0 RTP/AVP 98",
            "m=application 0 TCP/MRCPv2 1");
  }

  @Test
  void plainAudioBesideEncryptedAudioIsTaken() {
    Accepted accepted = accept(HEAD + "m=audio 4000 RTP/SAVP 0\r\nm=audio 4002 RTP/AVP 0\r\n");
    assertThat(accepted.audio().rtpPort()).isEqualTo(4002);
    assertThat(mLines(answer(accepted)))
        .containsExactly("m=audio 0 RTP/SAVP 0", "m=audio 20000 RTP/AVP 0");
  }

  @Test
  void textOnVideoOnlyAndEmptyOffersAreRefusedForTheirMediaType() {
    assertThat(refuse(HEAD + "m=text 4300 RTP/AVP 98\r\na=rtpmap:98 t140/1000\r\n").code())
        .isEqualTo(304);
    assertThat(refuse(HEAD + "m=video 4300 RTP/AVP 31\r\n").code()).isEqualTo(304);
    assertThat(refuse(HEAD).code()).isEqualTo(304);
    assertThat(refuse(HEAD + "m=audio 0 RTP/AVP 0\r\n").code()).isEqualTo(304);
  }

  @Test
  void eachRefusalNamesItsReason() {
    assertThat(refuse(HEAD + "m=audio 4000 RTP/AVP 18\r\n").code()).isEqualTo(305);
    assertThat(refuse(HEAD + "m=audio 4000 UDP/TLS/RTP/SAVPF 0\r\n").code()).isEqualTo(302);
    assertThat(refuse(HEAD + "m=audio 4000 RTP/AVP 0\r\nc=IN IP4 phone.example.com\r\n").code())
        .isEqualTo(301);
    assertThat(refuse(HEAD + "m=audio 4000 RTP/AVP 0\r\nc=IN IP4 ::1\r\n").code()).isEqualTo(301);
    assertThat(refuse(HEAD + "m=audio 4000 RTP/AVP 0\r\nc=ATM NSAP 47.0091\r\n").code())
        .isEqualTo(300);
    assertThat(refuse(HEAD + "m=audio 4000 RTP/AVP 0\r\nc=IN IP4 233.252.0.1/127\r\n").code())
        .isEqualTo(330);
    assertThat(
            refuse(HEAD.replace("c=IN IP4 192.0.2.9\r\n", "") + "m=audio 4000 RTP/AVP 0\r\n")
                .code())
        .isEqualTo(399);
    assertThat(new Refused(304, "Only audio is available here").warning("192.0.2.1"))
        .isEqualTo("304 192.0.2.1 \"Only audio is available here\"");
  }

  @Test
  void aBodyThatIsNoDescriptionIsRefusedWithTheLineThatIsWrong() {
    Judgement judged = OfferAnswer.judge("v=0\r\nhello\r\n".getBytes(StandardCharsets.UTF_8), OURS);
    assertThat(judged)
        .isEqualTo(
            new Refused(399, "Bad session description, line 2: not of the form letter=value"));
  }

  @Test
  void thePeersPacketTimeIsKeptWithinItsMostAndOurs() {
    assertThat(packetMillis("")).isEqualTo(20);
    assertThat(packetMillis("a=ptime:30\r\n")).isEqualTo(30);
    assertThat(packetMillis("a=ptime:25\r\n")).isEqualTo(20);
    assertThat(packetMillis("a=ptime:20.0\r\n")).isEqualTo(20);
    assertThat(packetMillis("a=ptime:5\r\n")).isEqualTo(10);
    assertThat(packetMillis("a=ptime:200\r\n")).isEqualTo(60);
    assertThat(packetMillis("a=ptime:40\r\na=maxptime:30\r\n")).isEqualTo(30);
    assertThat(packetMillis("a=maxptime:10\r\n")).isEqualTo(10);
    assertThat(packetMillis("a=ptime:soon\r\na=maxptime:0\r\n")).isEqualTo(20);
  }

  @Test
  void directionsAreMirrored() {
    assertThat(direction("a=sendrecv\r\n")).isEqualTo(Direction.SENDRECV);
    assertThat(direction("a=sendonly\r\n")).isEqualTo(Direction.RECVONLY);
    assertThat(direction("a=recvonly\r\n")).isEqualTo(Direction.SENDONLY);
    assertThat(direction("a=inactive\r\n")).isEqualTo(Direction.INACTIVE);
  }

  @Test
  void aStreamsOwnDirectionWinsOverTheSessions() {
    assertThat(accept(HEAD + "a=inactive\r\nm=audio 4000 RTP/AVP 0\r\n").audio().direction())
        .isEqualTo(Direction.INACTIVE);
    assertThat(
            accept(HEAD + "a=inactive\r\nm=audio 4000 RTP/AVP 0\r\na=sendonly\r\n")
                .audio()
                .direction())
        .isEqualTo(Direction.RECVONLY);
  }

  @Test
  void holdAsTheOldRfcDidItStopsOurSendingOnly() {
    Accepted accepted =
        accept(
            HEAD.replace("c=IN IP4 192.0.2.9", "c=IN IP4 0.0.0.0") + "m=audio 4000 RTP/AVP 0\r\n");
    assertThat(accepted.audio().direction()).isEqualTo(Direction.RECVONLY);
    assertThat(answer(accepted)).contains("c=IN IP4 192.0.2.1\n").contains("a=recvonly\n");
  }

  @Test
  void whenWeHoldToo_theStreamIsInactive() {
    Capabilities holding = OURS.withDirection(Direction.SENDONLY);
    Accepted accepted =
        (Accepted)
            OfferAnswer.judge(parse(HEAD + "m=audio 4000 RTP/AVP 0\r\na=sendonly\r\n"), holding);
    assertThat(accepted.audio().direction()).isEqualTo(Direction.INACTIVE);
  }

  @Test
  void aStreamsOwnAddressWinsOverTheSessions() {
    Accepted accepted = accept(HEAD + "m=audio 4000 RTP/AVP 0\r\nc=IN IP6 2001:db8::5\r\n");
    assertThat(accepted.audio().address())
        .isEqualTo(new IpAddress(IpAddress.Family.IPV6, "2001:db8::5"));
  }

  @Test
  void anIpv6OfferIsAnsweredWithOurIpv6Address() {
    Accepted accepted =
        accept(
            """
            v=0\r
            o=- 9 9 IN IP6 ::1\r
            s=-\r
            c=IN IP6 ::1\r
            t=0 0\r
            m=audio 4000 RTP/AVP 0\r
            """);
    LocalMedia six =
        new LocalMedia(78, new IpAddress(IpAddress.Family.IPV6, "2001:db8::1"), 20_000, 20_001);
    assertThat(OfferAnswer.answer(accepted, OURS, six, Optional.empty()).toString())
        .contains("o=- 78 1 IN IP6 2001:db8::1\r\n")
        .contains("c=IN IP6 2001:db8::1\r\n");
  }

  @Test
  void rtcpGoesToThePortThatWasNamed() {
    assertThat(rtcpPort("")).isEqualTo(4001);
    assertThat(rtcpPort("a=rtcp:4321\r\n")).isEqualTo(4321);
    assertThat(rtcpPort("a=rtcp:4321 IN IP4 192.0.2.9\r\n")).isEqualTo(4321);
    assertThat(rtcpPort("a=rtcp:nowhere\r\n")).isEqualTo(4001);
    assertThat(rtcpPort("a=rtcp-mux\r\n")).isEqualTo(4000);
    assertThat(rtcpPort("a=rtcp-mux-only\r\n")).isEqualTo(4001);
  }

  @Test
  void rtcpMuxIsAnsweredOnlyWhenOfferedAndWanted() {
    String muxed = HEAD + "m=audio 4000 RTP/AVP 0\r\na=rtcp-mux\r\n";
    assertThat(answer(accept(muxed))).contains("a=rtcp-mux");
    assertThat(answer(accept(HEAD + "m=audio 4000 RTP/AVP 0\r\n"))).doesNotContain("rtcp-mux");
    Capabilities apart = OURS.withRtcpMux(false);
    Accepted accepted = (Accepted) OfferAnswer.judge(parse(muxed), apart);
    assertThat(accepted.audio().rtcpPort()).isEqualTo(4001);
    assertThat(OfferAnswer.answer(accepted, apart, LOCAL, Optional.empty()).toString())
        .doesNotContain("rtcp-mux");
  }

  @Test
  void ourRtcpPortIsNamedWhenItIsNotTheNextOne() {
    LocalMedia odd = new LocalMedia(77, LOCAL.address(), 20_000, 20_777);
    assertThat(
            OfferAnswer.answer(
                    accept(HEAD + "m=audio 4000 RTP/AVP 0\r\n"), OURS, odd, Optional.empty())
                .toString())
        .contains("a=rtcp:20777\r\n");
  }

  @Test
  void theSameAnswerAgainKeepsItsVersionAndAnotherOneMovesItOn() {
    SessionDescription first =
        OfferAnswer.answer(
            accept(HEAD + "m=audio 4000 RTP/AVP 0\r\n"), OURS, LOCAL, Optional.empty());
    SessionDescription again =
        OfferAnswer.answer(
            accept(HEAD + "m=audio 4000 RTP/AVP 0\r\n"), OURS, LOCAL, Optional.of(first));
    assertThat(again).isEqualTo(first);

    SessionDescription held =
        OfferAnswer.answer(
            accept(HEAD + "m=audio 4000 RTP/AVP 0\r\na=sendonly\r\n"),
            OURS,
            LOCAL,
            Optional.of(again));
    assertThat(held.origin()).isEqualTo(first.origin().next());
    assertThat(held.origin().version()).isEqualTo("2");
    assertThat(
            OfferAnswer.answer(
                    accept(HEAD + "m=audio 4000 RTP/AVP 0\r\n"), OURS, LOCAL, Optional.of(held))
                .origin()
                .version())
        .isEqualTo("3");
  }

  @Test
  void theTimesOfTheOfferComeBack() {
    assertThat(
            answer(
                accept(
                    HEAD.replace("t=0 0", "t=3034423619 3042462419")
                        + "m=audio 4000 RTP/AVP 0\r\n")))
        .contains("t=3034423619 3042462419\n");
  }

  private static String answer(Accepted accepted) {
    return OfferAnswer.answer(accepted, OURS, LOCAL, Optional.empty())
        .toString()
        .replace("\r\n", "\n");
  }

  private static List<String> mLines(String description) {
    return description.lines().filter(line -> line.startsWith("m=")).toList();
  }

  private static int packetMillis(String attributes) {
    return accept(HEAD + "m=audio 4000 RTP/AVP 0\r\n" + attributes).audio().packetMillis();
  }

  private static Direction direction(String attribute) {
    return accept(HEAD + "m=audio 4000 RTP/AVP 0\r\n" + attribute).audio().direction();
  }

  private static int rtcpPort(String attribute) {
    return accept(HEAD + "m=audio 4000 RTP/AVP 0\r\n" + attribute).audio().rtcpPort();
  }

  private static Accepted accept(String offer) {
    return (Accepted) OfferAnswer.judge(parse(offer), OURS);
  }

  private static Refused refuse(String offer) {
    return (Refused) OfferAnswer.judge(parse(offer), OURS);
  }

  private static SessionDescription parse(String text) {
    return new SdpParser().parse(text);
  }
}
