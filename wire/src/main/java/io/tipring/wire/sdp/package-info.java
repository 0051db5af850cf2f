/// Session descriptions (RFC 8866) and the offer/answer model over them (RFC 3264). Everything here
/// is an immutable value and belongs to any thread.
package io.tipring.wire.sdp;
