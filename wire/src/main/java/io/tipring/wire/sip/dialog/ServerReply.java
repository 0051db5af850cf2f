package io.tipring.wire.sip.dialog;

import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.transaction.ServerKey;

/// A response and the transaction that it answers.
record ServerReply(ServerKey ref, SipResponse response) {}
