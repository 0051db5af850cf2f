package io.tipring.testkit.phone;

import io.tipring.wire.sip.SipMessage;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import java.util.Locale;
import java.util.function.Consumer;

/// The messages of a phone as a picture in text, one line each, with the seconds since the first;
/// and when the first sound came.
///
/// ```
///    0.000  --> INVITE sip:echo@127.0.0.1
///    0.004  <-- 100 Trying (INVITE)
///    0.006  <-- 200 OK (INVITE)
///    0.007  --> ACK sip:127.0.0.1:5060
///    0.021      (sound)
/// ```
public final class Ladder {
  private final Consumer<String> lines;
  private long firstNanos;
  private boolean begun;

  public Ladder(Consumer<String> lines) {
    this.lines = lines;
  }

  /// One that nobody looks at.
  public static Ladder unseen() {
    return new Ladder(_ -> {});
  }

  void sent(long nowNanos, SipMessage message) {
    line(nowNanos, "--> " + text(message));
  }

  void received(long nowNanos, SipMessage message) {
    line(nowNanos, "<-- " + text(message));
  }

  void noted(long nowNanos, String what) {
    line(nowNanos, "    " + what);
  }

  private void line(long nowNanos, String what) {
    if (!begun) {
      begun = true;
      firstNanos = nowNanos;
    }
    lines.accept(String.format(Locale.ROOT, "%9.3f  %s", (nowNanos - firstNanos) / 1e9, what));
  }

  private static String text(SipMessage message) {
    return switch (message) {
      case SipRequest request -> request.method().token() + ' ' + request.uri();
      case SipResponse response ->
          response.status()
              + " "
              + response.reason()
              + " ("
              + response.headers().cseq().method().token()
              + ')';
    };
  }
}
