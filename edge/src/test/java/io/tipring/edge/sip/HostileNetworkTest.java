package io.tipring.edge.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.edge.net.LocalAddresses;
import io.tipring.edge.net.ThreadLane;
import io.tipring.edge.sip.door.BoundedLog;
import io.tipring.edge.sip.door.DoorMeter;
import io.tipring.edge.sip.door.OverloadDoor;
import io.tipring.edge.sip.door.ScanGuard;
import io.tipring.edge.sip.door.SipDoor;
import io.tipring.edge.sip.transport.SipSockets;
import io.tipring.edge.sip.transport.SocketMeter;
import io.tipring.edge.sip.transport.TcpLimits;
import io.tipring.wire.sip.HostPort;
import io.tipring.wire.sip.SipParser;
import io.tipring.wire.sip.SipResponse;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Sockets, door, lane and table together, and on the other side of a real socket somebody who
/// means no good. After each attack an honest client is served.
@Timeout(120)
class HostileNetworkTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final LongSupplier CLOCK = System::nanoTime;

  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
  private ThreadLane lane;
  private SipSockets sockets;
  private SipDoor door;
  private InetSocketAddress us;
  private DatagramSocket attacker;
  private DatagramSocket client;
  private int pings;

  @BeforeEach
  void open() throws IOException {
    open(InetAddress::isLoopbackAddress);
    attacker = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0));
    client = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0));
    client.setSoTimeout(500);
  }

  private void open(Predicate<InetAddress> exempt) throws IOException {
    lane = new ThreadLane("lane", (_, failure) -> faults.add(failure));
    var bind = List.of(new InetSocketAddress(LOOPBACK, 0));
    sockets = SipSockets.bind(bind, bind, new SipParser(), TcpLimits.STANDARD);
    TransactionTable table =
        new TransactionTable(
            lane,
            sockets,
            new CountedIdentifiers("us"),
            flow -> HostPort.of("127.0.0.1", flow.local().getPort()),
            TransactionSettings.STANDARD);
    RecordingUser user = new RecordingUser();
    user.onRequest =
        (ref, request) -> table.respond(ref, SipResponse.to(request, 200).withToTag("us"));
    table.attach(user);
    door =
        new SipDoor(
            LocalAddresses::isLocal,
            new ScanGuard(ScanGuard.Settings.STANDARD, exempt, CLOCK),
            new OverloadDoor(
                lane::lagNanos,
                lane::queueDepth,
                new OverloadDoor.Watermark(Duration.ofHours(1), 100_000),
                1),
            table.arrivals(),
            new BoundedLog(log::add, 20, Duration.ofHours(1), 300, CLOCK));
    sockets.start(door);
    us = sockets.udpAddresses().getFirst();
  }

  @AfterEach
  void close() {
    sockets.close();
    lane.close();
    attacker.close();
    client.close();
  }

  @Test
  void survivesMutatedMessages() throws Exception {
    long seed = 20_261_121;
    Random random = new Random(seed);
    byte[] invite = invite("Subject: lunch\r\n").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 3_000; i++) {
      byte[] mutant = invite.clone();
      for (int flips = 1 + random.nextInt(20); flips > 0; flips--) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
      }
      attack(mutant, random.nextInt(4) == 0 ? random.nextInt(mutant.length) : mutant.length);
      if (i % 100 == 99) {
        assertThat(isServed()).as("seed %d, mutant %d", seed, i).isTrue();
      }
    }
    assertThat(door.meters().get(DoorMeter.GARBAGE) + door.meters().get(DoorMeter.UNACCEPTABLE))
        .isGreaterThan(500);
    assertUnharmed();
  }

  @Test
  void survivesMessagesThatAreTooMuchOfSomething() throws Exception {
    List<String> extremes =
        List.of(
            "x".repeat(65_000),
            "\r\n".repeat(32_000),
            "INVITE ".repeat(9_000),
            "\u0000".repeat(65_000),
            invite("Contact: <sip:a@b>\r\n".repeat(3_000)),
            invite("Contact: " + "<sip:a@b>,".repeat(5_000) + "<sip:a@b>\r\n"),
            invite("Via: SIP/2.0/UDP h;branch=z9hG4bK1\r\n".repeat(1_000)),
            invite("User-Agent: " + "(".repeat(30_000) + "\r\n"),
            invite("Subject: " + "\"".repeat(60_000) + "\r\n"),
            invite("X: y\r\n " + "\r\n ".repeat(20_000) + "\r\n"),
            invite("Route: " + "<".repeat(60_000) + "\r\n"),
            invite("Content-Length: 99999999999999999999\r\n"),
            invite("Max-Forwards: -1\r\n"),
            invite("To: <sip:" + "%41".repeat(20_000) + "@h>\r\n"));
    for (String extreme : extremes) {
      byte[] bytes = extreme.getBytes(StandardCharsets.UTF_8);
      attack(bytes, bytes.length);
      assertThat(isServed()).as("after %.60s", extreme).isTrue();
    }
    assertUnharmed();
  }

  @Test
  void aScannerGetsNoMoreAnswersAfterAWhile() throws Exception {
    close();
    open(_ -> false);
    attacker = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0));
    attacker.setSoTimeout(300);
    byte[] broken =
        invite("")
            .replace("CSeq: 1 INVITE", "CSeq: one")
            .replace(";branch", ";rport;branch")
            .getBytes(StandardCharsets.UTF_8);
    long begun = CLOCK.getAsLong();
    int answers = 0;
    while (door.meters().get(DoorMeter.SILENCED) == 0) {
      attack(broken, broken.length);
      answers += isAnswered(attacker) ? 1 : 0;
    }
    // One thread answers and silences, so whatever is answered at all has been by now.
    while (isAnswered(attacker)) {
      answers++;
    }
    // 20 are forgiven, and one more in every 3 s that this takes.
    long seconds = (CLOCK.getAsLong() - begun) / 1_000_000_000;
    assertThat((long) answers).isBetween(20L, 21 + seconds / 3);
  }

  private static boolean isAnswered(DatagramSocket socket) throws IOException {
    try {
      socket.receive(new DatagramPacket(new byte[2_000], 2_000));
      return true;
    } catch (SocketTimeoutException _) {
      return false;
    }
  }

  private void assertUnharmed() {
    assertThat(faults).isEmpty();
    assertThat(door.meters().get(DoorMeter.FAULTS)).isZero();
    assertThat(sockets.meters().get(SocketMeter.FAILURES)).isZero();
    assertThat(log)
        .hasSizeLessThanOrEqualTo(20)
        .allSatisfy(line -> {
          assertThat(line).hasSizeLessThan(320);
          assertThat(line.chars()).allMatch(c -> c >= ' ' && c < 0x7f);
        });
  }

  private void attack(byte[] bytes, int length) throws IOException {
    attacker.send(new DatagramPacket(bytes, Math.min(length, 65_507), us));
  }

  /// Whether an OPTIONS is answered, retransmitted as a client would: datagrams may be dropped
  /// while the buffer is full.
  private boolean isServed() throws IOException {
    String call = "ping-" + ++pings;
    byte[] options =
        ("OPTIONS sip:echo@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK"
                + call
                + ";rport\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:echo@127.0.0.1>\r\nCall-ID: "
                + call
                + "\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8);
    for (int attempt = 0; attempt < 20; attempt++) {
      client.send(new DatagramPacket(options, options.length, us));
      try {
        DatagramPacket answer = new DatagramPacket(new byte[4_000], 4_000);
        do {
          client.receive(answer);
        } while (!text(answer).contains(call));
        return text(answer).startsWith("SIP/2.0 200 ");
      } catch (SocketTimeoutException _) {
        // Once more.
      }
    }
    return false;
  }

  private static String text(DatagramPacket packet) {
    return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
  }

  private static String invite(String extra) {
    return "INVITE sip:echo@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKevil\r\n"
        + "From: \"A\" <sip:a@b>;tag=1\r\nTo: <sip:echo@127.0.0.1>\r\nCall-ID: evil\r\nCSeq: 1 INVITE\r\n"
        + "Contact: <sip:a@127.0.0.1:9;transport=udp>\r\nMax-Forwards: 70\r\n"
        + extra
        + "Content-Length: 0\r\n\r\n";
  }
}
