package io.tipring.wire.sdp;

import java.util.List;
import java.util.OptionalInt;

/// What we can do with sound, handed in by whoever answers or offers.
///
/// @param encodings in our order of preference, with the payload types we offer them under
/// @param telephoneEvents the payload type we offer RFC 4733 events under; empty when we do not
///   take them
/// @param packetMillis sound per packet that we like to receive and, unless asked otherwise, send
/// @param maxPacketMillis the most sound we put into one packet, a multiple of 10
/// @param direction what we want of the stream: `sendonly` or `inactive` holds the peer
/// @param rtcpMux whether RTCP may share the RTP port (RFC 5761)
/// @param order whose order picks the encoding when we answer
public record Capabilities(
    List<RtpMap> encodings,
    OptionalInt telephoneEvents,
    int packetMillis,
    int maxPacketMillis,
    Direction direction,
    boolean rtcpMux,
    Order order) {
  public enum Order {
    OFFERERS,
    OURS
  }

  public Capabilities {
    encodings = List.copyOf(encodings);
    if (encodings.isEmpty()) {
      throw new IllegalArgumentException("no encoding");
    }
    if (packetMillis < 10
        || packetMillis > maxPacketMillis
        || packetMillis % 10 != 0
        || maxPacketMillis % 10 != 0) {
      throw new IllegalArgumentException(
          "packets of " + packetMillis + " ms, at most " + maxPacketMillis);
    }
  }

  /// The usual telephone: events as 101, 20 ms packets and up to 60, both ways, RTCP multiplexed if
  /// the peer likes, the offerer's order.
  public static Capabilities of(List<RtpMap> encodings) {
    return new Capabilities(
        encodings, OptionalInt.of(101), 20, 60, Direction.SENDRECV, true, Order.OFFERERS);
  }

  public Capabilities withDirection(Direction wanted) {
    return new Capabilities(
        encodings, telephoneEvents, packetMillis, maxPacketMillis, wanted, rtcpMux, order);
  }

  public Capabilities withTelephoneEvents(OptionalInt payloadType) {
    return new Capabilities(
        encodings, payloadType, packetMillis, maxPacketMillis, direction, rtcpMux, order);
  }

  public Capabilities withRtcpMux(boolean allowed) {
    return new Capabilities(
        encodings, telephoneEvents, packetMillis, maxPacketMillis, direction, allowed, order);
  }

  public Capabilities withOrder(Order whose) {
    return new Capabilities(
        encodings, telephoneEvents, packetMillis, maxPacketMillis, direction, rtcpMux, whose);
  }
}
