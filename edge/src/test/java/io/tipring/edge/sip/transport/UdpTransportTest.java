package io.tipring.edge.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tipring.edge.net.CannotListen;
import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.Parsed;
import io.tipring.wire.sip.SipParser;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.SipWriter;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real sockets on loopback.
@Timeout(60)
class UdpTransportTest {
  private static final InetSocketAddress V4 =
      new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
  private static final InetSocketAddress V6 =
      new InetSocketAddress(InetAddress.ofLiteral("::1"), 0);

  private final RecordingInlet inlet = new RecordingInlet();
  private SipSockets sockets;
  private InetSocketAddress us;

  @BeforeEach
  void open() throws IOException {
    sockets = SipSockets.bind(List.of(V4, V6), List.of(), new SipParser(), TcpLimits.STANDARD);
    sockets.start(inlet);
    us = sockets.udpAddresses().getFirst();
  }

  @AfterEach
  void close() {
    sockets.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aRequestArrivesAndItsAnswerFindsTheWayBackOnBothFamilies(int family) throws Exception {
    InetSocketAddress to = sockets.udpAddresses().get(family);
    try (DatagramSocket phone = new DatagramSocket(new InetSocketAddress(to.getAddress(), 0))) {
      SipRequest request =
          ResponseRouteTest.options("SIP/2.0/UDP phone.local:9;branch=z9hG4bK1;rport");
      send(phone, to, SipWriter.write(request));
      RecordingInlet.Arrival arrival = inlet.next();
      assertThat(arrival.message()).isEqualTo(request);
      assertThat(arrival.flow().local()).isEqualTo(to);
      assertThat(arrival.flow().remote()).isEqualTo(phone.getLocalSocketAddress());
      sockets.send(arrival.flow(), SipResponse.to(request, 200));
      assertThat(receive(phone)).startsWith("SIP/2.0 200 OK\r\n");
    }
  }

  @Test
  void choosesTheSocketOfThePeersFamilyForNewRequests() throws Exception {
    try (DatagramSocket phone = new DatagramSocket(V6)) {
      FlowId flow =
          sockets
              .flowTo(Transport.UDP, (InetSocketAddress) phone.getLocalSocketAddress())
              .orElseThrow();
      sockets.send(flow, ResponseRouteTest.options("SIP/2.0/UDP [::1]:5060;branch=z9hG4bK1"));
      assertThat(receive(phone)).startsWith("OPTIONS ");
    }
    InetSocketAddress away = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 5060);
    assertThat(sockets.flowTo(Transport.UDP, away))
        .as("no loopback socket reaches the world")
        .isEmpty();
    assertThat(sockets.flowTo(Transport.TCP, us)).as("nothing is bound for TCP").isEmpty();
  }

  @Test
  void theIpv6WildcardHearsAndAnswersIpv4() throws Exception {
    RecordingInlet here = new RecordingInlet();
    InetSocketAddress any = new InetSocketAddress(InetAddress.ofLiteral("::"), 0);
    try (SipSockets both =
            SipSockets.bind(List.of(any), List.of(), new SipParser(), TcpLimits.STANDARD);
        DatagramSocket phone = new DatagramSocket(V4)) {
      both.start(here);
      InetSocketAddress to =
          new InetSocketAddress(V4.getAddress(), both.udpAddresses().getFirst().getPort());
      SipRequest request =
          ResponseRouteTest.options("SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK1;rport");
      send(phone, to, SipWriter.write(request));
      FlowId flow = here.next().flow();
      assertThat(flow.remote())
          .as("an IPv4 address, not a mapped one")
          .isEqualTo(phone.getLocalSocketAddress());
      both.send(flow, SipResponse.to(request, 200));
      assertThat(receive(phone)).startsWith("SIP/2.0 200 OK\r\n");
      assertThat(both.flowTo(Transport.UDP, flow.remote())).hasValue(flow);
    }
  }

  @Test
  void takesTheLargestDatagramAndSaysOfOneThatIsTooLargeThatItDidNotGo() throws Exception {
    try (DatagramSocket phone = new DatagramSocket(V4)) {
      SipRequest options =
          ResponseRouteTest.options("SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK1;rport");
      int head = SipWriter.write(options.withBody(Body.of(new byte[64_000]))).length - 64_000;
      SipRequest largest = options.withBody(Body.of(new byte[65_507 - head]));
      send(phone, us, SipWriter.write(largest));
      RecordingInlet.Arrival arrival = inlet.next();
      assertThat(arrival.message().body().length()).isEqualTo(65_507 - head);
      sockets.send(arrival.flow(), options.withBody(Body.of(new byte[66_000])));
      assertThat(inlet.nextLoss())
          .isEqualTo(new RecordingInlet.Loss(arrival.flow(), FlowLoss.TOO_LARGE));
    }
    assertThat(sockets.meters().get(SocketMeter.REQUESTS_OVER_MTU)).isEqualTo(1);
  }

  @Test
  void staysAliveUnderGarbageAndTellsTheDoorOfEachPiece() throws Exception {
    Random random = new Random(42);
    try (DatagramSocket phone = new DatagramSocket(V4)) {
      for (int i = 0; i < 200; i++) {
        byte[] noise = new byte[1 + random.nextInt(1_400)];
        random.nextBytes(noise);
        send(phone, us, noise);
        assertThat(inlet.next().parsed()).isInstanceOf(Parsed.Garbage.class);
      }
      send(phone, us, new byte[0]);
      assertThat(inlet.next().parsed()).isInstanceOf(Parsed.KeepAlive.class);
      send(phone, us, SipWriter.write(ResponseRouteTest.options("SIP/2.0/UDP h;branch=z9hG4bK1")));
      assertThat(inlet.next().parsed()).isInstanceOf(Parsed.Message.class);
    }
  }

  @Test
  void sendsTheDoorsOwnAnswerOnTheSpot() throws Exception {
    try (DatagramSocket phone = new DatagramSocket(V4)) {
      String broken =
          new String(
                  SipWriter.write(
                      ResponseRouteTest.options("SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK1;rport")),
                  StandardCharsets.UTF_8)
              .replace("CSeq: 1 OPTIONS", "CSeq: 1 BYE");
      send(phone, us, broken.getBytes(StandardCharsets.UTF_8));
      assertThat(receive(phone)).startsWith("SIP/2.0 400 ");
    }
  }

  @Test
  void parsesNothingOfASourceThatTheDoorDoesNotAdmit() throws Exception {
    inlet.admitting = false;
    try (DatagramSocket stranger = new DatagramSocket(V4)) {
      send(
          stranger,
          us,
          SipWriter.write(ResponseRouteTest.options("SIP/2.0/UDP h;branch=z9hG4bK1")));
      while (sockets.meters().get(SocketMeter.DATAGRAMS_SHED) < 1) {
        Thread.onSpinWait(); // the test's own deadline bounds this
      }
      assertThat(inlet.isQuiet()).isTrue();
    }
  }

  @Test
  void namesTheAddressThatCannotBeBound() {
    assertThatThrownBy(
            () -> SipSockets.bind(List.of(us), List.of(), new SipParser(), TcpLimits.STANDARD))
        .isInstanceOf(CannotListen.class)
        .hasMessageContaining("UDP")
        .hasMessageContaining(String.valueOf(us.getPort()));
  }

  private static void send(DatagramSocket from, InetSocketAddress to, byte[] bytes)
      throws IOException {
    from.send(new DatagramPacket(bytes, bytes.length, to));
  }

  private static String receive(DatagramSocket at) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
    at.setSoTimeout(10_000);
    at.receive(packet);
    return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
  }
}
