package io.tipring.edge.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.Parsed;
import io.tipring.wire.sip.SipParser;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.SipWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real sockets on loopback.
@Timeout(60)
class TcpTransportTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final int HELD_BYTES = 200_000;
  private static final Duration NEVER = Duration.ofMinutes(5);
  private static final TcpLimits LIMITS = limits(NEVER, NEVER);

  private final RecordingInlet inlet = new RecordingInlet();
  private SipSockets sockets;
  private InetSocketAddress us;

  /// Every test but those about these two has them far away: on a busy machine even a peer of good
  /// will takes its time.
  private static TcpLimits limits(Duration message, Duration idle) {
    return new TcpLimits(8, 4, 190_000, HELD_BYTES, Duration.ofSeconds(10), message, idle);
  }

  @AfterEach
  void close() {
    sockets.close();
  }

  private void open(TcpLimits limits) throws IOException {
    var binds =
        List.of(
            new InetSocketAddress(LOOPBACK, 0),
            new InetSocketAddress(InetAddress.ofLiteral("::1"), 0));
    sockets = SipSockets.bind(List.of(), binds, new SipParser(), limits);
    sockets.start(inlet);
    us = sockets.tcpAddresses().getFirst();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void messagesInPiecesArriveWholeAndAnswersGoBackOnTheSameConnection(int family) throws Exception {
    open(LIMITS);
    InetSocketAddress to = sockets.tcpAddresses().get(family);
    SipRequest first = options("a").withBody(Body.utf8("one"));
    byte[] bytes = SipWriter.write(first);
    try (Socket phone = connect(to)) {
      phone.setTcpNoDelay(true);
      for (byte b : bytes) {
        phone.getOutputStream().write(b);
      }
      RecordingInlet.Arrival arrival = inlet.next();
      assertThat(arrival.message()).isEqualTo(first);
      assertThat(arrival.flow().remote()).isEqualTo(phone.getLocalSocketAddress());
      sockets.send(arrival.flow(), SipResponse.to(first, 200));
      assertThat(reader(phone).readLine()).isEqualTo("SIP/2.0 200 OK");
    }
    assertThat(inlet.nextLoss().why()).isEqualTo(FlowLoss.CLOSED_BY_PEER);
    assertThat(sockets.openConnections()).isZero();
  }

  @Test
  void twoMessagesInOnePieceAreTwoArrivalsOfOneFlow() throws Exception {
    open(LIMITS);
    try (Socket phone = connect(us)) {
      phone
          .getOutputStream()
          .write((text(options("a")) + text(options("b"))).getBytes(StandardCharsets.UTF_8));
      RecordingInlet.Arrival a = inlet.next();
      RecordingInlet.Arrival b = inlet.next();
      assertThat(a.flow()).isEqualTo(b.flow());
      assertThat(b.message().headers().topVia().branch()).hasValue("z9hG4bKb");
    }
  }

  @Test
  void aLargeMessageArrivesWholeAndATooLargeOneEndsTheConnection() throws Exception {
    open(LIMITS);
    try (Socket phone = connect(us)) {
      SipRequest large = options("a").withBody(Body.of(new byte[64_000]));
      phone.getOutputStream().write(SipWriter.write(large));
      assertThat(inlet.next().message()).isEqualTo(large);
      phone
          .getOutputStream()
          .write(SipWriter.write(options("b").withBody(Body.of(new byte[70_000]))));
      assertThat(reader(phone).readLine()).startsWith("SIP/2.0 513 ");
      assertThat(inlet.nextLoss().why()).isEqualTo(FlowLoss.GARBAGE);
    }
  }

  @Test
  void aPeerThatHalfClosesIsGone() throws Exception {
    open(LIMITS);
    try (Socket phone = connect(us)) {
      phone.getOutputStream().write(SipWriter.write(options("a")));
      FlowId flow = inlet.next().flow();
      phone.shutdownOutput();
      assertThat(inlet.nextLoss())
          .isEqualTo(new RecordingInlet.Loss(flow, FlowLoss.CLOSED_BY_PEER));
      assertThat(phone.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aPeerThatResetsIsGone() throws Exception {
    open(LIMITS);
    try (Socket phone = connect(us)) {
      phone.getOutputStream().write(SipWriter.write(options("a")));
      var _ = inlet.next();
      phone.setSoLinger(true, 0);
    }
    assertThat(inlet.nextLoss().why()).isEqualTo(FlowLoss.CLOSED_BY_PEER);
    assertThat(sockets.openConnections()).isZero();
  }

  @Test
  void goingDownClosesEveryConnection() throws Exception {
    open(LIMITS);
    try (Socket phone = connect(us)) {
      phone.getOutputStream().write(SipWriter.write(options("a")));
      var _ = inlet.next();
      sockets.close();
      assertThat(phone.getInputStream().read()).isEqualTo(-1);
      assertThat(inlet.nextLoss().why()).isEqualTo(FlowLoss.SHUTDOWN);
    }
  }

  @Test
  void answersAPingWithAPong() throws Exception {
    open(LIMITS);
    try (Socket phone = connect(us)) {
      phone.setSoTimeout(10_000);
      phone
          .getOutputStream()
          .write("\r\n\r\n".getBytes(StandardCharsets.US_ASCII)); // RFC 5626 4.4.1
      assertThat(phone.getInputStream().readNBytes(2))
          .isEqualTo("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Test
  void aNewRequestOpensOneConnectionAndWhatIsSentMeanwhileWaits() throws Exception {
    open(LIMITS);
    try (ServerSocket phone = new ServerSocket(0, 5, LOOPBACK)) {
      FlowId flow = flowTo(phone);
      assertThat(flowTo(phone)).isEqualTo(flow);
      sockets.send(flow, options("a"));
      sockets.send(flow, options("b"));
      try (Socket accepted = phone.accept()) {
        BufferedReader in = reader(accepted);
        assertThat(in.lines().filter(line -> line.startsWith("Via")).limit(2).toList())
            .containsExactly(
                "Via: SIP/2.0/TCP h;branch=z9hG4bKa", "Via: SIP/2.0/TCP h;branch=z9hG4bKb");
        accepted.getOutputStream().write(SipWriter.write(SipResponse.to(options("a"), 200)));
        assertThat(inlet.next().flow()).isEqualTo(flow);
      }
      assertThat(inlet.nextLoss())
          .isEqualTo(new RecordingInlet.Loss(flow, FlowLoss.CLOSED_BY_PEER));
      assertThat(flowTo(phone)).as("a lost connection is not used again").isNotEqualTo(flow);
    }
  }

  @Test
  void aConnectionThatCannotBeMadeComesBackAsLost() throws Exception {
    open(LIMITS);
    InetSocketAddress nobody;
    try (ServerSocket gone = new ServerSocket(0, 1, LOOPBACK)) {
      nobody = (InetSocketAddress) gone.getLocalSocketAddress();
    }
    FlowId flow = sockets.flowTo(Transport.TCP, nobody).orElseThrow();
    sockets.send(flow, options("a"));
    assertThat(lossItself()).isEqualTo(new RecordingInlet.Loss(flow, FlowLoss.UNREACHABLE));
    sockets.send(flow, options("b"));
    assertThat(inlet.nextLoss()).isEqualTo(new RecordingInlet.Loss(flow, FlowLoss.UNKNOWN));
  }

  @Test
  void anAnswerWhoseConnectionIsGoneGoesToWhereTheViaPoints() throws Exception {
    open(LIMITS);
    try (ServerSocket phone = new ServerSocket(0, 5, LOOPBACK)) {
      SipRequest request =
          ResponseRouteTest.options(
              "SIP/2.0/TCP 127.0.0.1:" + phone.getLocalPort() + ";branch=z9hG4bK1");
      FlowId flow;
      try (Socket calling = connect(us)) {
        calling.getOutputStream().write(SipWriter.write(request));
        flow = inlet.next().flow();
      }
      assertThat(inlet.nextLoss().flow()).isEqualTo(flow);
      sockets.send(flow, SipResponse.to(request, 200));
      try (Socket back = phone.accept()) {
        assertThat(reader(back).readLine()).isEqualTo("SIP/2.0 200 OK");
      }
    }
  }

  @Test
  void closesAPeerThatDoesNotReadAsSlow() throws Exception {
    open(LIMITS);
    try (Socket phone = new Socket()) {
      phone.setReceiveBufferSize(4_096);
      phone.connect(us);
      phone.getOutputStream().write(SipWriter.write(options("a")));
      FlowId flow = inlet.next().flow();
      SipRequest large = options("b").withBody(Body.of(new byte[60_000]));
      for (int i = 0; i < 500 && sockets.openConnections() > 0; i++) {
        sockets.send(flow, large);
      }
      assertThat(lossItself()).isEqualTo(new RecordingInlet.Loss(flow, FlowLoss.SLOW));
    }
  }

  @Test
  void readsNoMoreOfAPeerThatDoesNotReadItsAnswers() throws Exception {
    open(LIMITS);
    try (Socket phone = new Socket()) {
      phone.setReceiveBufferSize(4_096);
      phone.connect(us);
      byte[] question =
          text(options("a")).replace("CSeq: 1", "CSeq: x").getBytes(StandardCharsets.UTF_8);
      int questions = 40_000; // more than the system keeps on their way
      Thread asks = Thread.ofVirtual().start(() -> writeOften(phone, question, questions));
      while (sockets.heldBytes() == 0) {
        Thread.onSpinWait(); // the test's own deadline bounds this
      }
      BufferedReader in = reader(phone);
      for (int heard = 0; heard < questions; ) {
        assertThat(sockets.heldBytes()).isLessThan(LIMITS.queuedBytes());
        heard += in.readLine().startsWith("SIP/2.0 400 ") ? 1 : 0;
      }
      asks.join();
    }
  }

  private static void writeOften(Socket to, byte[] bytes, int times) {
    try {
      for (int i = 0; i < times; i++) {
        to.getOutputStream().write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void manySlowPeersTogetherKeepNoMoreThanAllowed() throws Exception {
    open(LIMITS);
    byte[] begun =
        ("OPTIONS sip:h SIP/2.0\r\n" + "X-Long: 0123456789\r\n".repeat(3_000))
            .getBytes(StandardCharsets.US_ASCII);
    List<Socket> phones = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Socket phone = connect(us);
      phones.add(phone);
      phone.getOutputStream().write(begun);
    }
    assertThat(inlet.nextLoss().why()).isEqualTo(FlowLoss.CROWDED);
    for (Socket phone : phones) {
      phone.close();
    }
    while (sockets.openConnections() > 0) {
      Thread.onSpinWait(); // the test's own deadline bounds this
    }
    assertThat(sockets.heldBytes()).isZero();
    assertThat(sockets.meters().get(SocketMeter.CONNECTIONS_LOST_CROWDED)).isPositive();
  }

  @Test
  void closesAPeerThatBeginsAMessageAndDoesNotEndIt() throws Exception {
    open(limits(Duration.ofMillis(300), NEVER));
    try (Socket phone = connect(us)) {
      phone
          .getOutputStream()
          .write("INVITE sip:echo@h SIP/2.0\r\nVia: ".getBytes(StandardCharsets.US_ASCII));
      assertThat(inlet.nextLoss().why()).isEqualTo(FlowLoss.STALLED);
      assertThat(phone.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void closesAnIdlePeer() throws Exception {
    open(limits(NEVER, Duration.ofMillis(200)));
    try (Socket phone = connect(us)) {
      // Whether it was still in time is the machine's affair.
      phone.getOutputStream().write(SipWriter.write(options("a")));
      RecordingInlet.Loss loss = inlet.nextLoss();
      assertThat(loss.why()).isEqualTo(FlowLoss.IDLE);
      assertThat(loss.flow().remote()).isEqualTo(phone.getLocalSocketAddress());
    }
  }

  @Test
  void anotherProtocolIsClosedAndNobodyElseSuffers() throws Exception {
    open(LIMITS);
    try (Socket phone = connect(us);
        Socket browser = connect(us)) {
      browser
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(inlet.nextLoss().why()).isEqualTo(FlowLoss.GARBAGE);
      phone.getOutputStream().write(SipWriter.write(options("a")));
      RecordingInlet.Arrival arrival = inlet.next();
      while (!(arrival.parsed() instanceof Parsed.Message)) {
        arrival = inlet.next();
      }
      assertThat(arrival.message()).isEqualTo(options("a"));
    }
  }

  @Test
  void takesNoMoreConnectionsOfOneSourceThanAllowed() throws Exception {
    open(LIMITS);
    Socket[] phones = new Socket[4];
    for (int i = 0; i < phones.length; i++) {
      phones[i] = connect(us);
      phones[i].getOutputStream().write(SipWriter.write(options("p" + i)));
      var _ = inlet.next();
    }
    try (Socket fifth = connect(us)) {
      assertThat(fifth.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(sockets.meters().get(SocketMeter.CONNECTIONS_REFUSED)).isEqualTo(1);
    phones[0].close();
    assertThat(inlet.nextLoss().why()).isEqualTo(FlowLoss.CLOSED_BY_PEER);
    try (Socket again = connect(us)) {
      again.getOutputStream().write(SipWriter.write(options("again")));
      assertThat(inlet.next().message()).isEqualTo(options("again"));
    }
    for (Socket phone : phones) {
      phone.close();
    }
  }

  @Test
  void doesNotEvenReadASourceThatTheDoorDoesNotAdmit() throws Exception {
    open(LIMITS);
    inlet.admitting = false;
    try (Socket stranger = connect(us)) {
      assertThat(stranger.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void stopsReadingWhileOverloadedAndGoesOnAfterwards() throws Exception {
    open(LIMITS);
    inlet.overloaded = true;
    try (Socket phone = connect(us)) {
      phone.getOutputStream().write(SipWriter.write(options("a")));
      assertThat(inlet.next().message()).isEqualTo(options("a"));
      phone.getOutputStream().write(SipWriter.write(options("b")));
      while (sockets.meters().get(SocketMeter.READS_PAUSED) == 0) {
        Thread.onSpinWait(); // the test's own deadline bounds this
      }
      inlet.overloaded = false;
      assertThat(inlet.next().message()).isEqualTo(options("b"));
    }
  }

  /// The loss that the connection's own loop tells. Whoever sends on it afterwards is told UNKNOWN,
  /// and on this thread that may be earlier.
  private RecordingInlet.Loss lossItself() throws InterruptedException {
    RecordingInlet.Loss loss = inlet.nextLoss();
    while (loss.why() == FlowLoss.UNKNOWN) {
      loss = inlet.nextLoss();
    }
    return loss;
  }

  private FlowId flowTo(ServerSocket phone) {
    return sockets
        .flowTo(Transport.TCP, (InetSocketAddress) phone.getLocalSocketAddress())
        .orElseThrow();
  }

  private static Socket connect(InetSocketAddress to) throws IOException {
    Socket socket = new Socket(to.getAddress(), to.getPort());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    socket.setSoTimeout(10_000);
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  private static SipRequest options(String branch) {
    return ResponseRouteTest.options("SIP/2.0/TCP h;branch=z9hG4bK" + branch);
  }

  private static String text(SipRequest request) {
    return new String(SipWriter.write(request), StandardCharsets.UTF_8);
  }
}
