package io.tipring.app;

import io.tipring.app.builtin.Builtin;
import io.tipring.app.config.Config;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What the start prints.
final class Banner {
  private static final int STANDARD_SIP_PORT = 5060;

  private Banner() {}

  static String of(Wiring exchange, Config config) {
    StringBuilder out = new StringBuilder("Tipring listens on\n");
    out.append("  SIP   ").append(list(exchange.udpAddresses())).append(" UDP");
    if (!exchange.tcpAddresses().isEmpty()) {
      out.append(", ").append(list(exchange.tcpAddresses())).append(" TCP");
    }
    out.append(config.sip().openToAll() ? "\n" : "  (for local networks, see [sip] public)\n");
    out.append("  HTTP  ").append(list(exchange.httpAddresses())).append('\n');
    out.append("Call\n");
    int sipPort = exchange.udpAddresses().getFirst().getPort();
    String port = sipPort == STANDARD_SIP_PORT ? "" : ":" + sipPort;
    for (Map.Entry<String, String> app : config.apps().entrySet()) {
      out.append("  sip:%s@127.0.0.1%s  %s%n".formatted(app.getKey(), port, about(app.getValue())));
    }
    long started = ManagementFactory.getRuntimeMXBean().getStartTime();
    return out.append("ready in ")
        .append(System.currentTimeMillis() - started)
        .append(" ms\n")
        .toString();
  }

  /// A start that failed, and what to do.
  static String of(IOException failure) {
    String message = "tipring: " + failure.getMessage();
    if (failure.getCause() instanceof BindException bind) {
      message +=
          ": "
              + bind.getMessage()
              + "\nSomething else listens there, maybe another exchange. Choose other ports with --set sip.port=5080 --set http.port=8081";
    } else if (failure.getCause() != null) {
      message += ": " + failure.getCause();
    }
    return message;
  }

  private static String about(String app) {
    return Builtin.named(app).map(Builtin::about).orElse("");
  }

  private static String list(List<InetSocketAddress> addresses) {
    return addresses.stream()
        .map(address -> {
          String host = address.getAddress().getHostAddress();
          String shown =
              address.getAddress().isAnyLocalAddress()
                  ? "*"
                  : host.contains(":") ? "[" + host + "]" : host;
          return shown + ":" + address.getPort();
        })
        .collect(Collectors.joining(", "));
  }
}
