package io.tipring.wire.sdp;

import java.util.List;
import java.util.OptionalInt;

/// The `m=` line (RFC 8866 5.14).
///
/// @param media `audio`, `video`, `text`, ...
/// @param port 0 refuses or ends the stream (RFC 3264 5.1, 6)
/// @param portCount the number after the `/`, if one is written
/// @param protocol such as `RTP/AVP`
/// @param formats payload types when the protocol is RTP; empty only when the port is 0
public record MediaLine(
    String media, int port, OptionalInt portCount, String protocol, List<String> formats) {
  public static final int MAX_PORT = 65_535;

  public MediaLine {
    formats = List.copyOf(formats);
  }

  public static MediaLine of(String media, int port, String protocol, List<String> formats) {
    return new MediaLine(media, port, OptionalInt.empty(), protocol, formats);
  }

  /// The same stream, refused: RFC 3264 6 wants media, protocol and formats of the offer.
  public MediaLine refused() {
    return of(media, 0, protocol, formats);
  }

  SdpLine line() {
    StringBuilder value = new StringBuilder(media).append(' ').append(port);
    portCount.ifPresent(count -> value.append('/').append(count));
    value.append(' ').append(protocol);
    formats.forEach(format -> value.append(' ').append(format));
    return new SdpLine('m', value.toString());
  }

  static MediaLine parse(String value) {
    String[] fields = Fields.split(value, 'm');
    if (fields.length < 3) {
      throw new SdpSyntaxException("m= has " + fields.length + " fields, not 4 or more");
    }
    int slash = fields[1].indexOf('/');
    int port =
        Fields.number(slash < 0 ? fields[1] : fields[1].substring(0, slash), MAX_PORT, "m= port");
    OptionalInt count =
        slash < 0
            ? OptionalInt.empty()
            : OptionalInt.of(
                Fields.number(fields[1].substring(slash + 1), MAX_PORT, "m= port count"));
    if (fields.length < 4 && port != 0) {
      throw new SdpSyntaxException("m= names no format");
    }
    return new MediaLine(
        fields[0], port, count, fields[2], List.of(fields).subList(3, fields.length));
  }
}
