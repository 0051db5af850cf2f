package io.tipring.wire.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.wire.Rfc;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import org.junit.jupiter.api.Test;

class TransactionKeyTest {
  private static final SipRequest INVITE = Messages.request("INVITE");

  @Test
  @Rfc("3261 17.2.3")
  void anAckAndACancelFindTheirInvite() {
    assertThat(ServerKey.of(Messages.request("ACK"))).isEqualTo(ServerKey.of(INVITE));
    assertThat(ServerKey.cancelledBy(Messages.request("CANCEL"))).isEqualTo(ServerKey.of(INVITE));
    assertThat(ServerKey.of(Messages.request("CANCEL"))).isNotEqualTo(ServerKey.of(INVITE));
  }

  @Test
  @Rfc("3261 17.2.3")
  void theSameBranchFromAnotherClientIsAnotherTransaction() {
    SipRequest other = Messages.request("INVITE", "SIP/2.0/UDP 192.0.2.3;branch=z9hG4bKone");
    assertThat(ServerKey.of(other)).isNotEqualTo(ServerKey.of(INVITE));
  }

  @Test
  @Rfc("3261 18.1.1")
  void thePortOfSentByIs5060WhenItIsLeftOut() {
    SipRequest same = Messages.request("INVITE", "SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bKone");
    assertThat(ServerKey.of(same)).isEqualTo(ServerKey.of(INVITE));
  }

  @Test
  @Rfc("3261 17.2.3")
  @Rfc("3261 8.1.1.7")
  void aClientOfRfc2543IsKnownByItsFieldsAndNotByItsBranch() {
    SipRequest invite = Messages.request("INVITE", "SIP/2.0/UDP 192.0.2.2;branch=1");
    SipRequest ack = Messages.request("ACK", "SIP/2.0/UDP 192.0.2.2;branch=1");
    ack = ack.withHeaders(ack.headers().replaced("To", "<sip:us@192.0.2.1>;tag=ours"));
    assertThat(ServerKey.of(ack)).isEqualTo(ServerKey.of(invite));
    SipRequest next = invite.withHeaders(invite.headers().replaced("CSeq", "8 INVITE"));
    assertThat(ServerKey.of(next)).isNotEqualTo(ServerKey.of(invite));
  }

  @Test
  @Rfc("3261 17.1.3")
  void aResponseFindsItsRequestByBranchAndMethod() {
    SipResponse response = SipResponse.to(INVITE, 200);
    assertThat(ClientKey.of(response)).contains(ClientKey.of(INVITE));
    assertThat(ClientKey.of(SipResponse.to(Messages.request("CANCEL"), 200)).orElseThrow())
        .isEqualTo(new ClientKey("z9hG4bKone", Method.CANCEL));
    assertThat(
            ClientKey.of(SipResponse.to(Messages.request("INVITE", "SIP/2.0/UDP 192.0.2.2"), 200)))
        .isEmpty();
  }

  @Test
  @Rfc("3261 22.1")
  void theAckOfAFailureHasTheCredentialsOfItsInvite() {
    SipRequest invite =
        INVITE.withHeaders(INVITE.headers().with("Authorization", "Digest response=\"1\""));
    SipRequest ack = Requests.ackOfFailure(invite, Messages.response(invite, 486));
    assertThat(ack.headers().first("Authorization")).contains("Digest response=\"1\"");
  }

  @Test
  @Rfc("3261 17.1.1.3")
  void theAckOfAFailureIsMadeFromTheInviteAndTheResponsesTo() {
    SipRequest ack = Requests.ackOfFailure(INVITE, Messages.response(INVITE, 486));
    assertThat(ack.uri()).isEqualTo(INVITE.uri());
    assertThat(ack.headers().vias()).isEqualTo(INVITE.headers().vias());
    assertThat(ack.headers().all("Route")).isEqualTo(INVITE.headers().all("Route"));
    assertThat(ack.headers().to().tag()).contains("ours");
    assertThat(ack.headers().cseq()).hasToString("7 ACK");
  }

  @Test
  @Rfc("3261 9.1")
  void aCancelHasOneViaTheInvitesTopmostAndItsToWithoutTag() {
    SipRequest relayed =
        INVITE.withHeaders(
            INVITE.headers().prepended("Via", "SIP/2.0/TCP proxy.example;branch=z9hG4bKtwo"));
    SipRequest cancel = Requests.cancel(relayed);
    assertThat(cancel.headers().vias()).hasSize(1);
    assertThat(cancel.headers().topVia().branch()).contains("z9hG4bKtwo");
    assertThat(cancel.headers().to().tag()).isEmpty();
    assertThat(cancel.headers().all("Route")).isEqualTo(INVITE.headers().all("Route"));
    assertThat(cancel.headers().cseq()).hasToString("7 CANCEL");
    assertThat(cancel.headers().callId()).isEqualTo(INVITE.headers().callId());
  }
}
