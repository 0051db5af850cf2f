package io.tipring.edge.sip.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DuplexChannel;
import io.tipring.wire.sip.Parsed;
import io.tipring.wire.sip.SipWriter;
import io.tipring.wire.sip.StreamFramer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One connection, from the wish for it to its end. Belongs to the event loop of its transport;
/// only [#send] is called by others.
final class TcpConnection extends SimpleChannelInboundHandler<ByteBuf> {
  private static final byte[] PONG = "\r\n".getBytes(StandardCharsets.US_ASCII); // RFC 5626 4.4.1
  private static final long LINGER_SECONDS = 2;

  private final TcpTransport transport;
  private final FlowId flow;
  private final StreamFramer framer;
  private final AtomicInteger queuedBytes = new AtomicInteger();

  /// Of a message that has begun to arrive.
  private int unfinishedBytes;

  /// What is sent before the connection is made.
  private final Queue<byte[]> waiting = new ArrayDeque<>();

  private @Nullable Channel channel;
  private final AtomicBoolean asked = new AtomicBoolean();
  private final boolean accepted;
  private boolean closed;

  /// The exchange is overloaded.
  private boolean paused;

  private boolean anyMessage;
  private long lastReadNanos;
  private long begunNanos;
  private boolean begun;

  /// A connection that is accepted or about to be made; its channel comes by [#channelActive].
  TcpConnection(TcpTransport transport, FlowId flow, StreamFramer framer, boolean accepted) {
    super(true);
    this.transport = transport;
    this.accepted = accepted;
    this.flow = flow;
    this.framer = framer;
    lastReadNanos = transport.nowNanos();
    begunNanos = lastReadNanos;
  }

  FlowId flow() {
    return flow;
  }

  /// Whether the peer made it.
  boolean accepted() {
    return accepted;
  }

  /// True for the first who asks: connecting happens once.
  boolean askToConnect() {
    return asked.compareAndSet(false, true);
  }

  /// Any thread. Order is kept; what the peer does not take in time closes the connection as slow.
  void send(byte[] bytes) {
    if (enqueued(bytes.length)) {
      transport.onLoop(() -> write(bytes));
    } else {
      transport.onLoop(() -> {
        written(bytes.length);
        close(FlowLoss.SLOW);
      });
    }
  }

  /// Counts bytes that are to be written; each comes to its [#written] once, whatever becomes of
  /// it.
  ///
  /// @return whether there is room for them
  private boolean enqueued(int bytes) {
    boolean crowded = transport.hold(bytes);
    int queued = queuedBytes.addAndGet(bytes);
    TcpLimits limits = transport.limits();
    return queued <= (crowded ? limits.shareBytes() : limits.queuedBytes());
  }

  private void written(int bytes) {
    queuedBytes.addAndGet(-bytes);
    transport.hold(-bytes);
  }

  private void write(byte[] bytes) {
    Channel to = channel;
    if (closed) {
      written(bytes.length);
      return;
    }
    if (to == null) {
      waiting.add(bytes);
      return;
    }
    var done = to.writeAndFlush(Unpooled.wrappedBuffer(bytes));
    done.addListener(_ -> written(bytes.length));
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (closed) {
      var _ = context.close();
      return;
    }
    channel = context.channel();
    lastReadNanos = transport.nowNanos();
    begunNanos = lastReadNanos;
    for (byte[] bytes = waiting.poll(); bytes != null; bytes = waiting.poll()) {
      write(bytes);
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, ByteBuf in) {
    if (closed) {
      return;
    }
    byte[] bytes = new byte[in.readableBytes()];
    in.readBytes(bytes);
    lastReadNanos = transport.nowNanos();
    List<Parsed> complete = framer.feed(bytes, 0, bytes.length);
    if (!complete.isEmpty()) {
      begun = false;
      anyMessage = true;
    } else if (!begun && !onlyLineEnds(bytes)) {
      begun = true;
      begunNanos = lastReadNanos;
    }
    answer(complete);
    boolean crowded = unfinished(framer.unfinishedBytes());
    if (framer.ended().isPresent()) {
      close(FlowLoss.GARBAGE);
    } else if (crowded) {
      close(FlowLoss.CROWDED);
    } else if (transport.door().overloaded()) {
      paused = true;
      readOrNot();
      transport.paused(this);
    }
  }

  /// Hands up what a read completed. Pings that came in one piece get one pong: nobody sends a
  /// second one before he has the answer to the first (RFC 5626 4.4.1).
  private void answer(List<Parsed> complete) {
    boolean pinged = false;
    for (Parsed parsed : complete) {
      if (parsed instanceof Parsed.KeepAlive) {
        transport.count(SocketMeter.KEEP_ALIVES);
        pinged = true;
      } else {
        transport.count(SocketMeter.MESSAGES_IN);
        transport.door().parsed(flow, parsed).map(SipWriter::write).ifPresent(this::reply);
      }
    }
    if (pinged) {
      reply(PONG);
    }
  }

  /// Writes on the loop itself.
  private void reply(byte[] bytes) {
    var _ = enqueued(bytes.length); // reading stops before there is too much of it
    write(bytes);
  }

  /// Counts what has begun to arrive.
  ///
  /// @return whether there is no room for it
  private boolean unfinished(int bytes) {
    int more = bytes - unfinishedBytes;
    unfinishedBytes = bytes;
    return transport.hold(more) && bytes > transport.limits().shareBytes();
  }

  /// Reads on after a pause.
  void resume() {
    paused = false;
    readOrNot();
  }

  /// Who does not take our answers is not asked for more questions.
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    readOrNot();
  }

  private void readOrNot() {
    Channel from = channel;
    if (from != null && !closed) {
      from.config().setAutoRead(!paused && from.isWritable());
    }
  }

  /// The deadlines, looked at about once a second.
  void check(long nowNanos) {
    long quiet = nowNanos - lastReadNanos;
    boolean unfinished = begun || (accepted && !anyMessage);
    if (channel == null) {
      return; // being made: that has a deadline of its own
    }
    if (queuedBytes.get() > transport.limits().queuedBytes()) {
      close(FlowLoss.SLOW);
    } else if (unfinished && nowNanos - begunNanos > transport.limits().message().toNanos()) {
      close(FlowLoss.STALLED);
    } else if (quiet > transport.limits().idle().toNanos()) {
      close(FlowLoss.IDLE);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    close(FlowLoss.CLOSED_BY_PEER);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A reset arrives as an IOException; anything else is a fault of ours, and ends this connection
    // only.
    if (!(cause instanceof IOException)) {
      transport.count(SocketMeter.FAILURES);
    }
    close(FlowLoss.CLOSED_BY_PEER);
  }

  /// Ends it, once.
  void close(FlowLoss why) {
    if (closed) {
      return;
    }
    closed = true;
    waiting.forEach(bytes -> written(bytes.length));
    waiting.clear();
    var _ = unfinished(0);
    Channel to = channel;
    if (to != null) {
      if (why == FlowLoss.GARBAGE && to instanceof DuplexChannel duplex) {
        linger(duplex);
      } else {
        var _ = to.close();
      }
    }
    transport.ended(this, why);
  }

  /// Lets the last answer arrive: closing with bytes unread would reset the connection under it. So
  /// our half is closed, and what still comes is read and thrown away for a moment.
  private static void linger(DuplexChannel to) {
    to.writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(_ -> {
          var _ = to.shutdownOutput();
        });
    Runnable end =
        () -> {
          var _ = to.close();
        };
    var _ = to.eventLoop().schedule(end, LINGER_SECONDS, TimeUnit.SECONDS);
  }

  private static boolean onlyLineEnds(byte[] bytes) {
    for (byte b : bytes) {
      if (b != '\r' && b != '\n') {
        return false;
      }
    }
    return true;
  }
}
