package io.tipring.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Many callers with sound in one thread: each sends a packet every 20 ms and counts what comes
/// back. As little work as can be, so that the machine is left to the server. Writes down how late
/// it was itself.
final class EchoLoad implements AutoCloseable {
  private static final long FRAME_NANOS = 20_000_000;
  private static final long LONGEST_CATCH_UP_NANOS = 200_000_000;
  private static final int PACKET = 172;
  private static final int SAMPLES = 160;
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final Pattern AUDIO = Pattern.compile("m=audio (\\d+) ");
  private static final Pattern TO = Pattern.compile("(?m)^To:.*$");

  private final InetSocketAddress server;
  private final DatagramChannel sip;
  private final Selector selector = Selector.open();
  private final List<Caller> callers = new ArrayList<>();
  private final ByteBuffer packet = ByteBuffer.allocateDirect(2048);
  private long[] lateNanos = new long[1 << 16];
  private int lateCount;

  /// Everybody speaks in turn, spread over the 20 ms as callers are: turn n is due at the base and
  /// n parts of a frame.
  private long turn;

  private long baseNanos;

  private long sent;
  private long received;
  private int turnedAway;

  /// @param sent packets of sound, all callers together
  record Counts(long sent, long received) {
    Counts minus(Counts before) {
      return new Counts(sent - before.sent, received - before.received);
    }
  }

  private static final class Caller {
    final int number;
    final DatagramChannel rtp;
    InetSocketAddress target;
    String to = "";
    int sequence;

    /// Calls that were turned away as too many at once (503) are made anew.
    int attempt;

    Caller(int number, DatagramChannel rtp, InetSocketAddress server) {
      this.number = number;
      this.rtp = rtp;
      this.target = server;
    }
  }

  EchoLoad(int serverPort, int calls) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    server = new InetSocketAddress(loopback, serverPort);
    sip = DatagramChannel.open().bind(new InetSocketAddress(loopback, 0));
    for (int i = 0; i < calls; i++) {
      DatagramChannel rtp = DatagramChannel.open().bind(new InetSocketAddress(loopback, 0));
      rtp.configureBlocking(false);
      callers.add(new Caller(i, rtp, server));
    }
    sip.configureBlocking(false);
  }

  /// Calls for everybody, one after the other; returns when all are answered.
  void answerAll() throws IOException {
    for (Caller caller : callers) {
      long end = System.nanoTime() + ANSWER.toNanos();
      long resend = 0;
      while (caller.to.isEmpty()) {
        if (System.nanoTime() > end) {
          throw new IOException("call " + caller.number + " is not answered");
        }
        if (System.nanoTime() >= resend) {
          send(invite(caller));
          resend = System.nanoTime() + Duration.ofMillis(500).toNanos();
        }
        readAnswers();
        Thread.onSpinWait();
      }
    }
    for (Caller caller : callers) {
      caller.rtp.register(selector, SelectionKey.OP_READ, caller);
    }
    baseNanos = System.nanoTime();
  }

  /// Sends and receives sound for so long.
  void talk(Duration duration) throws IOException {
    long end = System.nanoTime() + duration.toNanos();
    while (System.nanoTime() < end) {
      long wait = baseNanos + turn * FRAME_NANOS / callers.size() - System.nanoTime();
      if (wait > 0) {
        selector.select(this::receive, Math.max(1, wait / 1_000_000));
        continue;
      }
      late(-wait);
      if (-wait > LONGEST_CATCH_UP_NANOS) {
        // Frames missed for long are gone, as with any telephone; a burst of them would be another
        // test.
        baseNanos -= wait;
      }
      speak(callers.get((int) (turn % callers.size())));
      turn++;
      if (turn % 25 == 0) {
        selector.selectNow(this::receive);
      }
    }
    readAnswers();
  }

  /// Calls that the server did not take at once.
  int turnedAway() {
    return turnedAway;
  }

  Counts counts() {
    return new Counts(sent, received);
  }

  /// What was late so far does not count: it was the start.
  void forgetLateness() {
    lateCount = 0;
  }

  /// @param share 0.5 for the median, 1 for the latest of all
  double lateMillis(double share) {
    long[] sorted = Arrays.copyOf(lateNanos, lateCount);
    Arrays.sort(sorted);
    return lateCount == 0
        ? 0
        : sorted[(int) Math.min(lateCount - 1L, (long) (share * lateCount))] / 1e6;
  }

  @Override
  public void close() throws IOException {
    for (Caller caller : callers) {
      send(bye(caller));
      caller.rtp.close();
    }
    selector.close();
    sip.close();
  }

  private void late(long nanos) {
    if (lateCount == lateNanos.length) {
      lateNanos = Arrays.copyOf(lateNanos, lateCount * 2);
    }
    lateNanos[lateCount++] = nanos;
  }

  private void speak(Caller caller) throws IOException {
    packet.clear();
    packet.put((byte) 0x80).put((byte) 0).putShort((short) caller.sequence);
    packet.putInt(caller.sequence * SAMPLES).putInt(caller.number + 1);
    while (packet.position() < PACKET) {
      packet.put((byte) (0x80 | (packet.position() & 0x3f)));
    }
    caller.sequence++;
    sent += caller.rtp.send(packet.flip(), caller.target) > 0 ? 1 : 0;
  }

  private void receive(SelectionKey key) {
    if (!(key.attachment() instanceof Caller caller)) {
      return;
    }
    try {
      packet.clear();
      while (caller.rtp.receive(packet) != null) {
        received++;
        packet.clear();
      }
    } catch (IOException _) {
      key.cancel();
    }
  }

  private void readAnswers() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(4096);
    while (sip.receive(buffer) != null) {
      String text = StandardCharsets.US_ASCII.decode(buffer.flip()).toString();
      buffer.clear();
      Matcher audio = AUDIO.matcher(text);
      Matcher to = TO.matcher(text);
      Matcher number = Pattern.compile("Call-ID: bench-(\\d+)-").matcher(text);
      if (text.startsWith("SIP/2.0 200") && audio.find() && to.find() && number.find()) {
        Caller caller = callers.get(Integer.parseInt(number.group(1)));
        caller.target =
            new InetSocketAddress(server.getAddress(), Integer.parseInt(audio.group(1)));
        caller.to = to.group().strip();
        send(request(caller, "ACK", 1, caller.to, ""));
      } else if (text.startsWith("SIP/2.0 503") && number.find()) {
        callers.get(Integer.parseInt(number.group(1))).attempt++;
        turnedAway++;
      } else if (text.matches("(?s)SIP/2.0 [3-6].*")) {
        throw new IOException("refused: " + text.lines().findFirst().orElse(""));
      }
    }
  }

  private String invite(Caller caller) throws IOException {
    int port = ((InetSocketAddress) caller.rtp.getLocalAddress()).getPort();
    String sdp =
        """
        v=0
        o=bench 1 1 IN IP4 127.0.0.1
        s=-
        c=IN IP4 127.0.0.1
        t=0 0
        m=audio %d RTP/AVP 0
        a=rtpmap:0 PCMU/8000
        """
            .formatted(port)
            .replace("\n", "\r\n");
    return request(caller, "INVITE", 1, "To: <sip:echo@127.0.0.1>", sdp);
  }

  private String bye(Caller caller) throws IOException {
    return request(caller, "BYE", 2, caller.to, "");
  }

  private String request(Caller caller, String method, int cseq, String to, String sdp)
      throws IOException {
    int own = ((InetSocketAddress) sip.getLocalAddress()).getPort();
    String head =
        """
        %1$s sip:echo@127.0.0.1:%2$d SIP/2.0
        Via: SIP/2.0/UDP 127.0.0.1:%3$d;branch=z9hG4bK%1$s%4$d-%8$d;rport
        From: <sip:bench@127.0.0.1:%3$d>;tag=b%4$d
        %5$s
        Call-ID: bench-%4$d-%3$d-%8$d
        CSeq: %6$d %1$s
        Contact: <sip:bench@127.0.0.1:%3$d>
        Max-Forwards: 70
        Content-Type: application/sdp
        Content-Length: %7$d

        """
            .formatted(
                method,
                server.getPort(),
                own,
                caller.number,
                to,
                cseq,
                sdp.length(),
                caller.attempt);
    return head.replace("\n", "\r\n") + sdp;
  }

  private void send(String message) throws IOException {
    sip.send(ByteBuffer.wrap(message.getBytes(StandardCharsets.US_ASCII)), server);
  }
}
