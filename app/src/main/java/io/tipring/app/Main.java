package io.tipring.app;

import io.tipring.app.config.Config;
import io.tipring.app.config.ConfigException;
import io.tipring.app.config.TomlPrinter;
import java.io.IOException;

/// Starts the exchange, or prints the configuration it would start with. `./tipring` calls it.
public final class Main {
  // docs/operations.md lists them.
  private static final int EXIT_CANNOT_START = 1;
  private static final int EXIT_BAD_SETTING = 2;

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    LogQueue log = LogLines.install();
    try {
      Arguments arguments = Arguments.parse(args);
      Config config = arguments.config();
      switch (arguments.command()) {
        case RUN -> run(config, log);
        case CONFIG -> System.out.print(TomlPrinter.print(config));
      }
    } catch (Arguments.Unusable | ConfigException e) {
      fail(EXIT_BAD_SETTING, String.valueOf(e.getMessage()));
    }
  }

  private static void run(Config config, LogQueue log) throws InterruptedException {
    Wiring exchange;
    try {
      exchange = Wiring.start(config, log);
    } catch (IOException e) {
      fail(EXIT_CANNOT_START, Banner.of(e, config));
      return;
    }
    Shutdown shutdown = Shutdown.onSignal(exchange, config.shutdown());
    System.out.print(Banner.of(exchange, config));
    exchange.warmUp();
    shutdown.await();
  }

  private static void fail(int status, String message) {
    System.err.println(message);
    System.exit(status);
  }
}
