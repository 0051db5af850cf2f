package io.tipring.wire.sdp;

import io.tipring.wire.sdp.Judgement.Refused;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Holds one stream of a peer's description against what we can do.
final class StreamJudge {
  sealed interface Result {}

  record Agreed(NegotiatedAudio audio) implements Result {}

  record Not(Refused why) implements Result {}

  private StreamJudge() {}

  static Result judge(SessionDescription theirs, MediaDescription stream, Capabilities ours) {
    // RTP/AVPF is the same on the wire as long as no feedback message is agreed on (RFC 4585 3.1).
    String protocol = stream.line().protocol();
    if (!protocol.equals("RTP/AVP") && !protocol.equals("RTP/AVPF")) {
      return no(Refused.TRANSPORT_PROTOCOL, "Only RTP/AVP is available here");
    }
    Optional<Connection> connection = theirs.connectionOf(stream);
    if (connection.isEmpty()) {
      return no(Refused.MISCELLANEOUS, "There is no c= line");
    }
    if (!connection.get().netType().equals("IN")) {
      return no(Refused.NETWORK_PROTOCOL, "Only network type IN is available here");
    }
    Optional<IpAddress> address = connection.get().literal();
    if (address.isEmpty()) {
      return no(Refused.ADDRESS_FORMAT, "c= is not a literal IP4 or IP6 address");
    }
    if (address.get().isMulticast()) {
      return no(Refused.MULTICAST, "Multicast is not available here");
    }
    List<RtpMap> maps = stream.rtpMaps();
    Optional<RtpMap> encoding = encoding(maps, ours);
    if (encoding.isEmpty()) {
      return no(Refused.MEDIA_FORMAT, "None of the offered encodings is available here");
    }
    OptionalInt events = events(maps, encoding.get(), ours);
    return new Agreed(
        new NegotiatedAudio(
            encoding.get(),
            events,
            events.isPresent() ? EventList.keys(stream.fmtp(events.getAsInt())) : List.of(),
            packetMillis(stream, ours),
            direction(theirs.directionOf(stream), address.get(), ours),
            address.get(),
            stream.line().port(),
            rtcpPort(stream, ours)));
  }

  private static Result no(int code, String why) {
    return new Not(new Refused(code, why));
  }

  private static Optional<RtpMap> encoding(List<RtpMap> maps, Capabilities ours) {
    return switch (ours.order()) {
      case OFFERERS -> {
        for (RtpMap theirs : maps) {
          if (among(ours.encodings(), theirs).isPresent()) {
            yield Optional.of(theirs);
          }
        }
        yield Optional.empty();
      }
      case OURS -> {
        for (RtpMap mine : ours.encodings()) {
          Optional<RtpMap> theirs = among(maps, mine);
          if (theirs.isPresent()) {
            yield theirs;
          }
        }
        yield Optional.empty();
      }
    };
  }

  private static Optional<RtpMap> among(List<RtpMap> maps, RtpMap wanted) {
    for (RtpMap map : maps) {
      if (map.sameEncoding(wanted)) {
        return Optional.of(map);
      }
    }
    return Optional.empty();
  }

  private static OptionalInt events(List<RtpMap> maps, RtpMap encoding, Capabilities ours) {
    if (ours.telephoneEvents().isEmpty()) {
      return OptionalInt.empty();
    }
    // RFC 4733 2.5.1.1: events share the clock of the sound beside them; an offer may list several
    // rates.
    for (RtpMap map : maps) {
      if (map.isTelephoneEvent() && map.clockHz() == encoding.clockHz()) {
        return OptionalInt.of(map.payloadType());
      }
    }
    return OptionalInt.empty();
  }

  /// `ptime` is what the peer wishes to receive, `maxptime` what it can take (RFC 3264 6.1, RFC
  /// 8866 6.4).
  private static int packetMillis(MediaDescription stream, Capabilities ours) {
    int wish = stream.ptime().orElse(ours.packetMillis());
    int most = Math.min(stream.maxptime().orElse(ours.maxPacketMillis()), ours.maxPacketMillis());
    return Math.max(10, Math.min(wish, most) / 10 * 10);
  }

  private static Direction direction(Direction theirs, IpAddress address, Capabilities ours) {
    Direction both = theirs.reversed().and(ours.direction());
    // RFC 3264 8.4: hold as RFC 2543 did it; neither RTP nor RTCP goes to an unspecified address.
    return address.isUnspecified() ? both.and(Direction.RECVONLY) : both;
  }

  private static int rtcpPort(MediaDescription stream, Capabilities ours) {
    int rtp = stream.line().port();
    if (stream.rtcpMux() && ours.rtcpMux()) {
      return rtp;
    }
    // RFC 3550 11, RFC 3605 2.1. Above the last port there is no pair, so RTCP shares what there
    // is.
    return stream.rtcpPort().orElse(Math.min(rtp + 1, MediaLine.MAX_PORT));
  }
}
