package io.tipring.api.script;

import io.tipring.api.EndReason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The call is over, or another application's; thrown by whatever a script asks of it next. Let it
/// pass: it is how a script ends.
public final class CallEnded extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final @Nullable EndReason reason;

  /// @param reason empty when the call went to another application
  public CallEnded(Optional<EndReason> reason) {
    super(reason.map(Enum::name).orElse("handed over"), null, false, true);
    this.reason = reason.orElse(null);
  }

  /// Why, and by whom; empty when the call went to another application.
  public Optional<EndReason> reason() {
    return Optional.ofNullable(reason);
  }
}
