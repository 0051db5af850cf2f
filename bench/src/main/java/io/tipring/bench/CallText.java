package io.tipring.bench;

/// The SIP of one call, as a caller says it.
///
/// @param id is the Call-ID, and tells tags and branches apart
record CallText(String user, int serverPort, int ownPort, String id) {
  /// G.711 and keys by RFC 4733 under 101.
  String invite(int rtpPort) {
    String sdp =
        """
        v=0
        o=bench 1 1 IN IP4 127.0.0.1
        s=-
        c=IN IP4 127.0.0.1
        t=0 0
        m=audio %d RTP/AVP 0 101
        a=rtpmap:0 PCMU/8000
        a=rtpmap:101 telephone-event/8000
        """
            .formatted(rtpPort)
            .replace("\n", "\r\n");
    return request("INVITE", "INVITE", 1, callee(), sdp);
  }

  /// @param to the header that the answer had
  String ack(String to) {
    return request("ACK", "ACK", 1, to, "");
  }

  String bye(String to) {
    return request("BYE", "BYE", 2, to, "");
  }

  /// Of a call that rings; its branch is that of the INVITE (RFC 3261 9.1).
  String cancel() {
    return request("CANCEL", "INVITE", 1, callee(), "");
  }

  private String callee() {
    return "To: <sip:" + user + "@127.0.0.1>";
  }

  private String request(String method, String branch, int cseq, String to, String sdp) {
    String head =
        """
        %1$s sip:%2$s@127.0.0.1:%3$d SIP/2.0
        Via: SIP/2.0/UDP 127.0.0.1:%4$d;branch=z9hG4bK%9$s%5$s;rport
        From: <sip:bench@127.0.0.1:%4$d>;tag=b%5$s
        %6$s
        Call-ID: %5$s
        CSeq: %7$d %1$s
        Contact: <sip:bench@127.0.0.1:%4$d>
        Max-Forwards: 70
        Content-Type: application/sdp
        Content-Length: %8$d

        """
            .formatted(method, user, serverPort, ownPort, id, to, cseq, sdp.length(), branch);
    return head.replace("\n", "\r\n") + sdp;
  }
}
