package io.tipring.wire.sip;

import java.util.Arrays;

/// Writes a message as it goes on the wire.
public final class SipWriter {
  private SipWriter() {}

  /// Start line, headers in their order, `Content-Length` (always, and always right), body.
  public static byte[] write(SipMessage message) {
    var out = new StringBuilder(sizeOf(message.headers()));
    switch (message) {
      case SipRequest r ->
          out.append(r.method()).append(' ').append(r.uri()).append(" SIP/2.0\r\n");
      case SipResponse r ->
          out.append("SIP/2.0 ").append(r.status()).append(' ').append(r.reason()).append("\r\n");
    }
    for (Header h : message.headers().list()) {
      if (!h.named("Content-Length")) {
        out.append(h.name()).append(": ").append(h.value()).append("\r\n");
      }
    }
    Body body = message.body();
    out.append("Content-Length: ").append(body.length()).append("\r\n\r\n");
    byte[] head = WireText.encode(out.toString());
    if (body.isEmpty()) {
      return head;
    }
    byte[] bytes = Arrays.copyOf(head, head.length + body.length());
    body.copyTo(bytes, head.length);
    return bytes;
  }

  /// About how many characters the head will have.
  private static int sizeOf(SipHeaders headers) {
    int size = 100; // the start line, Content-Length and the empty line
    for (Header h : headers.list()) {
      size += h.name().length() + h.value().length() + 4;
    }
    return size;
  }
}
