/// RTP and RTCP (RFC 3550) and telephone events (RFC 4733): packets, statistics, and the machine
/// that hears keys. Reading allocates nothing on the way of sound; RTCP, which is rare, is records.
package io.tipring.wire.rtp;
