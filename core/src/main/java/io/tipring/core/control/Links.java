package io.tipring.core.control;

import io.tipring.api.control.Envelope;
import io.tipring.api.control.ToApplication.CloseReason;
import java.util.function.Consumer;

/// Connections to remote applications. Called on the lane; never blocks it.
@FunctionalInterface
public interface Links {
  /// Begins to connect. What happens comes to `events` on the lane, in order, each in a turn of its
  /// own under the id of the call, and never from within [#open], [Link#send] or [Link#close].
  Link open(Destination to, Consumer<LinkEvent> events);

  /// One connection, or the attempt at one. Only on the lane.
  ///
  /// It reads on only when what it read before has had its turn, so that an application which sends
  /// faster than it is served is slowed down by its own connection.
  interface Link {
    /// Goes out after everything sent before; on a link that is closed or not open yet it is no
    /// news. One that cannot keep up says [LinkEvent.Writable], and holds what it was given until
    /// then.
    void send(Envelope message);

    /// Closes it with `why` once what was sent before is out, within a deadline of the link's own;
    /// gives up an attempt. Nothing more is heard of it. Closing twice is no news.
    void close(CloseReason why);
  }
}
