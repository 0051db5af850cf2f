package io.tipring.conformance.abuse;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Honest messages to begin with. `%d` stands for a number that makes the transaction and the call
/// its own.
final class Messages {
  private static final String SDP =
      """
      v=0
      o=- 1 1 IN IP4 127.0.0.1
      s=-
      c=IN IP4 127.0.0.1
      t=0 0
      m=audio 9000 RTP/AVP 0 8 101
      a=rtpmap:101 telephone-event/8000
      a=fmtp:101 0-15
      a=ptime:20
      """;

  static final List<String> HONEST =
      List.of(
          request(
              "INVITE",
              "sip:echo@127.0.0.1",
              "Contact: <sip:abuse@127.0.0.1:9>\nContent-Type: application/sdp\nSupported: 100rel, timer\nAllow: INVITE, ACK, BYE\n",
              SDP),
          request(
              "OPTIONS",
              "sip:127.0.0.1;transport=udp",
              "Accept: application/sdp, text/plain;q=0.5\n",
              ""),
          request(
              "REGISTER",
              "sip:127.0.0.1",
              "Contact: \"A \\\"B\\\"\" <sip:a@127.0.0.1:9;ob>;expires=60;q=0.7\nExpires: 3600\n",
              ""),
          request("BYE", "sip:echo@[::1]:5060", "Reason: Q.850;cause=16;text=\"bye\"\n", ""),
          request("CANCEL", "sip:echo@127.0.0.1", "", ""),
          request(
              "ACK",
              "tel:+15550100;phone-context=example.com",
              "Route: <sip:127.0.0.1;lr>, <sips:b@example.com>\n",
              ""),
          request(
              "MESSAGE",
              "sip:%%61lice:secret@example.com?subject=a&to=b",
              "Content-Type: text/plain\nDate: Sat, 13 Nov 2010 23:29:00 GMT\n",
              "hello\n"),
          request("PRACK", "sip:echo@127.0.0.1", "RAck: 776656 1 INVITE\n", ""),
          request(
              "INFO",
              "sip:digits@127.0.0.1",
              "Content-Type: application/dtmf-relay\n",
              "Signal=1\nDuration=160\n"),
          "SIP/2.0 200 OK\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK%d\nFrom: <sip:a@b>;tag=1\nTo: <sip:c@d>;tag=2\nCall-ID: %d\nCSeq: 1 INVITE\nContent-Length: 0\n\n"
              .replace("\n", "\r\n"));

  private Messages() {}

  private static String request(String method, String uri, String headers, String body) {
    String crlfBody = body.replace("\n", "\r\n");
    String head =
        method
            + " "
            + uri
            + " SIP/2.0\n"
            + "Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK%d;rport, SIP/2.0/TCP [2001:db8::1]:5060;branch=z9hG4bKx;received=192.0.2.1\n"
            + "Max-Forwards: 70\n"
            + "f: \"Abuse\" <sip:abuse@127.0.0.1>;tag=a%d\n"
            + "To: <sip:echo@127.0.0.1>\n"
            + "i: %d@abuse\n"
            + "CSeq: 1 "
            + method
            + "\n"
            + "User-Agent: abuse/1.0 (a comment (in a comment))\n"
            + headers
            + "l: "
            + crlfBody.length()
            + "\n\n";
    return head.replace("\n", "\r\n") + crlfBody;
  }

  /// The message of that number.
  static byte[] honest(int kind, int number) {
    return HONEST
        .get(kind)
        .replace("%%", "\0")
        .replace("%d", Integer.toString(number))
        .replace('\0', '%')
        .getBytes(StandardCharsets.UTF_8);
  }
}
