package io.tipring.edge.sound;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// One GET over HTTP/1.1, on a connection of its own, to addresses that were looked at before: a
/// name cannot get another address between the look and the connection. Owner: one virtual thread,
/// which may be interrupted.
final class WebRequest {
  private static final int PIECE = 16_384;

  private final URI uri;
  private final Map<String, String> headers;
  private final int mostBytes;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private @Nullable HttpResponse head;
  private boolean isWhole;

  /// @param body of a 200; longer than `mostBytes`, and then not whole, when it was too long
  @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
  record Answer(int status, HttpHeaders headers, byte[] body) {}

  /// @param uri `http` or `https`, with a host
  /// @param headers beside those that each request has
  WebRequest(URI uri, Map<String, String> headers, int mostBytes) {
    this.uri = URI.create(uri.toASCIIString());
    this.headers = headers;
    this.mostBytes = mostBytes;
  }

  /// @param addresses of the host, tried one after the other
  /// @param patience for a connection, and for each piece of the answer
  Answer send(List<InetAddress> addresses, Duration patience) throws IOException {
    try (Socket socket = connect(addresses, Math.toIntExact(patience.toMillis()))) {
      socket.getOutputStream().write(text().getBytes(StandardCharsets.US_ASCII));
      read(socket.getInputStream());
    }
    HttpResponse answered = head;
    if (answered == null) {
      throw new IOException("the server said nothing");
    }
    return new Answer(answered.status().code(), answered.headers(), body.toByteArray());
  }

  private Socket connect(List<InetAddress> addresses, int millis) throws IOException {
    IOException last = new IOException("the host has no address");
    for (InetAddress address : addresses) {
      Socket socket = new Socket(Proxy.NO_PROXY);
      try {
        socket.setSoTimeout(millis);
        socket.connect(new InetSocketAddress(address, port()), millis);
        return isSecure() ? secured(socket) : socket;
      } catch (IOException e) {
        socket.close();
        last = e;
      }
    }
    throw last;
  }

  private Socket secured(Socket plain) throws IOException {
    String name = uri.getHost().replaceAll("[\\[\\]]", "");
    SSLSocketFactory sockets = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket socket = (SSLSocket) sockets.createSocket(plain, name, port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS"); // RFC 9110 4.3.4
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private boolean isSecure() {
    return uri.getScheme().equals("https");
  }

  private int port() {
    return uri.getPort() >= 0 ? uri.getPort() : isSecure() ? 443 : 80;
  }

  private String text() {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    StringBuilder text = new StringBuilder("GET " + path + query + " HTTP/1.1\r\n");
    text.append("Host: ").append(uri.getHost());
    if (uri.getPort() >= 0) {
      text.append(':').append(uri.getPort());
    }
    text.append("\r\nUser-Agent: Tipring\r\nConnection: close\r\nAccept-Encoding: identity\r\n");
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    return text.append("\r\n").toString();
  }

  private void read(InputStream in) throws IOException {
    EmbeddedChannel decoder = new EmbeddedChannel(new HttpResponseDecoder());
    try {
      byte[] piece = new byte[PIECE];
      while (!isWhole) {
        int count = in.read(piece);
        if (count < 0) {
          decoder.finish(); // an answer without a length ends with its connection
        } else {
          decoder.writeInbound(Unpooled.copiedBuffer(piece, 0, count));
        }
        take(decoder);
        if (count < 0 && !isWhole) {
          throw new IOException("the answer broke off");
        }
      }
    } finally {
      decoder.finishAndReleaseAll();
    }
  }

  private void take(EmbeddedChannel decoder) throws IOException {
    for (Object part = decoder.readInbound(); part != null; part = decoder.readInbound()) {
      try {
        if (part instanceof HttpObject object && object.decoderResult().isFailure()) {
          throw new IOException("the answer is no HTTP", object.decoderResult().cause());
        }
        if (part instanceof HttpResponse response
            && response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
          head = response;
          isWhole = response.status().code() != HttpResponseStatus.OK.code();
        }
        if (part instanceof HttpContent content && head != null && !isWhole) {
          ByteBuf bytes = content.content();
          bytes.readBytes(body, bytes.readableBytes());
          isWhole = content instanceof LastHttpContent || body.size() > mostBytes;
        }
      } finally {
        ReferenceCountUtil.release(part);
      }
    }
  }
}
