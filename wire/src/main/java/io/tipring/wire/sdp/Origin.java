package io.tipring.wire.sdp;

import java.math.BigInteger;

/// The `o=` line: who made the session, and which version of it this is (RFC 8866 5.2).
///
/// @param sessionId decimal digits; some peers write more than 64 bits
/// @param version decimal digits, as `sessionId`
public record Origin(
    String username,
    String sessionId,
    String version,
    String netType,
    String addressType,
    String address) {

  /// Ours, first version.
  public static Origin of(long sessionId, IpAddress address) {
    return new Origin(
        "-", Long.toUnsignedString(sessionId), "1", "IN", address.family().token(), address.text());
  }

  /// The same session, one version on (RFC 3264 8).
  public Origin next() {
    return new Origin(
        username,
        sessionId,
        new BigInteger(version).add(BigInteger.ONE).toString(),
        netType,
        addressType,
        address);
  }

  SdpLine line() {
    return new SdpLine(
        'o', String.join(" ", username, sessionId, version, netType, addressType, address));
  }

  static Origin parse(String value) {
    String[] fields = Fields.split(value, 'o');
    if (fields.length != 6) {
      throw new SdpSyntaxException("o= has " + fields.length + " fields, not 6");
    }
    return new Origin(
        fields[0],
        Fields.digits(fields[1], "o= session id"),
        Fields.digits(fields[2], "o= version"),
        fields[3],
        fields[4],
        fields[5]);
  }
}
