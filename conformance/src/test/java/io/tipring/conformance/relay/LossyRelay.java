package io.tipring.conformance.relay;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Stands between one peer and the exchange, for SIP over UDP and the sound of its calls. To the
/// peer it looks like the exchange, to the exchange like the peer: addresses in SIP and SDP are
/// rewritten on the way.
///
/// ```
/// peer <-> front |relay| back <-> exchange          and the same for each call's RTP
/// ```
public final class LossyRelay implements AutoCloseable {
  private static final Pattern CALL_ID = Pattern.compile("(?im)^(?:Call-ID|i)\\s*:\\s*(\\S+)");
  private static final Pattern CONNECTION = Pattern.compile("(?m)^c=IN IP4 (\\S+)");
  private static final Pattern AUDIO = Pattern.compile("(?m)^m=audio (\\d+)");
  private static final Pattern LENGTH = Pattern.compile("(?im)^(Content-Length|l)\\s*:\\s*\\d+");

  private static final int MOST_PACKETS = 50_000;

  private final BadLine line;
  private final InetSocketAddress exchange;
  private final Socket front;
  private final Socket back;
  private final Dice[] dice;
  private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1);
  private final List<SoundPacket> packets = new ArrayList<>();
  private final Map<String, Sound> calls = new LinkedHashMap<>();
  private final AtomicLong lost = new AtomicLong();
  private final AtomicLong carried = new AtomicLong();
  private volatile @Nullable InetSocketAddress peer;

  /// @param sipPort of the exchange, on 127.0.0.1
  public LossyRelay(int sipPort, BadLine line) {
    this.line = line;
    this.exchange = new InetSocketAddress("127.0.0.1", sipPort);
    this.dice = new Dice[] {new Dice(line, 0), new Dice(line, 1)};
    this.front = new Socket("front", this::fromPeer);
    this.back = new Socket("back", this::fromExchange);
  }

  /// Where the peer finds the exchange.
  public int port() {
    return front.port();
  }

  public long lost() {
    return lost.get();
  }

  public long carried() {
    return carried.get();
  }

  private void fromPeer(byte[] bytes, InetSocketAddress from) {
    peer = from;
    carry(
        0,
        () ->
            back.send(rewritten(bytes, from, front.port(), exchange, back.port(), true), exchange));
  }

  private void fromExchange(byte[] bytes, InetSocketAddress from) {
    InetSocketAddress to = peer;
    if (to != null) {
      carry(
          1,
          () -> front.send(rewritten(bytes, exchange, back.port(), to, front.port(), false), to));
    }
  }

  private void carry(int direction, Runnable delivery) {
    dice[direction]
        .throwOnce()
        .ifPresentOrElse(
            nanos -> {
              carried.incrementAndGet();
              clock.schedule(delivery, nanos, TimeUnit.NANOSECONDS);
            },
            lost::incrementAndGet);
  }

  /// The message as the other side is to see it.
  ///
  /// @param sender its true address, shown as `asPort`
  /// @param addressedPort the relay's own port it was sent to, shown as `receiver`
  private byte[] rewritten(
      byte[] bytes,
      InetSocketAddress sender,
      int addressedPort,
      InetSocketAddress receiver,
      int asPort,
      boolean ofPeer) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    text =
        text.replace(host(sender) + ":" + sender.getPort(), "127.0.0.1:" + asPort)
            .replace("127.0.0.1:" + addressedPort, host(receiver) + ":" + receiver.getPort());
    int end = text.indexOf("\r\n\r\n");
    Matcher callId = CALL_ID.matcher(text);
    if (end < 0 || !callId.find()) {
      return bytes;
    }
    String head = text.substring(0, end);
    String body = text.substring(end);
    Matcher connection = CONNECTION.matcher(body);
    Matcher audio = AUDIO.matcher(body);
    if (connection.find() && audio.find() && !audio.group(1).equals("0")) {
      InetSocketAddress sound =
          new InetSocketAddress(connection.group(1), Integer.parseInt(audio.group(1)));
      int relayed = soundOf(callId.group(1)).relayed(sound, ofPeer);
      body = audio.replaceFirst("m=audio " + relayed);
      body = CONNECTION.matcher(body).replaceFirst("c=IN IP4 127.0.0.1");
      head = LENGTH.matcher(head).replaceFirst("$1: " + (body.length() - 4));
    }
    return (head + body).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String host(InetSocketAddress address) {
    return address.getAddress().getHostAddress();
  }

  private synchronized Sound soundOf(String callId) {
    return calls.computeIfAbsent(callId, _ -> new Sound());
  }

  /// The G.711 mu-law that the exchange sent, before the line lost any: one call's payloads one
  /// after the other.
  public synchronized List<byte[]> sentByExchange() {
    return calls.values().stream().flatMap(call -> call.tape.copy().stream()).toList();
  }

  /// The packets of all calls, in both directions, as they came to the relay: some minutes of them.
  public List<SoundPacket> sound() {
    synchronized (packets) {
      return List.copyOf(packets);
    }
  }

  private void note(byte[] bytes, boolean fromPeer) {
    synchronized (packets) {
      if (packets.size() < MOST_PACKETS) {
        packets.addAll(SoundPacket.parse(bytes, fromPeer));
      }
    }
  }

  /// The longest time in which the exchange sent no sound between its first packet and its last.
  public synchronized long longestPauseOfExchangeMillis() {
    return calls.values().stream()
        .mapToLong(call -> call.tape.longestPauseMillis())
        .max()
        .orElse(0);
  }

  @Override
  public synchronized void close() {
    clock.shutdownNow();
    front.close();
    back.close();
    calls.values().forEach(Sound::close);
  }

  /// The two RTP sockets of one call.
  private final class Sound implements AutoCloseable {
    private final Tape tape = new Tape();
    private final Dice towardsExchange = new Dice(line, 2);
    private final Dice towardsPeer = new Dice(line, 3);
    private final Socket facingPeer = new Socket("rtp front", (bytes, _) -> forward(bytes, true));
    private final Socket facingExchange =
        new Socket("rtp back", (bytes, _) -> forward(bytes, false));
    private volatile @Nullable InetSocketAddress ofPeer;
    private volatile @Nullable InetSocketAddress ofExchange;

    /// Remembers where one side wants its sound; returns the port the other side is to send it to.
    int relayed(InetSocketAddress address, boolean isPeers) {
      if (isPeers) {
        ofPeer = address;
        return facingExchange.port();
      }
      ofExchange = address;
      return facingPeer.port();
    }

    private void forward(byte[] bytes, boolean fromPeer) {
      InetSocketAddress to = fromPeer ? ofExchange : ofPeer;
      Dice fate = fromPeer ? towardsExchange : towardsPeer;
      Socket by = fromPeer ? facingExchange : facingPeer;
      note(bytes, fromPeer);
      if (!fromPeer) {
        tape.record(bytes);
      }
      if (to != null) {
        fate.throwOnce()
            .ifPresentOrElse(
                nanos -> {
                  carried.incrementAndGet();
                  clock.schedule(() -> by.send(bytes, to), nanos, TimeUnit.NANOSECONDS);
                },
                lost::incrementAndGet);
      }
    }

    @Override
    public void close() {
      facingPeer.close();
      facingExchange.close();
    }
  }
}
