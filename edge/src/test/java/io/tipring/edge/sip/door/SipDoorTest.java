package io.tipring.edge.sip.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.edge.net.LocalAddresses;
import io.tipring.edge.sip.transport.Arrivals;
import io.tipring.edge.sip.transport.FlowId;
import io.tipring.edge.sip.transport.FlowLoss;
import io.tipring.edge.sip.transport.Transport;
import io.tipring.wire.sip.Parsed;
import io.tipring.wire.sip.SipMessage;
import io.tipring.wire.sip.SipParser;
import io.tipring.wire.sip.SipResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SipDoorTest {
  private static final InetSocketAddress US = at("192.168.1.1", 5060);
  private static final FlowId PHONE = FlowId.datagrams(US, at("192.168.1.9", 40_000));

  private final List<SipMessage> passed = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private final Arrivals exchange =
      new Arrivals() {
        @Override
        public void arrived(FlowId flow, SipMessage message) {
          passed.add(message);
        }

        @Override
        public void lost(FlowId flow, FlowLoss why) {}
      };
  private long lag;
  private long depth;
  private final ScanGuard guard =
      new ScanGuard(
          new ScanGuard.Settings(5, Duration.ofSeconds(3), 100),
          InetAddress::isLoopbackAddress,
          () -> 0);
  private final OverloadDoor overload =
      new OverloadDoor(() -> lag, () -> depth, OverloadDoor.Watermark.STANDARD, 0x5EC2E7);
  private final SipDoor door =
      new SipDoor(
          LocalAddresses::isLocal,
          guard,
          overload,
          exchange,
          new BoundedLog(log::add, 10, Duration.ofSeconds(1), 200, () -> 0));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "::1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.7.7",
        "169.254.1.1",
        "fd00::1",
        "fe80::1"
      })
  void servesLoopbackAndPrivateSources(String address) {
    assertThat(door.admits(InetAddress.ofLiteral(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"203.0.113.5", "8.8.8.8", "2001:db8::1", "172.32.0.1", "100.64.0.1"})
  void doesNotHearTheRestOfTheWorldAndSaysSoOnceInAWhile(String address) {
    for (int i = 0; i < 1_000; i++) {
      assertThat(door.admits(InetAddress.ofLiteral(address))).isFalse();
    }
    assertThat(door.meters().get(DoorMeter.FOREIGN)).isEqualTo(1_000);
    assertThat(log).hasSize(10).first().asString().contains("net.local_networks");
  }

  @Test
  void aRequestPassesWithItsSourceOnTheTopVia() {
    assertThat(arrive(request("INVITE", "1", ""))).isEmpty();
    assertThat(passed.getFirst().headers().topVia().rport()).hasValue(40_000);
    assertThat(passed.getFirst().headers().topVia().received()).hasValue("192.168.1.9");
  }

  @Test
  void whatIsNearlySipIsToldWhyNotAndCountsAsAnOffence() {
    SipResponse answer =
        arrive(request("INVITE", "1", "").replace("CSeq: 1 INVITE", "CSeq: 1 BYE")).orElseThrow();
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.headers().topVia().rport()).as("the way back through a NAT").hasValue(40_000);
    assertThat(passed).isEmpty();
    assertThat(log).singleElement().asString().startsWith("UDP 192.168.1.9:40000 answered 400");
  }

  @Test
  void garbageIsDroppedCountedAndInTheEndSilencesItsSource() {
    for (int i = 0; i < 6; i++) {
      assertThat(door.admits(PHONE.remote().getAddress())).isTrue();
      assertThat(arrive("\u0000\u0001nonsense")).isEmpty();
    }
    assertThat(door.meters().get(DoorMeter.GARBAGE)).isEqualTo(6);
    assertThat(door.admits(PHONE.remote().getAddress())).isFalse();
    FlowId connection = new FlowId(Transport.TCP, US, PHONE.remote(), 3);
    assertThat(arrive(connection, request("INVITE", "1", ""))).isEmpty();
    assertThat(passed).isEmpty();
    assertThat(door.meters().get(DoorMeter.SILENCED)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INVITE", "REGISTER", "SUBSCRIBE", "MESSAGE", "OPTIONS"})
  void whatBeginsSomethingIsShedWhileTheExchangeIsBehind(String method) {
    lag = Duration.ofMillis(200).toNanos();
    SipResponse answer = arrive(request(method, "1", "")).orElseThrow();
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.headers().seconds("Retry-After").orElseThrow()).isBetween(5, 15);
    assertThat(passed).isEmpty();
    lag -= 1;
    assertThat(arrive(request(method, "2", ""))).isEmpty();
    assertThat(passed).hasSize(1);
    depth = 20_000;
    assertThat(arrive(request(method, "3", ""))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"INVITE", "BYE", "UPDATE", "PRACK", "INFO", "ACK", "REGISTER"})
  void whatGoesOnInADialogAlwaysPasses(String method) {
    lag = Long.MAX_VALUE;
    assertThat(arrive(request(method, "1", ";tag=ours"))).isEmpty();
    assertThat(passed).hasSize(1);
  }

  @Test
  void cancelsAndResponsesAlwaysPass() {
    lag = Long.MAX_VALUE;
    assertThat(arrive(request("CANCEL", "1", ""))).isEmpty();
    String response = request("INVITE", "1", ";tag=x").replaceFirst("INVITE .*", "SIP/2.0 200 OK");
    assertThat(arrive(response)).isEmpty();
    assertThat(passed).hasSize(2);
  }

  @Test
  void copiesOfAShedRequestGetTheSameAnswerAndItsAckIsAbsorbed() {
    lag = Long.MAX_VALUE;
    SipResponse answer = arrive(request("INVITE", "1", "")).orElseThrow();
    assertThat(arrive(request("INVITE", "1", ""))).hasValue(answer);
    lag = 0;
    String tag = answer.headers().to().tag().orElseThrow();
    assertThat(arrive(request("ACK", "1", ";tag=" + tag))).isEmpty();
    assertThat(passed).isEmpty();
    assertThat(door.meters().get(DoorMeter.SHED_ACKS)).isEqualTo(1);
    assertThat(arrive(request("ACK", "2", ";tag=" + tag))).isEmpty();
    assertThat(passed).as("the ACK of another call with a stolen tag").hasSize(1);
  }

  @Test
  void copiesOfAnInviteThatIsBeingServedAreNotShed() {
    assertThat(arrive(request("INVITE", "1", ""))).isEmpty();
    lag = Long.MAX_VALUE;
    assertThat(arrive(request("INVITE", "1", ""))).isEmpty();
    assertThat(arrive(request("INVITE", "2", ""))).isPresent();
    assertThat(passed).hasSize(2);
  }

  @Test
  void thoseWhoAreShedAreToldToComeBackAtDifferentTimes() {
    lag = Long.MAX_VALUE;
    int[] waits = new int[16];
    for (int i = 0; i < 1_100; i++) {
      waits[
          arrive(request("INVITE", "n" + i, ""))
              .orElseThrow()
              .headers()
              .seconds("Retry-After")
              .orElseThrow()]++;
    }
    for (int seconds = 5; seconds <= 15; seconds++) {
      assertThat(waits[seconds]).as("Retry-After: %d", seconds).isBetween(60, 140);
    }
  }

  @Test
  void aFaultBehindTheDoorDropsOneMessageOnly() {
    SipDoor faulty =
        new SipDoor(
            _ -> true,
            guard,
            overload,
            new Arrivals() {
              @Override
              public void arrived(FlowId flow, SipMessage message) {
                throw new IllegalStateException("broken");
              }

              @Override
              public void lost(FlowId flow, FlowLoss why) {}
            },
            new BoundedLog(log::add, 10, Duration.ofSeconds(1), 200, () -> 0));
    assertThat(faulty.parsed(PHONE, parse(request("INVITE", "1", "")))).isEmpty();
    assertThat(faulty.meters().get(DoorMeter.FAULTS)).isEqualTo(1);
    assertThat(log).singleElement().asString().contains("broken");
  }

  private Optional<SipResponse> arrive(String text) {
    return arrive(PHONE, text);
  }

  private Optional<SipResponse> arrive(FlowId flow, String text) {
    return door.parsed(flow, parse(text));
  }

  private static Parsed parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new SipParser().parseDatagram(bytes, 0, bytes.length);
  }

  private static String request(String method, String call, String toTag) {
    return method
        + " sip:echo@192.168.1.1 SIP/2.0\r\n"
        + "Via: SIP/2.0/UDP 10.0.0.9:5060;branch=z9hG4bK"
        + call
        + ";rport\r\n"
        + "From: <sip:a@b>;tag=1\r\nTo: <sip:echo@192.168.1.1>"
        + toTag
        + "\r\n"
        + "Call-ID: c"
        + call
        + "\r\nCSeq: 1 "
        + method
        + "\r\nContact: <sip:a@10.0.0.9>\r\n"
        + "Event: presence\r\nRSeq: 1\r\nRAck: 1 1 INVITE\r\nMax-Forwards: 70\r\n\r\n";
  }

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }
}
