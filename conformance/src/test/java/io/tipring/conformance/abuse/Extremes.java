package io.tipring.conformance.abuse;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Messages at the end of what a datagram can carry.
final class Extremes {
  private static final int DATAGRAM = 65_000;

  private Extremes() {}

  /// What only a stream can carry.
  static Map<String, byte[]> streams() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("headers of 4 MB", head("OPTIONS") + "X: y\r\n".repeat(700_000));
    texts.put("a start line of 4 MB", "OPTIONS sip:" + "a".repeat(4_000_000));
    texts.put(
        "the beginning of a body of 2 GB",
        head("MESSAGE") + "Content-Length: 2147483647\r\n\r\n" + "b".repeat(4_000_000));
    texts.put("a million line ends", "\r\n".repeat(1_000_000));
    texts.put(
        "10,000 requests at once", (head("OPTIONS") + "Content-Length: 0\r\n\r\n").repeat(10_000));
    return numbered(texts);
  }

  /// Name and bytes, each below 65,507 bytes.
  static Map<String, byte[]> datagrams() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("a header of 64 KB", with("Subject: " + "x".repeat(64_000)));
    texts.put(
        "comments nested 30,000 deep",
        with("User-Agent: " + "(".repeat(30_000) + ")".repeat(30_000)));
    texts.put(
        "angle brackets nested 30,000 deep",
        with("Contact: " + "<".repeat(30_000) + ">".repeat(30_000)));
    texts.put("5,000 contacts", with("Contact: " + "<sip:a@b>, ".repeat(4_999) + "<sip:a@b>"));
    texts.put(
        "1,000 Vias", with("Via: SIP/2.0/UDP a.example;branch=z9hG4bK1\r\n".repeat(1_000).strip()));
    texts.put("10,000 headers", with("X: y\r\n".repeat(10_000).strip()));
    texts.put("a header folded 15,000 times", with("Subject: a" + "\r\n b".repeat(15_000)));
    texts.put("a quoted string that never ends", with("Contact: \"" + "\\\"".repeat(30_000)));
    texts.put("a URI of 9,000 parameters", with("Contact: <sip:a@b" + ";p=12".repeat(9_000) + ">"));
    texts.put("a body longer than the datagram", with("Content-Length: 4294967297"));
    texts.put("a body of less than nothing", with("Content-Length: -1"));
    texts.put("Require of 20,000 options", with("Require: " + "ab,".repeat(20_000) + "c"));
    texts.put(
        "numbers of 30,000 digits",
        with("Expires: " + "9".repeat(30_000) + "\r\nContent-Length: " + "0".repeat(30_000)));
    texts.put("an offer of 2,500 streams", offer("m=audio 4000 RTP/AVP 0\r\n".repeat(2_500)));
    texts.put(
        "an offer of 20,000 formats",
        offer("m=audio 4000 RTP/AVP" + " 96".repeat(20_000) + "\r\n"));
    texts.put("nothing but line ends", "\r\n".repeat(DATAGRAM / 2));
    texts.put("nothing but zeros", "\0".repeat(DATAGRAM));
    texts.put("nothing but one line", "A".repeat(DATAGRAM));
    return numbered(texts);
  }

  private static Map<String, byte[]> numbered(Map<String, String> texts) {
    Map<String, byte[]> bytes = new LinkedHashMap<>();
    int number = 0;
    for (Map.Entry<String, String> extreme : texts.entrySet()) {
      String own = extreme.getValue().replace("%d", "extreme" + number++);
      bytes.put(extreme.getKey(), own.getBytes(StandardCharsets.UTF_8));
    }
    return bytes;
  }

  private static String with(String header) {
    return head("OPTIONS") + header + "\r\n\r\n";
  }

  private static String offer(String media) {
    String body =
        "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n" + media;
    return head("INVITE")
        + "Contact: <sip:abuse@127.0.0.1:9>\r\nContent-Type: application/sdp\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static String head(String method) {
    return method
        + " sip:echo@127.0.0.1 SIP/2.0\r\n"
        + "Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK%d;rport\r\n"
        + "Max-Forwards: 70\r\n"
        + "From: <sip:abuse@127.0.0.1>;tag=1\r\n"
        + "To: <sip:echo@127.0.0.1>\r\n"
        + "Call-ID: %d\r\n"
        + "CSeq: 1 "
        + method
        + "\r\n";
  }
}
