package io.tipring.app.config;

import java.net.InetAddress;
import java.util.List;

/// What the records of [Config] demand of their values.
final class Checks {
  private Checks() {}

  /// The value of one key will not do.
  static final class Unfit extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String key;
    private final String demand;

    Unfit(String key, String demand) {
      super(key + ": " + demand);
      this.key = key;
      this.demand = demand;
    }

    String key() {
      return key;
    }

    String demand() {
      return demand;
    }
  }

  static void that(boolean fits, String key, String demand) {
    if (!fits) {
      throw new Unfit(key, demand);
    }
  }

  static void within(String key, int value, int least, int most) {
    that(
        value >= least && value <= most,
        key,
        "must be from " + least + " to " + most + ", not " + value);
  }

  /// 0 lets the system choose, which tests want.
  static void port(String key, int port) {
    within(key, port, 0, 65_535);
  }

  /// Secrets never stand in the configuration.
  static void reference(String key, String reference) {
    that(reference.matches("((env|file):.+)?"), key, "must be \"env:NAME\" or \"file:PATH\"");
  }

  static void addresses(String key, List<String> addresses) {
    for (String address : addresses) {
      that(isAddress(address), key, "must hold IPv4 or IPv6 addresses, not \"" + address + "\"");
    }
  }

  static void networks(String key, List<String> networks) {
    for (String network : networks) {
      that(
          isNetwork(network),
          key,
          "must hold networks like \"10.0.0.0/8\", not \"" + network + "\"");
    }
  }

  private static boolean isAddress(String text) {
    return bits(text) > 0;
  }

  private static boolean isNetwork(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !isAddress(text.substring(0, slash))) {
      return false;
    }
    String length = text.substring(slash + 1);
    return length.matches("[0-9]{1,3}")
        && Integer.parseInt(length) <= bits(text.substring(0, slash));
  }

  /// How long the literal address is, 0 when it is none. Names are none: no name server is asked.
  private static int bits(String address) {
    try {
      return InetAddress.ofLiteral(address).getAddress().length * 8;
    } catch (IllegalArgumentException _) {
      return 0;
    }
  }
}
