package io.tipring.app;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/// A list of networks in CIDR notation (RFC 4632), and whether an address is within one.
record Networks(List<Network> list) {
  /// @param prefix an address within it
  /// @param prefixBits how many of its first bits count
  record Network(InetAddress prefix, int prefixBits) {
    boolean contains(byte[] address) {
      byte[] wanted = prefix.getAddress();
      if (address.length != wanted.length) {
        return false;
      }
      int whole = prefixBits / Byte.SIZE;
      int hostBits = Byte.SIZE - prefixBits % Byte.SIZE;
      return Arrays.equals(address, 0, whole, wanted, 0, whole)
          && (hostBits == Byte.SIZE || ((address[whole] ^ wanted[whole]) & 0xff) >> hostBits == 0);
    }
  }

  /// @param networks each `ADDRESS/LENGTH`, already checked
  static Networks parse(List<String> networks) {
    return new Networks(networks.stream().map(Networks::network).toList());
  }

  private static Network network(String text) {
    int slash = text.indexOf('/');
    return new Network(
        InetAddress.ofLiteral(text.substring(0, slash)),
        Integer.parseInt(text.substring(slash + 1)));
  }

  boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    for (Network network : list) {
      if (network.contains(bytes)) {
        return true;
      }
    }
    return false;
  }
}
