package io.tipring.api;

/// Why a leg or call ended, and who ended it; mapped once to SIP status and Q.850 cause (RFC 3326,
/// RFC 3398 §7.2.4).
public enum EndReason {
  /// BYE came.
  CALLER_HUNG_UP(Blame.CALLER, 0, 16),
  /// The caller gave up before the answer.
  CALLER_CANCELLED(Blame.CALLER, 487, 31),
  /// [Operation.HangUp].
  APP_HUNG_UP(Blame.APPLICATION, 603, 16),
  /// [Operation.Reject], with its own status.
  APP_REJECTED(Blame.APPLICATION, 603, 21),
  /// Nothing is configured under the name that was dialled.
  NO_APPLICATION(Blame.CALLER, 404, 1),
  /// The application left the caller waiting for too long, or said nothing at all.
  APP_DID_NOT_ANSWER(Blame.APPLICATION, 603, 19),
  /// No connection to the application could be made.
  APP_UNREACHABLE(Blame.APPLICATION, 480, 38),
  /// The connection to the application was lost, and its policy is to hang up.
  APP_LOST(Blame.APPLICATION, 480, 41),
  /// No sound format in common.
  NOT_ACCEPTABLE(Blame.CALLER, 488, 79),
  /// The answer was never confirmed: no ACK came, or no PRACK of the ringing.
  NOT_CONFIRMED(Blame.CALLER, 504, 102),
  /// The session timer ran out (RFC 4028).
  SESSION_EXPIRED(Blame.CALLER, 0, 102),
  /// No sound came for too long, and nobody was on hold.
  MEDIA_LOST(Blame.CALLER, 0, 41),
  /// The other side cannot be reached any more, or no longer knows the call.
  PEER_LOST(Blame.CALLER, 500, 27),
  /// The longest that a call may last is over.
  TOO_LONG(Blame.US, 408, 31),
  /// No room for another call, or no port for its sound.
  OVERLOADED(Blame.US, 503, 42),
  /// This exchange is being stopped.
  SHUTTING_DOWN(Blame.US, 503, 41),
  /// A fault of ours or of the application; the log has it.
  INTERNAL_ERROR(Blame.US, 500, 41);

  /// Who ended it.
  public enum Blame {
    CALLER,
    APPLICATION,
    US
  }

  private final Blame blame;
  private final int sipStatus;
  private final int q850;

  EndReason(Blame blame, int sipStatus, int q850) {
    this.blame = blame;
    this.sipStatus = sipStatus;
    this.q850 = q850;
  }

  /// Whose doing it was.
  public Blame blame() {
    return blame;
  }

  /// The final status when the leg was not answered yet; 0 where that cannot be.
  public int sipStatus() {
    return sipStatus;
  }

  /// ITU-T Q.850 cause for the `Reason` header.
  public int q850() {
    return q850;
  }
}
