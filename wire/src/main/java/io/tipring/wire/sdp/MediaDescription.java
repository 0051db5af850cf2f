package io.tipring.wire.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// One `m=` line and the lines below it.
///
/// Attributes are read when asked for, and a malformed one reads as absent: a peer's slip in an
/// attribute is no reason to lose the call.
public record MediaDescription(MediaLine line, List<SdpLine> lines) {
  public MediaDescription {
    lines = List.copyOf(lines);
  }

  /// The stream's own `c=`; without one the session's counts.
  public Optional<Connection> connection() {
    return Connection.in(lines);
  }

  public List<Attribute> attributes() {
    return Attribute.allOf(lines);
  }

  /// The values of every `a=name`, in order; `""` for one without value.
  public List<String> attributes(String name) {
    return Attribute.values(lines, name);
  }

  public Optional<String> attribute(String name) {
    return Attribute.first(lines, name);
  }

  public boolean has(String name) {
    return Attribute.first(lines, name).isPresent();
  }

  /// The stream's own direction; without one the session's counts.
  public Optional<Direction> direction() {
    return Direction.in(lines);
  }

  /// What each format of the `m=` line carries, in its order: by `a=rtpmap`, else by RFC 3551.
  /// Formats that mean nothing are left out.
  public List<RtpMap> rtpMaps() {
    List<RtpMap> written = new ArrayList<>();
    for (String value : attributes("rtpmap")) {
      RtpMap.parse(value).ifPresent(written::add);
    }
    List<RtpMap> maps = new ArrayList<>();
    for (String format : line.formats()) {
      if (Fields.isDigits(format) && format.length() <= 3) {
        meaning(Integer.parseInt(format), written).ifPresent(maps::add);
      }
    }
    return List.copyOf(maps);
  }

  private static Optional<RtpMap> meaning(int payloadType, List<RtpMap> written) {
    for (RtpMap map : written) {
      if (map.payloadType() == payloadType) {
        return Optional.of(map);
      }
    }
    return RtpMap.ofStatic(payloadType);
  }

  /// The parameters of `a=fmtp:<payloadType> ...`.
  public Optional<String> fmtp(int payloadType) {
    String prefix = payloadType + " ";
    return attributes("fmtp").stream()
        .filter(value -> value.startsWith(prefix))
        .map(value -> value.substring(prefix.length()))
        .findFirst();
  }

  /// `a=ptime`: sound per packet that the writer wants to receive, milliseconds.
  public OptionalInt ptime() {
    return millis("ptime");
  }

  /// `a=maxptime`: the most sound the writer takes in one packet, milliseconds.
  public OptionalInt maxptime() {
    return millis("maxptime");
  }

  /// The port of `a=rtcp` (RFC 3605).
  public OptionalInt rtcpPort() {
    return attribute("rtcp")
        .map(value -> positive(value.split(" ", 2)[0], MediaLine.MAX_PORT))
        .orElse(OptionalInt.empty());
  }

  /// `a=rtcp-mux` (RFC 5761 5.1.1).
  public boolean rtcpMux() {
    return has("rtcp-mux");
  }

  private OptionalInt millis(String name) {
    // A whole number by RFC 8866 6.4; some write 20.0.
    return attribute(name)
        .map(value -> positive(value.strip().split("\\.", 2)[0], 10_000))
        .orElse(OptionalInt.empty());
  }

  private static OptionalInt positive(String text, int max) {
    if (!Fields.isDigits(text) || text.length() > 9) {
      return OptionalInt.empty();
    }
    int number = Integer.parseInt(text);
    return number >= 1 && number <= max ? OptionalInt.of(number) : OptionalInt.empty();
  }
}
