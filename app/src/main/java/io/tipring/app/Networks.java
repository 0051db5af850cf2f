package io.tipring.app;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.List;

/// A list of networks in CIDR notation (RFC 4632), and whether an address is within one.
record Networks(List<Network> list) {
  /// @param addressBits 32 or 128
  /// @param hostBits how many of them count hosts
  record Network(int addressBits, int hostBits, BigInteger prefix) {
    boolean contains(byte[] address) {
      return address.length * 8 == addressBits
          && new BigInteger(1, address).shiftRight(hostBits).equals(prefix);
    }
  }

  /// @param networks each `ADDRESS/LENGTH`, already checked
  static Networks parse(List<String> networks) {
    return new Networks(networks.stream().map(Networks::network).toList());
  }

  private static Network network(String text) {
    int slash = text.indexOf('/');
    byte[] address = InetAddress.ofLiteral(text.substring(0, slash)).getAddress();
    int hostBits = address.length * 8 - Integer.parseInt(text.substring(slash + 1));
    return new Network(
        address.length * 8, hostBits, new BigInteger(1, address).shiftRight(hostBits));
  }

  boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    return list.stream().anyMatch(network -> network.contains(bytes));
  }
}
