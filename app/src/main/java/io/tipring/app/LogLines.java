package io.tipring.app;

/// One line per log record, on standard error: time, level, logger, message.
final class LogLines {
  private LogLines() {}

  /// Before the first logger is made, unless the operator brings a logging configuration of their
  /// own. Whose handlers these are, nobody who logs waits for them.
  static LogQueue install() {
    if (System.getProperty("java.util.logging.config.file") == null
        && System.getProperty("java.util.logging.SimpleFormatter.format") == null) {
      System.setProperty(
          "java.util.logging.SimpleFormatter.format",
          "%1$tFT%1$tT.%1$tL%1$tz %4$-7s %3$s: %5$s%6$s%n");
    }
    return LogQueue.install();
  }
}
