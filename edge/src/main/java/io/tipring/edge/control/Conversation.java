package io.tipring.edge.control;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.tipring.api.control.Envelope;
import io.tipring.api.control.ToApplication.CloseReason;
import io.tipring.core.control.LinkEvent;
import io.tipring.edge.json.ControlCodec;
import io.tipring.edge.json.Decoded;
import io.tipring.edge.net.Counters;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What is said on an open WebSocket, between its frames and the turns of the lane. Owner: the
/// event loop.
///
/// It reads when all that it read before has had its turn, and when what it has to send goes out:
/// an application that does not read is not heard either, or its questions would pile up as our
/// answers.
final class Conversation extends ChannelInboundHandlerAdapter implements Keepalive.Watched {
  /// RFC 6455 7.4.1
  private static final int NO_CODE = 1005;

  private static final int BROKEN = 1006;
  private static final int NOT_UTF_8 = 1007;

  private enum State {
    TALKING,
    /// The application broke a rule; our side is to close.
    VIOLATED,
    /// Our close has been sent, or waits behind what was sent before.
    LEAVING,
    /// The application has closed, and was answered.
    LEFT,
    GONE
  }

  private final Turns turns;
  private final LinkSettings settings;
  private final Counters<LinkMeter> meters;
  private final Assembly assembly;
  private State state = State.TALKING;
  private @Nullable Keepalive keepalive;
  private @Nullable ChannelHandlerContext context;
  private @Nullable CloseReason violated;
  private int violationCode;
  private boolean writable = true;
  private boolean sending;

  Conversation(Turns turns, LinkSettings settings, Counters<LinkMeter> meters) {
    this.turns = turns;
    this.settings = settings;
    this.meters = meters;
    assembly = new Assembly(settings.messageBytes());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    meters.count(LinkMeter.OPENED);
    turns.whenIdle(this::onIdle);
    turns.say(new LinkEvent.Opened());
    keepalive = new Keepalive(added.channel().eventLoop(), settings.ping(), settings.pong(), this);
    keepalive.start();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    assembly.clear();
    keepalive().stop();
  }

  // What the lane wants.

  /// Goes out with the next [#flush].
  void send(Envelope message) {
    if (state != State.TALKING) {
      return;
    }
    ByteBuf text;
    try {
      text = Unpooled.wrappedBuffer(ControlCodec.encode(message));
    } catch (RuntimeException fault) {
      onFault(fault);
      return;
    }
    writeLater(new TextWebSocketFrame(text));
    meters.count(LinkMeter.MESSAGES_OUT);
    if (!context().channel().isWritable()) {
      flush(); // perhaps it all goes out
    }
    if (context().channel().bytesBeforeWritable() > settings.mostBytes()) {
      breakOff(LinkMeter.OVERFLOWN);
    }
  }

  void flush() {
    context().flush();
    sending = false;
    sayWritable();
  }

  /// After this nothing is heard or said any more but the close itself.
  void close(CloseReason why) {
    if (state == State.TALKING || state == State.VIOLATED) {
      int code = why == violated ? violationCode : why.code();
      state = State.LEAVING;
      assembly.clear();
      sendClose(new CloseWebSocketFrame(code, why.name().toLowerCase(Locale.ROOT)));
    }
  }

  // What the application says.

  @Override
  public void channelRead(ChannelHandlerContext on, Object message) {
    try {
      if (message instanceof WebSocketFrame frame) {
        keepalive().heard();
        hear(frame);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void hear(WebSocketFrame frame) {
    if (frame instanceof CloseWebSocketFrame close) {
      onClose(close);
      return;
    }
    if (state != State.TALKING) {
      return;
    }
    switch (frame) {
      case TextWebSocketFrame text -> onText(text);
      case ContinuationWebSocketFrame text -> onText(text);
      case BinaryWebSocketFrame _ -> violate(CloseReason.BINARY, CloseReason.BINARY.code());
      case PingWebSocketFrame ping -> writeLater(new PongWebSocketFrame(ping.content().retain()));
      default -> {} // a pong is a sign of life, as any frame is
    }
  }

  private void onText(WebSocketFrame frame) {
    if (!assembly.add(frame)) {
      violate(CloseReason.TOO_LARGE, CloseReason.TOO_LARGE.code());
    } else if (frame.isFinalFragment()) {
      String text = assembly.take();
      if (text == null) {
        violate(CloseReason.NOT_UNDERSTOOD, NOT_UTF_8);
      } else {
        onMessage(text);
      }
    }
  }

  private void onMessage(String text) {
    meters.count(LinkMeter.MESSAGES_IN);
    switch (ControlCodec.decode(text)) {
      case Decoded.Message(var message) -> turns.say(new LinkEvent.Received(message));
      case Decoded.Unknown _ -> meters.count(LinkMeter.UNKNOWN_TYPES);
      case Decoded.Misunderstood(var id, var error) -> {
        meters.count(LinkMeter.MISUNDERSTOOD);
        turns.say(new LinkEvent.Misunderstood(error, id));
      }
    }
  }

  /// RFC 6455 5.5.1, 7.1.1: the close is answered, and the server ends the connection.
  private void onClose(CloseWebSocketFrame close) {
    switch (state) {
      case TALKING, VIOLATED -> {
        int code = close.statusCode() < 0 ? NO_CODE : close.statusCode();
        state = State.LEFT;
        meters.count(LinkMeter.CLOSED_BY_APPLICATION);
        turns.say(new LinkEvent.Closed(code));
        sendClose(code == NO_CODE ? new CloseWebSocketFrame() : new CloseWebSocketFrame(code, ""));
      }
      case LEAVING, LEFT, GONE -> {}
    }
  }

  private void violate(CloseReason why, int code) {
    state = State.VIOLATED;
    violated = why;
    violationCode = code;
    assembly.clear();
    meters.count(LinkMeter.VIOLATIONS);
    turns.say(new LinkEvent.Violated(why));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext on, Throwable cause) {
    if (cause instanceof CorruptedWebSocketFrameException corrupt) {
      onCorrupt(corrupt.closeStatus());
      return;
    }
    if (cause instanceof RuntimeException fault && !(cause instanceof DecoderException)) {
      onFault(fault);
    } else {
      breakOff(LinkMeter.BROKEN); // the network, or TLS that was tampered with
    }
  }

  private void onFault(RuntimeException fault) {
    meters.count(LinkMeter.FAILURES);
    turns.fail(fault);
    breakOff(LinkMeter.BROKEN);
  }

  /// Nothing that comes after it can be read. The first such fault counts.
  private void onCorrupt(WebSocketCloseStatus status) {
    if (state == State.TALKING) {
      CloseReason why =
          status.equals(WebSocketCloseStatus.MESSAGE_TOO_BIG)
              ? CloseReason.TOO_LARGE
              : CloseReason.NOT_UNDERSTOOD;
      violate(why, status.code());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext on) {
    meters.count(LinkMeter.CLOSED);
    end(LinkMeter.BROKEN);
  }

  // Reading, writing, silence.

  private void onIdle() {
    keepalive().heard();
    readOn();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext on) {
    flush();
  }

  /// Reads if it may.
  void readOn() {
    if (listening()) {
      context().read();
    }
  }

  @Override
  public boolean listening() {
    return switch (state) {
      case TALKING -> turns.idle() && context().channel().isWritable();
      case LEAVING, LEFT -> true; // for the close and the end, all else is thrown away
      case VIOLATED, GONE -> false;
    };
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext on) {
    if (!sending) {
      sayWritable();
    }
  }

  private void sayWritable() {
    boolean now = context().channel().isWritable();
    if (now != writable && state == State.TALKING) {
      writable = now;
      if (now) {
        keepalive().heard(); // it takes what we send
      } else {
        meters.count(LinkMeter.STALLS);
      }
      turns.say(new LinkEvent.Writable(now));
    }
    readOn();
  }

  @Override
  public void ask() {
    if (state == State.TALKING) {
      write(new PingWebSocketFrame());
    }
  }

  @Override
  public void gone() {
    breakOff(LinkMeter.SILENT);
  }

  private void sendClose(CloseWebSocketFrame close) {
    keepalive().stop();
    write(close);
    var deadline =
        context()
            .channel()
            .eventLoop()
            .schedule(
                () -> breakOff(LinkMeter.BROKEN), settings.close().toNanos(), TimeUnit.NANOSECONDS);
    var _ = context().channel().closeFuture().addListener(_ -> deadline.cancel(false));
    readOn();
  }

  private void writeLater(WebSocketFrame frame) {
    sending = true;
    var _ = context().write(frame, context().voidPromise());
  }

  private void write(WebSocketFrame frame) {
    var _ = context().writeAndFlush(frame, context().voidPromise());
  }

  private void breakOff(LinkMeter how) {
    end(how);
    var _ = context().close();
  }

  private void end(LinkMeter how) {
    keepalive().stop();
    switch (state) {
      case TALKING, VIOLATED -> {
        meters.count(how);
        turns.say(new LinkEvent.Closed(BROKEN));
      }
      case LEAVING, LEFT, GONE -> {}
    }
    state = State.GONE;
  }

  private ChannelHandlerContext context() {
    if (context == null) {
      throw new IllegalStateException("not connected");
    }
    return context;
  }

  private Keepalive keepalive() {
    if (keepalive == null) {
      throw new IllegalStateException("not connected");
    }
    return keepalive;
  }
}
