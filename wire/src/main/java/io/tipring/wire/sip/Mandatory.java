package io.tipring.wire.sip;

/// The grammar of the headers that every transaction and dialog relies on, checked once so that
/// nobody behind has to.
final class Mandatory {
  private static final int FROM = 1;
  private static final int TO = 2;
  private static final int CALL_ID = 4;
  private static final int CSEQ = 8;
  private static final int VIA = 16;
  private static final int MAX_FORWARDS = 32;
  private static final int CONTACT = 64;
  private static final int ROUTE = 128;
  private static final int RECORD_ROUTE = 256;

  /// Those of which there may be one line only.
  private static final int SINGLE = FROM | TO | CALL_ID | CSEQ | MAX_FORWARDS;

  private Mandatory() {}

  static void check(SipHeaders headers, Limits limits) {
    int seen = 0;
    for (Header h : headers.list()) {
      String name = HeaderNames.canonical(h.name());
      int bit = bitOf(name);
      if ((seen & bit & SINGLE) != 0) {
        throw new SipSyntaxException(name, "given twice");
      }
      seen |= bit;
      if (name.equals("User-Agent") || name.equals("Server")) {
        Comments.check(name, h.value(), limits.commentDepth());
      }
    }
    require(seen, VIA, "Via");
    headers.vias();
    require(seen, FROM, "From");
    headers.from();
    require(seen, TO, "To");
    headers.to();
    require(seen, CALL_ID, "Call-ID");
    headers.callId();
    require(seen, CSEQ, "CSeq");
    headers.cseq();
    // RFC 2543 knew no mandatory Max-Forwards (RFC 4475 3.4.1), so its absence is no error.
    if ((seen & MAX_FORWARDS) != 0) {
      headers.maxForwards();
    }
    if ((seen & CONTACT) != 0) {
      headers.contacts();
    }
    if ((seen & ROUTE) != 0) {
      headers.routes();
    }
    if ((seen & RECORD_ROUTE) != 0) {
      headers.recordRoutes();
    }
  }

  private static void require(int seen, int bit, String name) {
    if ((seen & bit) == 0) {
      throw new SipSyntaxException(name, "missing");
    }
  }

  private static int bitOf(String name) {
    return switch (name) {
      case "From" -> FROM;
      case "To" -> TO;
      case "Call-ID" -> CALL_ID;
      case "CSeq" -> CSEQ;
      case "Via" -> VIA;
      case "Max-Forwards" -> MAX_FORWARDS;
      case "Contact" -> CONTACT;
      case "Route" -> ROUTE;
      case "Record-Route" -> RECORD_ROUTE;
      default -> 0;
    };
  }
}
