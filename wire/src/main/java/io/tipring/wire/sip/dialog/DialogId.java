package io.tipring.wire.sip.dialog;

/// What identifies a dialog (RFC 3261 12). A peer of RFC 2543 has an empty tag.
public record DialogId(String callId, String localTag, String remoteTag) {}
