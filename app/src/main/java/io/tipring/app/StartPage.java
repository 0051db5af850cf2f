package io.tipring.app;

import io.tipring.app.builtin.Builtin;
import io.tipring.app.config.Config;
import java.util.Map;

/// The page at `/`: what this is and what to call.
final class StartPage {
  private StartPage() {}

  /// @param sipPort the one that was had; the configured may be 0
  static String of(Config config, int sipPort) {
    StringBuilder rows = new StringBuilder();
    for (Map.Entry<String, String> app : config.apps().entrySet()) {
      rows.append("<tr><td><code>sip:")
          .append(escaped(app.getKey()))
          .append("@this-host:")
          .append(sipPort)
          .append("</code><td>")
          .append(escaped(Builtin.named(app.getValue()).map(Builtin::about).orElse("")))
          .append('\n');
    }
    return """
    <!doctype html>
    <html lang="en">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Tipring</title>
    <style>
      body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem }
      td { padding: 0.2rem 1.5rem 0.2rem 0 }
    </style>
    <h1>Tipring</h1>
    <p>A telephone exchange for applications. Call one with any SIP phone:</p>
    <table>
    %s</table>
    <p>For operators: <a href="/healthz">alive?</a> <a href="/readyz">ready?</a> <a href="/metrics">meters</a></p>
    </html>
    """
        .formatted(rows);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
