package io.tipring.edge.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.wire.sip.Parsed;
import io.tipring.wire.sip.SipParser;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.Via;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// RFC 3261 18.2.1 and 18.2.2, RFC 3581 4.
class ResponseRouteTest {
  private static final InetSocketAddress US = at("10.0.0.1", 5060);

  @Test
  void marksTheSourceWhenItIsNotTheHostOfSentBy() {
    SipRequest request = options("SIP/2.0/UDP phone.example.org:5070;branch=z9hG4bK1");
    Via top = ResponseRoute.received(request, at("10.0.0.9", 40_000)).headers().topVia();
    assertThat(top.received()).hasValue("10.0.0.9");
    assertThat(top.rport()).isEmpty();
  }

  @Test
  void leavesARequestAloneWhoseSentByIsItsSource() {
    SipRequest request = options("SIP/2.0/UDP 10.0.0.9:5070;branch=z9hG4bK1");
    assertThat(ResponseRoute.received(request, at("10.0.0.9", 40_000))).isEqualTo(request);
  }

  @Test
  void fillsRportAndReceivedWhenTheClientAsksForIt() {
    SipRequest request = options("SIP/2.0/UDP 10.0.0.9:5070;branch=z9hG4bK1;rport");
    Via top = ResponseRoute.received(request, at("10.0.0.9", 40_000)).headers().topVia();
    assertThat(top.rport()).hasValue(40_000);
    assertThat(top.received()).hasValue("10.0.0.9");
  }

  @Test
  void overwritesWhatTheClientClaimsThatWeSaw() {
    SipRequest request = options("SIP/2.0/UDP 10.0.0.9:5070;branch=z9hG4bK1;received=192.0.2.66");
    assertThat(
            ResponseRoute.received(request, at("10.0.0.9", 40_000)).headers().topVia().received())
        .isEmpty();
  }

  @Test
  void writesAnIpv6SourceWithoutTheNameOfOurInterface() {
    SipRequest request = options("SIP/2.0/UDP host:5070;branch=z9hG4bK1;rport");
    Via top = ResponseRoute.received(request, at("::1", 40_000)).headers().topVia();
    assertThat(top.received()).hasValue("0:0:0:0:0:0:0:1");
  }

  @Test
  void knowsAnIpv6AddressHoweverItIsWritten() {
    SipRequest request = options("SIP/2.0/UDP [0:0::1]:5070;branch=z9hG4bK1");
    assertThat(ResponseRoute.received(request, at("::1", 40_000)).headers().topVia().received())
        .isEmpty();
  }

  @Test
  void answersADatagramAtItsSourcePortWhenRportWasAskedFor() {
    FlowId flow = FlowId.datagrams(US, at("10.0.0.9", 40_000));
    assertThat(
            ResponseRoute.of(flow, Via.parse("SIP/2.0/UDP h:5070;rport=40000;received=10.0.0.9")))
        .isEqualTo(flow);
  }

  @Test
  void answersADatagramAtThePortOfSentByOtherwise() {
    FlowId flow = FlowId.datagrams(US, at("10.0.0.9", 40_000));
    assertThat(ResponseRoute.of(flow, Via.parse("SIP/2.0/UDP 10.0.0.9:5070")).remote())
        .isEqualTo(at("10.0.0.9", 5070));
    assertThat(ResponseRoute.of(flow, Via.parse("SIP/2.0/UDP 10.0.0.9")).remote())
        .isEqualTo(at("10.0.0.9", 5060));
    assertThat(ResponseRoute.of(flow, Via.parse("SIP/2.0/UDP 10.0.0.9:0")).remote())
        .isEqualTo(at("10.0.0.9", 5060));
  }

  @Test
  void neverAnswersAThirdPartyWhateverTheViaSays() {
    FlowId flow = FlowId.datagrams(US, at("10.0.0.9", 40_000));
    Via via = Via.parse("SIP/2.0/UDP 192.0.2.1:53;maddr=192.0.2.2;received=10.0.0.9");
    assertThat(ResponseRoute.of(flow, via).remote().getAddress())
        .isEqualTo(flow.remote().getAddress());
  }

  @Test
  void answersARequestOnItsOwnConnection() {
    FlowId flow = new FlowId(Transport.TCP, US, at("10.0.0.9", 40_000), 7);
    assertThat(ResponseRoute.of(flow, Via.parse("SIP/2.0/TCP 10.0.0.9:5070"))).isEqualTo(flow);
  }

  @Test
  void opensAnotherConnectionToTheAddressSeenAndThePortClaimed() {
    Via behindNat = Via.parse("SIP/2.0/TCP phone.local:5070;received=10.0.0.9");
    assertThat(ResponseRoute.fallback(behindNat)).hasValue(at("10.0.0.9", 5070));
    assertThat(ResponseRoute.fallback(Via.parse("SIP/2.0/TCP 10.0.0.8")))
        .hasValue(at("10.0.0.8", 5060));
    assertThat(ResponseRoute.fallback(Via.parse("SIP/2.0/TCP [::1]:5070")))
        .hasValue(at("::1", 5070));
    assertThat(ResponseRoute.fallback(Via.parse("SIP/2.0/TCP phone.local:5070"))).isEmpty();
  }

  static SipRequest options(String via) {
    String text =
        "OPTIONS sip:echo@10.0.0.1 SIP/2.0\r\nVia: "
            + via
            + "\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:echo@10.0.0.1>\r\nCall-ID: c1\r\nCSeq: 1 OPTIONS\r\n"
            + "Max-Forwards: 70\r\n\r\n";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Parsed parsed = new SipParser().parseDatagram(bytes, 0, bytes.length);
    return (SipRequest) ((Parsed.Message) parsed).message();
  }

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }
}
