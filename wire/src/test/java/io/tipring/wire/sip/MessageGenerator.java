package io.tipring.wire.sip;

import java.util.List;
import java.util.Random;

/// Writes well-formed messages in many of the ways that the grammar allows: compact names, folds,
/// lists, quotes, escapes.
final class MessageGenerator {
  private final Random random;

  private MessageGenerator(Random random) {
    this.random = random;
  }

  static String next(Random random) {
    return new MessageGenerator(random).message();
  }

  private String message() {
    String method =
        pick("INVITE", "REGISTER", "OPTIONS", "BYE", "MESSAGE", "SUBSCRIBE", "UPDATE", "FOO");
    var out = new StringBuilder();
    String status = pick("100 Trying", "180 Ringing", "200 OK", "486 Busy Here", "603 ");
    out.append(chance(4) ? "SIP/2.0 " + status : method + " " + sipUri() + " SIP/2.0");
    out.append("\r\n");
    header(out, pick("Via", "v", "VIA"), many(this::via, 3));
    header(out, pick("From", "f", "from"), address() + ";tag=" + token());
    header(out, pick("To", "t", "TO"), address() + (chance(2) ? ";tag=" + token() : ""));
    header(out, pick("Call-ID", "i", "CALL-ID"), token() + (chance(2) ? "@" + host() : ""));
    header(out, pick("CSeq", "cseq"), random.nextInt(1_000_000) + " " + method);
    header(out, "Max-Forwards", Integer.toString(random.nextInt(256)));
    if (chance(2)) {
      header(out, pick("Contact", "m"), many(this::contact, 3));
    }
    if (chance(3)) {
      header(out, "X-Unknown", ";;,,  odd \u00e9 \"");
    }
    String body = chance(2) ? "v=0\r\n" : "";
    header(out, pick("Content-Length", "l"), Integer.toString(body.length()));
    return out.append("\r\n").append(body).toString();
  }

  private void header(StringBuilder out, String name, String value) {
    out.append(name).append(pick(": ", ":", " : ", ":\t", ": \r\n "));
    out.append(value).append(pick("", "", " ")).append("\r\n");
  }

  private String contact() {
    return address() + (chance(3) ? ";expires=" + random.nextInt(9_999) : "");
  }

  private String via() {
    String port = chance(2) ? ":" + (1 + random.nextInt(65_535)) : "";
    String protocol = pick("SIP/2.0/", "SIP / 2.0 / ") + pick("UDP", "TCP", "TLS", "WS");
    String more = pick("", ";rport", ";received=192.0.2.7", ";ttl=16");
    return protocol + " " + host() + port + ";branch=z9hG4bK" + token() + more;
  }

  private String address() {
    if (chance(4)) {
      return pick("sip:", "sips:") + token() + "@" + host();
    }
    String name =
        pick(
            "",
            "Bob ",
            "\"A. \\\"B\\\" <C>\" ",
            "Alice Liddell ",
            "\"\" ",
            "\"J\u00fcrgen, PhD\" ");
    return name + "<" + (chance(6) ? "tel:+1-555-" + random.nextInt(9_999) : sipUri()) + ">";
  }

  private String sipUri() {
    String user =
        pick(
            "",
            token() + "@",
            "al%20ice@",
            "+1555" + random.nextInt(9_999) + "@",
            "a;b=c@",
            "user:secret@");
    String port = chance(3) ? ":" + (1 + random.nextInt(65_535)) : "";
    return pick("sip:", "sips:")
        + user
        + host()
        + port
        + pick("", "", ";transport=tcp", ";lr", ";user=phone;x=y");
  }

  private String host() {
    String ipv4 = "192.0.2." + random.nextInt(256);
    String ipv6 = "[2001:db8::" + Integer.toHexString(1 + random.nextInt(65_535)) + "]";
    return pick("example.com", "pc33.atlanta.example.com", ipv4, ipv6);
  }

  private String token() {
    String characters = "abcdefghijklmnopqrstuvwxyz0123456789-.!*_~";
    var out = new StringBuilder("a");
    for (int n = random.nextInt(16); n > 0; n--) {
      out.append(characters.charAt(random.nextInt(characters.length())));
    }
    return out.toString();
  }

  private String many(java.util.function.Supplier<String> element, int most) {
    var out = new StringBuilder(element.get());
    for (int n = random.nextInt(most); n > 0; n--) {
      out.append(pick(",", ", ", " , ", ",\r\n  ")).append(element.get());
    }
    return out.toString();
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private String pick(String... choices) {
    return List.of(choices).get(random.nextInt(choices.length));
  }
}
