package io.tipring.app;

import io.tipring.api.control.ToApplication.CloseReason;
import io.tipring.core.control.Notice;
import io.tipring.edge.net.Counters;
import io.tipring.edge.sip.door.BoundedLog;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/// Counts what sessions have to tell, and writes down what asks for an operator's hand. An
/// application that is away is told of by each of its calls: so many lines a minute are enough.
final class SessionNotices implements Consumer<Notice> {
  private static final int LINES = 20;
  private static final int MOST_LOGGED = 300; // characters, some of which an application chose

  private final Counters<Notice.What> counters = new Counters<>(Notice.What.class);
  private final BoundedLog log;

  /// @param sink never blocks: it is called on the lane
  SessionNotices(Consumer<String> sink) {
    log = new BoundedLog(sink, LINES, Duration.ofMinutes(1), MOST_LOGGED, System::nanoTime);
  }

  Map<String, Long> counts() {
    return counters.snapshot();
  }

  @Override
  public void accept(Notice notice) {
    counters.count(notice.what());
    String detail = notice.detail();
    switch (notice.what()) {
      case NOT_REACHED -> say(notice, "could not be reached", detail);
      case LOST -> say(notice, "was lost, and is looked for again", detail);
      case REACHED -> {
        if (!detail.isEmpty()) {
          say(notice, "is there again", "");
        }
      }
      case FELL_BACK -> say(notice, "hands over", detail);
      case GIVEN_UP -> say(notice, "is not waited for any longer, the call ends", detail);
      case DROPPED -> say(notice, "was not told of some events", detail);
      case ENDED -> {
        if (detail.equals(CloseReason.TOO_MANY_ERRORS.name())) {
          say(notice, "sent too much that cannot be understood", "");
        }
      }
      case NOT_UNDERSTOOD, DONE -> {}
    }
  }

  private void say(Notice notice, String what, String detail) {
    log.say(
        "application %s (%s) of %s %s%s"
            .formatted(
                notice.application(),
                notice.url().getRawAuthority(),
                notice.call().value(),
                what,
                detail.isEmpty() ? "" : ": " + detail));
  }
}
