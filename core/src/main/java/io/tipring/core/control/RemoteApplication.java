package io.tipring.core.control;

import io.tipring.api.control.CallSnapshot;
import io.tipring.api.control.Cursor;
import io.tipring.api.control.ToApplication.StartReason;
import io.tipring.core.call.Application;
import io.tipring.core.call.Attendant;
import io.tipring.core.call.CallLine;

/// An application in another process: has a session of its own for each call.
public final class RemoteApplication implements Application {
  private final RemoteSettings settings;
  private final Sessions sessions;

  public RemoteApplication(RemoteSettings settings, Sessions sessions) {
    this.settings = settings;
    this.sessions = sessions;
  }

  @Override
  public Attendant attend(CallLine line, CallSnapshot snapshot, Cursor at, StartReason reason) {
    return sessions.begin(settings, line, snapshot, at, reason);
  }
}
