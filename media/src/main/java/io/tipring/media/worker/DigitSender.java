package io.tipring.media.worker;

import io.tipring.media.spec.MediaCommand;
import io.tipring.media.spec.MediaEvent.Ending;
import io.tipring.media.spec.MediaSpec;
import io.tipring.media.tone.Dtmf;
import io.tipring.media.tone.DtmfGenerator;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Presses keys towards the peer, one after the other: as RFC 4733 events when it takes them, else
/// as sound. Owned by the leg's pipeline.
///
/// ```
///  frame      0    1    2    3    4    5    6 ...
///  event     160  320  480  480E 480E  -    -        60 ms key; the end is sent three times (RFC 4733 2.5.1.4)
///  audio      -    -    -    -    -   silence        until the gap is over
/// ```
final class DigitSender {
  private static final int FRAME = Pipeline.FRAME;
  private static final int SAMPLES_PER_MILLI = 8;
  private static final int PAUSE = 500 * SAMPLES_PER_MILLI;

  /// Longer would not fit the 16 bits of an event's duration (RFC 4733 2.3.5).
  private static final int LONGEST_TONE = 8000 * SAMPLES_PER_MILLI;

  /// Shorter is not a key to anyone (ITU-T Q.24: 40 ms).
  private static final int SHORTEST_TONE = 40 * SAMPLES_PER_MILLI;

  private static final int END_PACKETS = 3;
  private static final int MOST_WAITING = 32;

  /// What the frame is used for.
  enum Use {
    /// Nothing to press: the frame is for other sound.
    FREE,
    /// A packet of an event went out in its place.
    EVENT,
    /// The frame holds a key's sound, or the silence between two keys.
    SOUND
  }

  private enum Phase {
    IDLE,
    TONE,
    END,
    GAP
  }

  private final PacketIo io;
  private final Endings endings;
  private final ArrayDeque<MediaCommand.SendDigits> waiting = new ArrayDeque<>();

  private MediaCommand.@Nullable SendDigits current;
  private int at;
  private Phase phase = Phase.IDLE;
  private char key;
  private int length;
  private int elapsed;
  private int endsLeft;
  private boolean asEvents;
  private long beganAt;

  /// Made for the first key that is sent as sound: most legs never send one.
  private @Nullable DtmfGenerator generator;

  DigitSender(PacketIo io, Endings endings) {
    this.io = io;
    this.endings = endings;
  }

  void add(MediaCommand.SendDigits digits) {
    if (waiting.size() >= MOST_WAITING) {
      endings.ended(digits.ref(), Ending.STOPPED);
      return;
    }
    waiting.add(digits);
  }

  /// Whether there was one of that name. A key that is down is let go, with all its end packets.
  boolean stop(String ref) {
    if (current != null && current.ref().equals(ref)) {
      current = null;
      length = Math.min(length, elapsed);
    } else if (!waiting.removeIf(digits -> digits.ref().equals(ref))) {
      return false;
    }
    endings.ended(ref, Ending.STOPPED);
    return true;
  }

  void closeAll() {
    if (current != null) {
      endings.ended(current.ref(), Ending.GONE);
      current = null;
    }
    while (!waiting.isEmpty()) {
      endings.ended(waiting.remove().ref(), Ending.GONE);
    }
  }

  /// Does 20 ms of pressing.
  ///
  /// @param frame all zero; holds sound afterwards when the answer is SOUND
  Use press(long nowNanos, MediaSpec spec, long sampleTime, int[] frame) {
    if (phase == Phase.IDLE && !begin(spec, sampleTime)) {
      return Use.FREE;
    }
    return switch (phase) {
      case TONE -> asEvents ? event(nowNanos, spec) : tone(frame);
      case END -> end(nowNanos, spec);
      case GAP -> gap();
      case IDLE -> Use.FREE;
    };
  }

  /// Takes the next key, of the next command if need be.
  private boolean begin(MediaSpec spec, long sampleTime) {
    while (true) {
      if (current == null) {
        current = waiting.poll();
        at = 0;
        if (current == null) {
          return false;
        }
      }
      if (at < current.digits().length()) {
        char symbol = current.digits().charAt(at++);
        if (symbol == ',') {
          startGap(PAUSE);
          return true;
        }
        if (Dtmf.isKey(symbol)) {
          startTone(symbol, current.toneMillis(), spec, sampleTime);
          return true;
        }
      } else {
        MediaCommand.SendDigits done = current;
        current = null;
        endings.ended(done.ref(), Ending.COMPLETED);
      }
    }
  }

  private void startTone(char symbol, int millis, MediaSpec spec, long sampleTime) {
    phase = Phase.TONE;
    key = symbol;
    length = Math.clamp((long) millis * SAMPLES_PER_MILLI, SHORTEST_TONE, LONGEST_TONE);
    elapsed = 0;
    endsLeft = END_PACKETS;
    asEvents = spec.takesAsEvent(symbol); // RFC 4733 2.4.1: what it did not list it ignores
    beganAt = sampleTime;
    if (!asEvents) {
      generator().press(symbol);
    }
  }

  private void startGap(int samples) {
    phase = samples > 0 ? Phase.GAP : Phase.IDLE;
    length = samples;
    elapsed = 0;
  }

  private Use event(long nowNanos, MediaSpec spec) {
    boolean first = elapsed == 0;
    elapsed += FRAME;
    if (elapsed >= length) {
      phase = Phase.END;
      return end(nowNanos, spec);
    }
    send(nowNanos, spec, first, elapsed, false);
    return Use.EVENT;
  }

  private Use end(long nowNanos, MediaSpec spec) {
    send(nowNanos, spec, false, Math.max(length, FRAME), true);
    if (--endsLeft == 0) {
      startGap(gapAfterKey() - (END_PACKETS - 1) * FRAME);
    }
    return Use.EVENT;
  }

  private void send(long nowNanos, MediaSpec spec, boolean marker, int duration, boolean end) {
    // An answer may have taken events away in the middle of one: then nobody waits for its end.
    if (spec.takesAsEvent(key) && spec.direction().sends()) {
      io.sendEvent(
          nowNanos, spec.telephoneEvents().getAsInt(), marker, beganAt, key, duration, end);
    }
  }

  private Use tone(int[] frame) {
    int n = Math.min(FRAME, length - elapsed);
    if (n > 0) {
      generator().add(frame, 0, n);
    }
    elapsed += FRAME;
    if (elapsed >= length) {
      startGap(gapAfterKey() - (elapsed - length));
    }
    return Use.SOUND;
  }

  private DtmfGenerator generator() {
    DtmfGenerator made = generator == null ? new DtmfGenerator() : generator;
    generator = made;
    return made;
  }

  private int gapAfterKey() {
    return current == null
        ? FRAME
        : Math.min(Math.max(current.gapMillis(), 0), 10_000) * SAMPLES_PER_MILLI;
  }

  private Use gap() {
    elapsed += FRAME;
    if (elapsed >= length) {
      phase = Phase.IDLE;
    }
    return Use.SOUND;
  }
}
