package io.tipring.edge.control;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;

/// Asks for a WebSocket (RFC 6455 4.1) and judges the answer, of which nothing but the head is
/// read. Owner: the event loop.
final class Upgrade extends ChannelInboundHandlerAdapter {
  static final String SUBPROTOCOL = "v1.control.tipring";

  private static final int HEAD_BYTES = 16_384;
  private static final int LINE_BYTES = 4_096;
  private static final int LONGEST_QUOTE = 200;

  /// What comes of it; one of them, once.
  interface Outcome {
    /// How far it has come, for the log.
    void doing(String what);

    /// The answer is 101, and what follows are frames. The codec of HTTP is still there.
    void agreed(ChannelHandlerContext context);

    void refused(String why);
  }

  private final Target target;
  private final Access access;
  private final Greeting greeting;
  private final Outcome outcome;
  private boolean asked;
  private boolean agreed;

  Upgrade(Target target, Access access, Greeting greeting, Outcome outcome) {
    this.target = target;
    this.access = access;
    this.greeting = greeting;
    this.outcome = outcome;
  }

  static HttpClientCodec codec() {
    return new HttpClientCodec(
        new HttpDecoderConfig().setMaxInitialLineLength(LINE_BYTES).setMaxHeaderSize(HEAD_BYTES),
        false,
        false);
  }

  HttpRequest request() {
    var request =
        new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, target.resource());
    HttpHeaders headers = request.headers();
    headers
        .add("Host", target.authority())
        .add("Upgrade", "websocket")
        .add("Connection", "Upgrade")
        .add("Sec-WebSocket-Version", "13")
        .add("Sec-WebSocket-Key", greeting.key())
        .add("Sec-WebSocket-Protocol", SUBPROTOCOL);
    access.token().ifPresent(token -> headers.add("Authorization", "Bearer " + token));
    if (!access.secrets().isEmpty()) {
      String signature =
          Signature.of(access.secrets(), greeting.id(), greeting.epochSeconds(), target.resource());
      headers
          .add("webhook-id", greeting.id())
          .add("webhook-timestamp", String.valueOf(greeting.epochSeconds()))
          .add("webhook-signature", signature);
    }
    headers.add("traceparent", greeting.traceparent());
    return request;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (context.pipeline().get(SslHandler.class) == null) {
      ask(context);
    } else {
      outcome.doing("in the TLS handshake");
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (handshake.isSuccess()) {
        ask(context);
      } else {
        outcome.refused("no TLS with it: " + words(handshake.cause()));
      }
    }
  }

  private void ask(ChannelHandlerContext context) {
    if (!asked) {
      asked = true;
      outcome.doing("waiting for its answer to the request for a WebSocket");
      var _ = context.writeAndFlush(request(), context.voidPromise());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (message instanceof HttpResponse response) {
        judge(response);
      }
      if (message instanceof LastHttpContent && agreed) {
        outcome.agreed(context);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void judge(HttpResponse response) {
    HttpResponseStatus status = response.status();
    if (response.decoderResult().isFailure()) {
      outcome.refused("its answer is no HTTP: " + words(response.decoderResult().cause()));
    } else if (status.code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
      Optional<String> fault = fault(response.headers());
      agreed = fault.isEmpty();
      fault.ifPresent(outcome::refused);
    } else if (status.codeClass() != HttpStatusClass.INFORMATIONAL) { // RFC 9110 15.2
      outcome.refused("it answered " + quote(status.toString()) + advice(response));
    }
  }

  /// RFC 6455 4.1, the list at its end
  private Optional<String> fault(HttpHeaders headers) {
    if (!headers.containsValue(HttpHeaderNames.UPGRADE, "websocket", true)
        || !headers.containsValue(HttpHeaderNames.CONNECTION, "upgrade", true)) {
      return Optional.of("it answered 101 without `Upgrade: websocket` and `Connection: Upgrade`");
    }
    if (!greeting.accept().equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT))) {
      return Optional.of(
          "it answered 101 with a wrong Sec-WebSocket-Accept; is it an HTTP cache that answers?");
    }
    if (headers.contains(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS)) {
      return Optional.of("it answered 101 with an extension that was not asked for");
    }
    String protocol = headers.get(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
    if (!SUBPROTOCOL.equals(protocol)) {
      return Optional.of(
          "it answered 101 with %s; its WebSocket server must choose %s"
              .formatted(
                  protocol == null ? "no subprotocol" : "the subprotocol " + quote(protocol),
                  SUBPROTOCOL));
    }
    return Optional.empty();
  }

  private static String advice(HttpResponse response) {
    String elsewhere = response.headers().get(HttpHeaderNames.LOCATION);
    return switch (response.status().codeClass()) {
      case REDIRECTION ->
          elsewhere == null
              ? "; redirects are not followed"
              : "; redirects are not followed: configure " + quote(elsewhere);
      case CLIENT_ERROR ->
          switch (response.status().code()) {
            case 401, 403 -> "; check the token and the signing secret";
            case 404 -> "; check the path of the URL";
            case 426 -> "; it wants another version of HTTP or WebSocket";
            default -> " instead of 101";
          };
      case INFORMATIONAL, SUCCESS, SERVER_ERROR, UNKNOWN -> " instead of 101";
    };
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    outcome.refused(
        asked
            ? "it closed the connection without an answer"
            : "it closed the connection in the TLS handshake");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    outcome.refused((asked ? "no answer: " : "no TLS with it: ") + words(cause));
  }

  /// The innermost cause knows best.
  static String words(Throwable failure) {
    Throwable inner = failure;
    while (inner.getCause() != null) {
      inner = inner.getCause();
    }
    String message = inner.getMessage();
    return quote(message == null ? inner.getClass().getSimpleName() : message);
  }

  /// What others wrote goes into our log: one line of it, and not more than is needed.
  private static String quote(String foreign) {
    String line = foreign.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "...";
  }
}
