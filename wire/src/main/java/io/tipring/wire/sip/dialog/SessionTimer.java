package io.tipring.wire.sip.dialog;

import io.tipring.wire.sip.Header;
import io.tipring.wire.sip.SipHeaders;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/// Whether the other side is still there (RFC 4028): the refresher sends re-INVITE or UPDATE at
/// half time, the other hangs up when none comes.
sealed interface SessionTimer {
  /// The peer can do without (RFC 4028 7.2).
  record Off() implements SessionTimer {}

  /// @param seconds the interval
  /// @param minSeconds the greatest Min-SE that was heard in this dialog, which our requests must
  ///   repeat (RFC 4028 7.4); 0 for none
  /// @param refresher we are the one who refreshes
  /// @param refreshAtNanos when; never for the other
  /// @param expireAtNanos when we hang up
  record Running(
      int seconds, int minSeconds, boolean refresher, long refreshAtNanos, long expireAtNanos)
      implements SessionTimer {
    Running postponed(long atNanos) {
      return new Running(seconds, minSeconds, refresher, atNanos, expireAtNanos);
    }

    /// RFC 4028 7.4: no shorter than the peer bears.
    Running longer(int leastSeconds, Turn turn) {
      return running(
          Math.max(seconds, leastSeconds), Math.max(minSeconds, leastSeconds), refresher, turn);
    }
  }

  /// The shortest interval that anybody may ask for (RFC 4028 4).
  int LEAST_SECONDS = 90;

  private static Running running(int seconds, int minSeconds, boolean refresher, Turn turn) {
    long nanos = seconds * 1_000_000_000L;
    // RFC 4028 10: the BYE goes out a little before the end, by a third of the interval and 32 s at
    // most.
    long margin = Math.min(32_000_000_000L, nanos / 3);
    long refreshAt = refresher ? turn.nowNanos + nanos / 2 : Long.MAX_VALUE;
    return new Running(seconds, minSeconds, refresher, refreshAt, turn.nowNanos + nanos - margin);
  }

  default long wakeAtNanos() {
    return switch (this) {
      case Off() -> Long.MAX_VALUE;
      case Running running -> Math.min(running.refreshAtNanos(), running.expireAtNanos());
    };
  }

  /// What the peer asks is too short for us (RFC 4028 9). Of a caller that does not know the
  /// extension nothing better would come.
  static boolean tooSmall(SipRequest request, SessionSettings settings) {
    OptionalInt asked = request.headers().seconds("Session-Expires");
    return asked.isPresent()
        && asked.getAsInt() < settings.minSeSeconds()
        && supports(request.headers());
  }

  /// The Min-SE of a 422 (RFC 4028 5).
  static List<Header> minimum(SessionSettings settings) {
    return List.of(minimum(settings.minSeSeconds()));
  }

  private static Header minimum(int seconds) {
    return new Header("Min-SE", Integer.toString(seconds));
  }

  /// What a 2xx of ours starts (RFC 4028 9), where this was before.
  default SessionTimer asUas(SipRequest request, Turn turn) {
    SipHeaders headers = request.headers();
    int asksAtLeast = headers.seconds("Min-SE").orElse(0);
    int min =
        switch (this) {
          case Off() -> asksAtLeast;
          case Running running -> Math.max(running.minSeconds(), asksAtLeast);
        };
    OptionalInt asked = headers.seconds("Session-Expires");
    if (asked.isPresent()) {
      // RFC 4028 9, table 2: the caller may choose; if it does not, we refresh.
      boolean refresher = !refresher(headers).equals("uac");
      return running(bearable(asked.getAsInt(), turn), min, refresher, turn);
    }
    int ours = turn.settings.sessionExpiresSeconds();
    return ours == 0
        ? new Off()
        : running(Math.max(ours, Math.max(min, LEAST_SECONDS)), min, true, turn);
  }

  /// What a 2xx of the peer starts (RFC 4028 7.2).
  ///
  /// @param request ours; it says what Min-SE was heard before
  static SessionTimer asUac(SipRequest request, SipResponse success, Turn turn) {
    OptionalInt granted = success.headers().seconds("Session-Expires");
    if (granted.isEmpty()) {
      return new Off();
    }
    int min = request.headers().seconds("Min-SE").orElse(0);
    boolean refresher = !refresher(success.headers()).equals("uas");
    return running(bearable(granted.getAsInt(), turn), min, refresher, turn);
  }

  /// RFC 4028 4: nobody may make us refresh as often as it likes.
  private static int bearable(int seconds, Turn turn) {
    return Math.max(seconds, turn.settings.minSeSeconds());
  }

  /// For our 2xx (RFC 4028 9).
  default List<Header> inSuccess(SipRequest request) {
    return switch (this) {
      case Off() -> List.of();
      case Running running -> {
        var headers = new ArrayList<Header>();
        if (!running.refresher() || supports(request.headers())) {
          headers.add(new Header("Require", "timer"));
        }
        headers.add(expires(running.seconds(), running.refresher() ? "uas" : "uac"));
        yield headers;
      }
    };
  }

  /// For a re-INVITE or UPDATE of ours (RFC 4028 7.4): who refreshes does not change.
  default List<Header> inRequest() {
    return switch (this) {
      case Off() -> List.of();
      case Running running -> {
        Header expires = expires(running.seconds(), running.refresher() ? "uac" : "uas");
        yield running.minSeconds() > LEAST_SECONDS
            ? List.of(expires, minimum(running.minSeconds()))
            : List.of(expires);
      }
    };
  }

  /// For our first INVITE (RFC 4028 7.1).
  static List<Header> inInvite(SessionSettings settings) {
    var headers = new ArrayList<Header>();
    if (settings.sessionExpiresSeconds() > 0) {
      headers.add(
          new Header("Session-Expires", Integer.toString(settings.sessionExpiresSeconds())));
      if (settings.minSeSeconds() > LEAST_SECONDS) {
        headers.addAll(minimum(settings));
      }
    }
    return headers;
  }

  private static Header expires(int seconds, String refresher) {
    return new Header("Session-Expires", seconds + ";refresher=" + refresher);
  }

  private static boolean supports(SipHeaders headers) {
    return Usage.has(headers, "Supported", "timer") || Usage.has(headers, "Require", "timer");
  }

  private static String refresher(SipHeaders headers) {
    String value = headers.first("Session-Expires").orElse("").toLowerCase(Locale.ROOT);
    int at = value.indexOf("refresher");
    String after =
        at < 0 ? "" : value.substring(at + "refresher".length()).replaceAll("[ \\t=]", "");
    return after.startsWith("uac") ? "uac" : after.startsWith("uas") ? "uas" : "";
  }
}
