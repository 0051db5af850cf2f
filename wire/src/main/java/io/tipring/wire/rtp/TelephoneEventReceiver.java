package io.tipring.wire.rtp;

import java.util.stream.Stream;

/// Hears keys in a stream of telephone-event packets (RFC 4733 §2.5.2) and reports each once, in
/// the order of their timestamps.
///
/// A key is known by its event code and the timestamp at which it began, never by the marker bit,
/// so that it survives the loss of its first packets, of its last ones, or of all but one; the
/// copies of the last packet (§2.5.1.4) and whatever comes late fall on the memory of it. A key
/// longer than 65,535 ticks comes as segments, each beginning where the one before ended
/// (§2.5.1.3): these are one key.
///
/// Reported is a key when its end was heard, when nothing more came of it for 300 ms, or 5 s after
/// it began; before that its beginning, with the first packet that was heard of it. Owned by one
/// worker; allocates nothing while it runs.
public final class TelephoneEventReceiver {
  private static final long SILENCE_NANOS = 300_000_000L;
  private static final long LONGEST_NANOS = 5_000_000_000L;

  /// Keys remembered: at 10 a second, what is over a second late is taken for noise.
  private static final int MEMORY = 16;

  /// Segments that may be lost between two that belong together: half a minute at 8 kHz.
  private static final int MAX_SEGMENTS_APART = 4;

  private final int clockHz;

  /// Room for them, made for the first key: most streams never carry one.
  private Press[] presses = {};

  private int count;
  private int unreported;
  private boolean forgot;
  private long forgottenStart;

  /// Takes what was heard.
  @FunctionalInterface
  public interface Keys {
    /// A key is down. Told once, before it is told whole; in the order in which packets come.
    default void began(char key) {}

    /// @param key one of `0-9*#A-D`
    void key(char key, int durationMillis);
  }

  private static final class Press {
    private int event;

    /// Timestamp of the first segment that was heard.
    private long start;

    /// Timestamp of the last segment that was heard.
    private long lastStart;

    private long highestSequence;

    /// The duration field as last seen in the last segment.
    private int field;

    /// Added to the field when a sender lets it wrap instead of beginning a segment.
    private long wrapped;

    /// From `start`, ticks.
    private long duration;

    private long beganNanos;
    private long heardNanos;
    private boolean ended;
    private boolean reported;
  }

  public TelephoneEventReceiver(int clockHz) {
    this.clockHz = clockHz;
  }

  /// Takes the payload of one packet; anything in it that is not a key is passed over.
  ///
  /// @param sequence extended over wraps
  /// @param timestamp extended over wraps
  public void on(
      long nowNanos,
      long sequence,
      long timestamp,
      boolean marker,
      byte[] buffer,
      int offset,
      int length,
      Keys keys) {
    long start = timestamp;
    // RFC 4733 2.5.1.5: several events in one packet, each beginning where the one before ended.
    for (int at = offset;
        at + TelephoneEvent.LENGTH <= offset + length;
        at += TelephoneEvent.LENGTH) {
      int event = TelephoneEvent.event(buffer, at);
      int field = TelephoneEvent.duration(buffer, at);
      if (TelephoneEvent.isKey(event)) {
        onKey(
            nowNanos, sequence, start, marker, event, field, TelephoneEvent.end(buffer, at), keys);
      }
      start += field;
    }
    tick(nowNanos, keys);
  }

  private void onKey(
      long nowNanos,
      long sequence,
      long start,
      boolean marker,
      int event,
      int field,
      boolean end,
      Keys keys) {
    int index = find(event, start, sequence, marker);
    if (index < 0 && forgot && start <= forgottenStart) {
      return;
    }
    Press press = index < 0 ? begin(nowNanos, event, start, sequence, keys) : presses[index];
    if (start > press.lastStart) {
      press.lastStart = start;
      press.field = 0;
      press.wrapped = 0;
    }
    if (start < press.start) {
      press.duration += press.start - start;
      press.start = start;
    }
    if (start == press.lastStart
        && sequence > press.highestSequence
        && field < press.field - 0x8000) {
      press.wrapped += 0x1_0000;
    }
    if (sequence >= press.highestSequence) {
      press.highestSequence = sequence;
      press.field = field;
    }
    press.heardNanos = nowNanos;
    press.duration = Math.max(press.duration, start - press.start + press.wrapped + field);
    press.ended |= end;
    if (end && !press.reported) {
      report(press, keys);
    }
  }

  /// Which press a packet belongs to, -1 for a new one.
  private int find(int event, long start, long sequence, boolean marker) {
    for (int i = count - 1; i >= 0; i--) {
      Press press = presses[i];
      if (press.event == event
          && ((start >= press.start && start <= press.lastStart)
              || isSegmentOf(press, start)
              || goesOn(press, start, sequence, marker))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isSegmentOf(Press press, long start) {
    long apart = start > press.lastStart ? start - press.lastStart : press.start - start;
    boolean mayBe = start < press.start || !press.ended;
    return mayBe
        && apart % TelephoneEvent.MAX_DURATION == 0
        && apart / TelephoneEvent.MAX_DURATION <= MAX_SEGMENTS_APART;
  }

  /// Some senders let the timestamp run within one key. The very next packet, without a marker and
  /// without an end before it, cannot be another press: three end packets would lie between.
  private static boolean goesOn(Press press, long start, long sequence, boolean marker) {
    return !press.ended
        && !marker
        && sequence == press.highestSequence + 1
        && start > press.lastStart
        && start - press.lastStart <= TelephoneEvent.MAX_DURATION;
  }

  private Press begin(long nowNanos, int event, long start, long sequence, Keys keys) {
    if (presses.length == 0) {
      presses = Stream.generate(Press::new).limit(MEMORY).toArray(Press[]::new);
    }
    if (count == MEMORY) {
      forgetEarliest(keys);
    }
    Press press = presses[count++];
    press.event = event;
    press.start = start;
    press.lastStart = start;
    press.highestSequence = sequence;
    press.field = 0;
    press.wrapped = 0;
    press.duration = 0;
    press.beganNanos = nowNanos;
    press.ended = false;
    press.reported = false;
    unreported++;
    keys.began(TelephoneEvent.keyOf(event));
    return press;
  }

  private void forgetEarliest(Keys keys) {
    int earliest = 0;
    for (int i = 1; i < count; i++) {
      if (presses[i].start < presses[earliest].start) {
        earliest = i;
      }
    }
    Press gone = presses[earliest];
    if (!gone.reported) {
      report(gone, keys);
    }
    forgottenStart = forgot ? Math.max(forgottenStart, gone.lastStart) : gone.lastStart;
    forgot = true;
    count--;
    presses[earliest] = presses[count];
    presses[count] = gone;
  }

  /// Whether a key is held of which the end is not known: only then does [#tick] have something to
  /// do.
  public boolean isHolding() {
    return unreported > 0;
  }

  /// Reports what has ended by silence or by its length. Called at least every 20 ms.
  public void tick(long nowNanos, Keys keys) {
    if (unreported == 0) {
      return;
    }
    for (int i = 0; i < count; i++) {
      Press press = presses[i];
      if (!press.reported
          && (nowNanos - press.heardNanos >= SILENCE_NANOS
              || nowNanos - press.beganNanos >= LONGEST_NANOS)) {
        report(press, keys);
      }
    }
  }

  /// The stream has ended or begins anew: reports what is held and forgets everything.
  public void restart(Keys keys) {
    for (int i = 0; i < count; i++) {
      if (!presses[i].reported) {
        report(presses[i], keys);
      }
    }
    count = 0;
    forgot = false;
  }

  /// Keys come in the order in which they began: those before `press` that still wait for their end
  /// go first.
  private void report(Press press, Keys keys) {
    while (true) {
      Press earliest = press;
      for (int i = 0; i < count; i++) {
        if (!presses[i].reported && presses[i].start < earliest.start) {
          earliest = presses[i];
        }
      }
      earliest.reported = true;
      unreported--;
      keys.key(TelephoneEvent.keyOf(earliest.event), (int) (earliest.duration * 1000 / clockHz));
      if (earliest == press) {
        return;
      }
    }
  }
}
