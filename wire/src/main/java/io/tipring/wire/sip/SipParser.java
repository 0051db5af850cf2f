package io.tipring.wire.sip;

/// Reads SIP messages (RFC 3261 7 and 25) from bytes. Stateless: one object serves all threads.
/// Never throws: what is wrong with the bytes is in the result.
public final class SipParser {
  private final Limits limits;

  public SipParser() {
    this(Limits.STANDARD);
  }

  public SipParser(Limits limits) {
    this.limits = limits;
  }

  public Limits limits() {
    return limits;
  }

  /// Reads one datagram. The body is as long as Content-Length says, or fills the datagram when
  /// there is none (RFC 3261 18.3); bytes behind it are ignored.
  public Parsed parseDatagram(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int from = skipLineEnds(bytes, offset, end);
    if (from == end) {
      return new Parsed.KeepAlive();
    }
    if (length > limits.messageBytes()) {
      Head head = Head.read(bytes, from, offset + limits.messageBytes(), limits);
      return tooLarge(head);
    }
    Head head = Head.read(bytes, from, end, limits);
    return judge(head, bytes, end);
  }

  /// A message's head and all bytes up to `end`, of which the first ones behind the head are its
  /// body.
  Parsed judge(Head head, byte[] bytes, int end) {
    boolean response = StartLine.isStatusLine(head.startLine());
    if (!response && StartLine.isOtherVersion(head.startLine())) {
      return Refusal.of(head, 505, "Version Not Supported");
    }
    try {
      return new Parsed.Message(response ? response(head, bytes, end) : request(head, bytes, end));
    } catch (SipSyntaxException e) {
      return refuse(head, e);
    }
  }

  static Parsed refuse(Head head, SipSyntaxException e) {
    return StartLine.isStatusLine(head.startLine())
        ? new Parsed.Garbage("response: " + e.getMessage())
        : Refusal.of(head, 400, e.getMessage());
  }

  static Parsed tooLarge(Head head) {
    return StartLine.isStatusLine(head.startLine())
        ? new Parsed.Garbage("response: message too large")
        : Refusal.of(head, 513, "Message Too Large");
  }

  private SipRequest request(Head head, byte[] bytes, int end) {
    requireNoFlaw(head);
    Method method = StartLine.method(head.startLine());
    Uri uri = StartLine.uri(head.startLine());
    SipHeaders headers = headers(head);
    // RFC 3261 8.1.1.5
    if (!headers.cseq().method().equals(method)) {
      throw new SipSyntaxException("CSeq", "method is not that of the request");
    }
    // RFC 4475 3.2.1: the cookie alone identifies no transaction.
    if (headers.topVia().branch().filter(Via.MAGIC_COOKIE::equals).isPresent()) {
      throw new SipSyntaxException("Via", "branch is empty behind the cookie");
    }
    return new SipRequest(method, uri, headers, body(head, bytes, end));
  }

  private SipResponse response(Head head, byte[] bytes, int end) {
    requireNoFlaw(head);
    int status = StartLine.status(head.startLine());
    String reason = StartLine.reason(head.startLine());
    SipHeaders headers = headers(head);
    return new SipResponse(status, reason, headers, body(head, bytes, end));
  }

  private static void requireNoFlaw(Head head) {
    SipSyntaxException flaw = head.flaw();
    if (flaw != null) {
      throw flaw;
    }
  }

  private SipHeaders headers(Head head) {
    SipHeaders headers = SipHeaders.of(head.headers());
    Mandatory.check(headers, limits);
    if (!head.complete()) {
      throw new SipSyntaxException("header section", "no empty line at its end");
    }
    return headers;
  }

  private static Body body(Head head, byte[] bytes, int end) {
    int available = end - head.bodyAt();
    if (head.contentLength().isEmpty()) {
      return Body.of(bytes, head.bodyAt(), available);
    }
    long length = head.bodyLength();
    if (length > available) {
      throw new SipSyntaxException("Content-Length", "more than there is");
    }
    return Body.of(bytes, head.bodyAt(), (int) length);
  }

  static int skipLineEnds(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && (bytes[i] == '\r' || bytes[i] == '\n')) {
      i++;
    }
    return i;
  }
}
