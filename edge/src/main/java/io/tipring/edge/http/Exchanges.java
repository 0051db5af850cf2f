package io.tipring.edge.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The requests and replies of one connection. Lives on its event loop.
final class Exchanges extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final System.Logger LOG = System.getLogger("tipring.http");

  private final Router router;
  private final HttpLimits limits;
  private @Nullable ScheduledFuture<?> deadline;

  /// Requests that came in one read with the one that is being answered.
  private final Queue<FullHttpRequest> waiting = new ArrayDeque<>();

  private boolean answering;

  Exchanges(Router router, HttpLimits limits) {
    this.router = router;
    this.limits = limits;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    closeIn(context, limits.requestSeconds());
    context.read();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    if (answering) {
      waiting.add(request.retain());
    } else {
      serve(context, request);
    }
  }

  private void serve(ChannelHandlerContext context, FullHttpRequest request) {
    answering = true;
    Reply reply = answer(request);
    boolean keepAlive = HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess();
    FullHttpResponse response = response(request.method(), reply);
    if (!keepAlive) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    var sent = context.writeAndFlush(response);
    if (keepAlive) {
      closeIn(context, limits.idleSeconds());
      sent.addListener(_ -> next(context));
    } else {
      sent.addListener(ChannelFutureListener.CLOSE);
    }
  }

  /// The client has taken the reply.
  private void next(ChannelHandlerContext context) {
    answering = false;
    FullHttpRequest request = waiting.poll();
    if (request == null) {
      context.read();
      return;
    }
    try {
      serve(context, request);
    } finally {
      request.release();
    }
  }

  private Reply answer(FullHttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return Reply.problem(
          400, "Bad Request", "The request is malformed or larger than this server takes.");
    }
    try {
      return router.route(request.method().name(), request.uri());
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "a handler failed", e);
      return Reply.problem(500, "Internal Server Error", "The log says more.");
    }
  }

  private static FullHttpResponse response(HttpMethod method, Reply reply) {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    var content =
        method.equals(HttpMethod.HEAD) ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body);
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()), content);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, reply.contentType())
        .setInt(HttpHeaderNames.CONTENT_LENGTH, body.length)
        .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
        .set("x-content-type-options", "nosniff");
    if (reply.status() == 405) {
      response.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD"); // RFC 9110 15.5.6
    }
    return response;
  }

  private void closeIn(ChannelHandlerContext context, int seconds) {
    cancelDeadline();
    deadline = context.executor().schedule(() -> close(context), seconds, TimeUnit.SECONDS);
  }

  private static void close(ChannelHandlerContext context) {
    var _ = context.close(); // nobody waits for it
  }

  private void cancelDeadline() {
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    cancelDeadline();
    waiting.forEach(FullHttpRequest::release);
    waiting.clear();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.log(System.Logger.Level.DEBUG, "connection failed", cause);
    close(context);
  }
}
