package io.tipring.wire.sdp;

import java.util.List;
import java.util.Optional;

/// The `c=` line: where media is to go (RFC 8866 5.7).
///
/// @param address as written: a literal, a host name, or a multicast group with `/ttl` and `/count`
public record Connection(String netType, String addressType, String address) {
  public static Connection of(IpAddress address) {
    return new Connection("IN", address.family().token(), address.text());
  }

  /// The literal address, without `/ttl`. Empty for a host name, another network, or a literal of
  /// the other family.
  public Optional<IpAddress> literal() {
    int slash = address.indexOf('/');
    return IpAddress.parse(slash < 0 ? address : address.substring(0, slash))
        .filter(ip -> netType.equals("IN") && ip.family().token().equals(addressType));
  }

  SdpLine line() {
    return new SdpLine('c', netType + " " + addressType + " " + address);
  }

  static Connection parse(String value) {
    String[] fields = Fields.split(value, 'c');
    if (fields.length != 3) {
      throw new SdpSyntaxException("c= has " + fields.length + " fields, not 3");
    }
    return new Connection(fields[0], fields[1], fields[2]);
  }

  /// The first `c=` of a section; a second one is a further layer of a multicast (RFC 8866 5.7).
  static Optional<Connection> in(List<SdpLine> lines) {
    for (SdpLine line : lines) {
      if (line.type() == 'c') {
        return Optional.of(parse(line.value()));
      }
    }
    return Optional.empty();
  }
}
