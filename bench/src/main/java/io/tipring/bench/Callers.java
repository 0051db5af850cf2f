package io.tipring.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Callers in one thread, at an even rate: each calls, speaks every 20 ms, listens, perhaps presses
/// a key, and hangs up. Writes down when each heard the first sound, and how late it was itself.
final class Callers implements AutoCloseable {
  private static final long FRAME_NANOS = 20_000_000;
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final Pattern AUDIO = Pattern.compile("m=audio (\\d+) ");
  private static final Pattern TO = Pattern.compile("(?m)^To:.*$");
  private static final Pattern CALL_ID = Pattern.compile("Call-ID: (\\S+)");

  private final InetSocketAddress server;
  private final DatagramChannel sip;
  private final Selector selector = Selector.open();
  private final Map<String, Caller> callers = new LinkedHashMap<>();
  private final ByteBuffer packet = ByteBuffer.allocateDirect(4096);
  private final Samples heardMillis = new Samples();
  private final Samples lateMillis = new Samples();
  private int dialled;
  private int turnedAway;

  /// What a caller does once the call is answered.
  ///
  /// @param presses 1 as soon as something is heard
  /// @param lasts from the answer to the hang-up
  record Manner(boolean presses, Duration lasts) {}

  private static final class Caller {
    final CallText text;
    final Manner manner;
    final DatagramChannel rtp;
    final long dialledNanos = System.nanoTime();
    InetSocketAddress target;
    String to = "";
    boolean rings;
    long answeredNanos;
    long heardNanos;
    long frameNanos;
    final Speech speech = new Speech();

    Caller(CallText text, Manner manner, DatagramChannel rtp, InetSocketAddress target) {
      this.text = text;
      this.manner = manner;
      this.rtp = rtp;
      this.target = target;
    }
  }

  Callers(int serverPort) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    server = new InetSocketAddress(loopback, serverPort);
    sip = DatagramChannel.open().bind(new InetSocketAddress(loopback, 0));
    sip.configureBlocking(false);
    sip.register(selector, SelectionKey.OP_READ);
  }

  /// Times from the answer to the first sound that can be heard.
  Samples heardMillis() {
    return heardMillis;
  }

  Samples lateMillis() {
    return lateMillis;
  }

  /// Calls that were told to come again (503, 480, 603), and came again.
  int turnedAway() {
    return turnedAway;
  }

  /// Makes `count` calls, `perSecond`; returns when all are over.
  ///
  /// @throws IOException when one is refused, not answered, or hears nothing
  void call(String user, Manner manner, int count, int perSecond) throws IOException {
    long begin = System.nanoTime();
    int made = 0;
    while (made < count || !callers.isEmpty()) {
      if (made < count && System.nanoTime() - begin >= made * 1_000_000_000L / perSecond) {
        dial(user, manner);
        made++;
      }
      turn();
    }
  }

  /// Makes `count` calls, and returns when all ring; they do so until [#close].
  void ring(String user, int count, int perSecond) throws IOException {
    long begin = System.nanoTime();
    int made = 0;
    while (made < count || !callers.values().stream().allMatch(caller -> caller.rings)) {
      if (made < count && System.nanoTime() - begin >= made * 1_000_000_000L / perSecond) {
        dial(user, new Manner(false, ANSWER));
        made++;
      }
      turn();
    }
  }

  /// Lets time go by.
  void pass(Duration time) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      selector.select(this::read, 100);
    }
  }

  private void dial(String user, Manner manner) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    DatagramChannel rtp = DatagramChannel.open().bind(new InetSocketAddress(loopback, 0));
    rtp.configureBlocking(false);
    String id = "call-" + port(sip) + "-" + ++dialled;
    CallText text = new CallText(user, server.getPort(), port(sip), id);
    Caller caller = new Caller(text, manner, rtp, server);
    callers.put(id, caller);
    rtp.register(selector, SelectionKey.OP_READ, caller);
    send(text.invite(port(rtp)));
  }

  private void turn() throws IOException {
    selector.select(this::read, 1);
    long now = System.nanoTime();
    for (Caller caller : List.copyOf(callers.values())) {
      act(caller, now);
    }
  }

  private void act(Caller caller, long now) throws IOException {
    if (caller.answeredNanos == 0) {
      if (!caller.rings && now - caller.dialledNanos > ANSWER.toNanos()) {
        throw new IOException(caller.text.id() + " is not answered");
      }
      return;
    }
    if (now - caller.answeredNanos > caller.manner.lasts.toNanos()) {
      hangUp(caller);
    } else if (now >= caller.frameNanos) {
      lateMillis.add((now - caller.frameNanos) / 1e6);
      caller.frameNanos += FRAME_NANOS;
      int _ = caller.rtp.send(caller.speech.next(), caller.target);
    }
  }

  private void hangUp(Caller caller) throws IOException {
    send(caller.text.bye(caller.to));
    forget(caller);
    if (caller.heardNanos == 0) {
      throw new IOException(caller.text.id() + " heard nothing");
    }
    heardMillis.add((caller.heardNanos - caller.answeredNanos) / 1e6);
  }

  private void forget(Caller caller) throws IOException {
    callers.remove(caller.text.id());
    caller.rtp.close();
  }

  private void read(SelectionKey key) {
    try {
      if (key.attachment() instanceof Caller caller) {
        listen(caller);
      } else {
        readAnswers();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void listen(Caller caller) throws IOException {
    while (caller.rtp.isOpen() && caller.rtp.receive(packet.clear()) != null) {
      if (caller.heardNanos == 0 && Speech.isAudible(packet.flip())) {
        caller.heardNanos = System.nanoTime();
        if (caller.manner.presses) {
          caller.speech.press(1);
        }
      }
    }
  }

  private void readAnswers() throws IOException {
    for (SocketAddress from = sip.receive(packet.clear());
        from != null;
        from = sip.receive(packet.clear())) {
      String text = StandardCharsets.US_ASCII.decode(packet.flip()).toString();
      Matcher id = CALL_ID.matcher(text);
      Caller caller = id.find() ? callers.get(id.group(1)) : null;
      if (caller == null || !text.startsWith("SIP/2.0 ") || !text.contains(" INVITE\r\n")) {
        continue;
      }
      answer(caller, text);
    }
  }

  private void answer(Caller caller, String text) throws IOException {
    Matcher audio = AUDIO.matcher(text);
    Matcher to = TO.matcher(text);
    if (text.startsWith("SIP/2.0 200") && audio.find() && to.find()) {
      caller.to = to.group().strip();
      send(caller.text.ack(caller.to));
      if (caller.answeredNanos == 0) {
        caller.answeredNanos = System.nanoTime();
        caller.frameNanos = caller.answeredNanos;
        int port = Integer.parseInt(audio.group(1));
        caller.target = new InetSocketAddress(server.getAddress(), port);
      }
    } else if (text.startsWith("SIP/2.0 180")) {
      caller.rings = true;
    } else if (text.matches("(?s)SIP/2.0 (503|480|603).*") && to.find()) {
      send(caller.text.ack(to.group().strip()));
      forget(caller);
      turnedAway++;
      dial(caller.text.user(), caller.manner);
    } else if (text.matches("(?s)SIP/2.0 [3-6].*")) {
      throw new IOException("refused: " + text.lines().findFirst().orElse(""));
    }
  }

  private void send(String message) throws IOException {
    int _ = sip.send(ByteBuffer.wrap(message.getBytes(StandardCharsets.US_ASCII)), server);
  }

  private static int port(DatagramChannel channel) throws IOException {
    return ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  @Override
  public void close() throws IOException {
    for (Caller caller : List.copyOf(callers.values())) {
      send(caller.answeredNanos == 0 ? caller.text.cancel() : caller.text.bye(caller.to));
      forget(caller);
    }
    selector.close();
    sip.close();
  }
}
