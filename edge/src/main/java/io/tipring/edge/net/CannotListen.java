package io.tipring.edge.net;

import java.io.IOException;
import java.net.InetSocketAddress;

/// An address could not be had. The cause says why, in the system's words.
public final class CannotListen extends IOException {
  private static final long serialVersionUID = 1;

  private final InetSocketAddress address;

  /// @param transport `UDP` or `TCP`
  public CannotListen(String transport, InetSocketAddress address, Throwable cause) {
    super(
        "cannot listen on " + transport + " " + shown(address) + ": " + cause.getMessage(), cause);
    this.address = address;
  }

  public InetSocketAddress address() {
    return address;
  }

  /// An address as people write it: `10.0.0.1:5060`, `[::1]:5060`, `*:5060` for all of a machine.
  public static String shown(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    if (address.getAddress().isAnyLocalAddress()) {
      host = "*";
    } else if (host.contains(":")) {
      host = "[" + host + "]";
    }
    return host + ":" + address.getPort();
  }
}
