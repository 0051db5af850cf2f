package io.tipring.app;

import io.tipring.app.builtin.Builtin;
import io.tipring.app.config.Config;
import io.tipring.edge.net.CannotListen;
import java.io.IOException;
import java.lang.management.ManagementFactory;
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
  static String of(IOException failure, Config config) {
    String message = "tipring: " + failure.getMessage();
    if (!(failure instanceof CannotListen taken)) {
      return message;
    }
    boolean http = taken.address().getPort() == config.http().port();
    if (message.contains("in use")) {
      return message
          + "\nSomething else listens there, maybe another exchange. Choose another port: --set "
          + (http ? "http.port=8081" : "sip.port=5080");
    }
    if (message.contains("assign")) {
      return message
          + "\nThis machine has no such address: see "
          + (http ? "http.bind" : "sip.bind");
    }
    return message;
  }

  private static String about(String app) {
    return Builtin.named(app).map(Builtin::about).orElse("");
  }

  private static String list(List<InetSocketAddress> addresses) {
    return addresses.stream().map(CannotListen::shown).collect(Collectors.joining(", "));
  }
}
