package io.tipring.edge.sip.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DuplexChannel;
import io.tipring.wire.sip.Parsed;
import io.tipring.wire.sip.SipResponse;
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

  /// What is sent before the connection is made.
  private final Queue<byte[]> waiting = new ArrayDeque<>();

  private @Nullable Channel channel;
  private final AtomicBoolean asked = new AtomicBoolean();
  private final boolean accepted;
  private boolean closed;
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
    if (queuedBytes.addAndGet(bytes.length) > transport.limits().queuedBytes()) {
      transport.onLoop(() -> close(FlowLoss.SLOW));
    } else {
      transport.onLoop(() -> write(bytes));
    }
  }

  private void write(byte[] bytes) {
    Channel to = channel;
    if (closed) {
      return;
    }
    if (to == null) {
      waiting.add(bytes);
      return;
    }
    var written = to.writeAndFlush(Unpooled.wrappedBuffer(bytes));
    written.addListener(_ -> queuedBytes.addAndGet(-bytes.length));
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
    for (Parsed parsed : complete) {
      take(parsed);
    }
    if (framer.ended().isPresent()) {
      close(FlowLoss.GARBAGE);
    } else if (transport.door().overloaded()) {
      context.channel().config().setAutoRead(false);
      transport.paused(this);
    }
  }

  private void take(Parsed parsed) {
    if (parsed instanceof Parsed.KeepAlive) {
      transport.count(SocketMeter.KEEP_ALIVES);
      queuedBytes.addAndGet(PONG.length);
      write(PONG);
      return;
    }
    transport.count(SocketMeter.MESSAGES_IN);
    SipResponse answer = transport.door().parsed(flow, parsed).orElse(null);
    if (answer != null) {
      byte[] bytes = SipWriter.write(answer);
      queuedBytes.addAndGet(bytes.length);
      write(bytes);
    }
  }

  /// Reads on after a pause.
  void resume() {
    Channel from = channel;
    if (from != null && !closed) {
      from.config().setAutoRead(true);
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
    waiting.clear();
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
