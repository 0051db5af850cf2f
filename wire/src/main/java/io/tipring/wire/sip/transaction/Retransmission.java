package io.tipring.wire.sip.transaction;

/// When to send a message again, and when to stop hoping. Over a reliable transport only the
/// deadline is left.
///
/// @param atNanos when to send next, `Long.MAX_VALUE` for never
/// @param everyNanos the interval that ends at `atNanos`
/// @param giveUpAtNanos the deadline
public record Retransmission(long atNanos, long everyNanos, long giveUpAtNanos) {

  /// The first copy has just been sent.
  public static Retransmission begin(Timers timers, boolean reliable, long nowNanos) {
    long every = timers.t1Nanos();
    return new Retransmission(
        reliable ? Long.MAX_VALUE : nowNanos + every, every, nowNanos + timers.timeoutNanos());
  }

  public boolean due(long nowNanos) {
    return nowNanos >= atNanos;
  }

  public boolean expired(long nowNanos) {
    return nowNanos >= giveUpAtNanos;
  }

  /// A copy has been sent: the interval doubles up to `capNanos`.
  public Retransmission backedOff(long capNanos, long nowNanos) {
    long every = Math.min(2 * everyNanos, capNanos);
    return new Retransmission(nowNanos + every, every, giveUpAtNanos);
  }

  public long wakeAtNanos() {
    return Math.min(atNanos, giveUpAtNanos);
  }
}
