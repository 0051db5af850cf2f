/// What bytes mean: SIP, SDP and RTP as pure values and machines. Knows no socket, thread or clock.
@org.jspecify.annotations.NullMarked
module io.tipring.wire {
  requires static org.jspecify;

  exports io.tipring.wire;
  exports io.tipring.wire.rtp;
  exports io.tipring.wire.sdp;
  exports io.tipring.wire.sip;
  exports io.tipring.wire.sip.dialog;
  exports io.tipring.wire.sip.transaction;
}
