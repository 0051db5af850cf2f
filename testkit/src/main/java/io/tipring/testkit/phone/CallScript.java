package io.tipring.testkit.phone;

import io.tipring.core.lane.Lane;
import io.tipring.media.spec.Source;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// What to do with a call from its beginning to its end, without anybody at the phone: play, press,
/// hang up.
///
/// @param source what to play as soon as there is sound
/// @param keys to press half a second after the answer
/// @param patience give up when nobody has answered by then
/// @param duration hang up so long after the answer
/// @param whenOver is told once, on the lane, after the call has ended or should have
public record CallScript(
    Optional<Source> source,
    String keys,
    Duration patience,
    Duration duration,
    Consumer<PhoneCall> whenOver) {
  private static final Duration BEFORE_KEYS = Duration.ofMillis(500);
  private static final Duration GLANCE = Duration.ofMillis(20);

  /// The answer to a BYE is on its way, and belongs on the ladder.
  private static final Duration LAST_WORD = Duration.ofMillis(100);

  /// A BYE that nobody answers is given up by the phone itself after 32 s; a CANCEL likewise.
  private static final Duration LEAVE = Duration.ofSeconds(34);

  /// Follows `call` until it is over. On the lane.
  public void run(Lane lane, PhoneCall call) {
    source.ifPresent(call::play);
    glance(lane, call, lane.nowNanos() + patience.toNanos());
  }

  private void glance(Lane lane, PhoneCall call, long giveUpNanos) {
    if (call.isEnded()) {
      over(lane, call);
    } else if (call.isAnswered()) {
      answered(lane, call);
    } else if (lane.nowNanos() >= giveUpNanos) {
      leave(lane, call);
    } else {
      later(lane, GLANCE, () -> glance(lane, call, giveUpNanos));
    }
  }

  private void answered(Lane lane, PhoneCall call) {
    if (!keys.isEmpty()) {
      later(
          lane,
          BEFORE_KEYS,
          () -> {
            if (!call.isEnded() && call.hasSound()) {
              call.press(keys);
            }
          });
    }
    long hangUpNanos = lane.nowNanos() + duration.toNanos();
    talk(lane, call, hangUpNanos);
  }

  private void talk(Lane lane, PhoneCall call, long hangUpNanos) {
    if (call.isEnded()) {
      over(lane, call);
    } else if (lane.nowNanos() >= hangUpNanos) {
      leave(lane, call);
    } else {
      later(lane, GLANCE, () -> talk(lane, call, hangUpNanos));
    }
  }

  private void leave(Lane lane, PhoneCall call) {
    call.hangUp();
    // RFC 3261 9.1: nobody can be told as long as nobody has said anything.
    boolean deaf = call.statuses().isEmpty();
    await(lane, call, lane.nowNanos() + (deaf ? GLANCE : LEAVE).toNanos());
  }

  private void await(Lane lane, PhoneCall call, long deadlineNanos) {
    if (call.isEnded() || lane.nowNanos() >= deadlineNanos) {
      over(lane, call);
    } else {
      later(lane, GLANCE, () -> await(lane, call, deadlineNanos));
    }
  }

  private void over(Lane lane, PhoneCall call) {
    later(lane, LAST_WORD, () -> whenOver.accept(call));
  }

  private static void later(Lane lane, Duration delay, Runnable then) {
    lane.wakeAt(lane.nowNanos() + delay.toNanos(), Phone.RESOURCE, then);
  }
}
