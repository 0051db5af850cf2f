package io.tipring.testkit.net;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/// One UDP datagram as its receiver sees it.
///
/// @param payload at most 65,507 bytes; nobody changes them
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record Datagram(InetSocketAddress from, InetSocketAddress to, byte[] payload) {
  /// Whether it is text that begins so: `ACK `, `SIP/2.0 200`.
  public boolean startsWith(String text) {
    byte[] start = text.getBytes(StandardCharsets.US_ASCII);
    return payload.length >= start.length
        && Arrays.equals(start, 0, start.length, payload, 0, start.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Datagram that
        && from.equals(that.from)
        && to.equals(that.to)
        && Arrays.equals(payload, that.payload);
  }

  @Override
  public int hashCode() {
    return Objects.hash(from, to, Arrays.hashCode(payload));
  }

  @Override
  public String toString() {
    return from + " -> " + to + " " + payload.length + " bytes";
  }
}
