package io.tipring.wire.sip.dialog;

/// Where an INVITE session stands. Its records are the session's own business; the owner keeps the
/// value, sets its alarm, and finds the session for a request by Call-ID and local tag, which are
/// the same from the first state to the last.
public sealed interface SessionState
    permits Incoming, Outgoing, Challenged, Established, Farewell, SessionState.Closed {
  String callId();

  /// Our tag, in all forks.
  String localTag();

  /// When to tell the machine [SessionIn.Wake]; `Long.MAX_VALUE` for never.
  long wakeAtNanos();

  /// Nothing is left to do: its owner forgets it. It has ended long before, see
  /// [SessionNotice.Ended].
  default boolean closed() {
    return this instanceof Closed;
  }

  /// Nothing is left to do.
  record Closed(String callId, String localTag) implements SessionState {
    @Override
    public long wakeAtNanos() {
      return Long.MAX_VALUE;
    }
  }
}
