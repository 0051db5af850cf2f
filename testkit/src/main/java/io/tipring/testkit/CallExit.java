package io.tipring.testkit;

import io.tipring.testkit.phone.PhoneCall;
import io.tipring.wire.sip.dialog.SessionNotice;
import java.util.Optional;

/// How `./tipring call` ended, as its exit code.
public enum CallExit {
  /// Answered, and hung up by either side.
  COMPLETED(0, "completed"),
  /// The command line makes no sense (picocli's own code).
  USAGE(2, "usage"),
  /// A file could not be read or written.
  FILE(3, "a file cannot be used"),
  /// The name has no address, or there is no way to it.
  UNREACHABLE(10, "nobody there"),
  /// A final status of 300 or more.
  REFUSED(11, "refused"),
  /// It rang, or did not even do that, until the time was over.
  NOT_ANSWERED(12, "not answered"),
  /// Answered, but not a single packet of sound came.
  NO_SOUND(13, "no sound came"),
  /// Answered, then it broke.
  BROKEN(14, "broken off");

  private final int code;
  private final String words;

  CallExit(int code, String words) {
    this.code = code;
    this.words = words;
  }

  public int code() {
    return code;
  }

  public String words() {
    return words;
  }

  /// What a call that has ended, or not, amounts to.
  static CallExit of(PhoneCall call) {
    Optional<SessionNotice.Ended> ending = call.ending();
    if (call.statuses().isEmpty()) {
      return UNREACHABLE;
    }
    if (ending.isEmpty()) {
      return call.isAnswered() ? BROKEN : NOT_ANSWERED;
    }
    return switch (ending.get().cause()) {
      case LOCAL_BYE, REMOTE_BYE ->
          call.isAnswered() && call.soundPackets() == 0 ? NO_SOUND : COMPLETED;
      case REFUSED, REJECTED, UNACCEPTABLE -> REFUSED;
      case LOCAL_CANCEL, CANCELLED, NO_ANSWER -> NOT_ANSWERED;
      case TRANSPORT_FAILED -> UNREACHABLE;
      case NOT_CONFIRMED, SESSION_EXPIRED, DIALOG_GONE, NO_SESSION_DESCRIPTION -> BROKEN;
    };
  }
}
