package io.tipring.core.control;

/// Where a session stands.
sealed interface SessionState {
  /// When something must have happened; [Long#MAX_VALUE] when nothing is waited for.
  long untilNanos();

  /// An attempt at a connection is under way.
  record Connecting(long untilNanos) implements SessionState {}

  /// Between two attempts.
  record Waiting(long untilNanos) implements SessionState {}

  /// There is a connection.
  sealed interface Connected extends SessionState {
    Flow flow();

    Connected with(Flow flow);
  }

  /// The application was told that the session starts, and has said nothing on this connection yet.
  record Greeted(Flow flow, long untilNanos) implements Connected {
    @Override
    public Greeted with(Flow next) {
      return new Greeted(next, untilNanos);
    }
  }

  record Talking(Flow flow) implements Connected {
    @Override
    public long untilNanos() {
      return Long.MAX_VALUE;
    }

    @Override
    public Talking with(Flow next) {
      return new Talking(next);
    }
  }

  /// The application has left its call to itself. Whether somebody answered the caller is looked at
  /// once more.
  record Done(long untilNanos) implements SessionState {}

  record Over() implements SessionState {
    @Override
    public long untilNanos() {
      return Long.MAX_VALUE;
    }
  }

  /// How the events go out on one connection.
  ///
  /// @param next the number of the event that is sent next
  /// @param held nothing is sent before the application has said where it wants to go on
  /// @param stuckUntilNanos when it is closed for not reading; [Long#MAX_VALUE] while it reads
  /// @param errors messages in a row that could not be understood
  record Flow(long next, boolean held, long stuckUntilNanos, int errors) {
    static Flow from(long next) {
      return new Flow(next, false, Long.MAX_VALUE, 0);
    }

    static Flow heldAt(long next) {
      return new Flow(next, true, Long.MAX_VALUE, 0);
    }

    boolean open() {
      return !held && stuckUntilNanos == Long.MAX_VALUE;
    }

    /// Goes on from there.
    Flow at(long number) {
      return new Flow(number, false, stuckUntilNanos, errors);
    }

    Flow stuckUntil(long nanos) {
      return new Flow(next, held, nanos, errors);
    }

    Flow withErrors(int count) {
      return new Flow(next, held, stuckUntilNanos, count);
    }
  }
}
