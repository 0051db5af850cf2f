package io.tipring.testkit.exchange;

import io.tipring.edge.sip.transport.Arrivals;
import io.tipring.edge.sip.transport.Inlet;
import io.tipring.testkit.net.OpenDoor;
import java.net.InetAddress;

/// What stands between the World's network and an exchange.
public interface Doors {
  /// The door in front of `arrivals`.
  Inlet of(Arrivals arrivals);

  /// Told of the source of each call to somebody who is not there.
  default void offence(InetAddress source) {}

  /// Everybody may come in.
  static Doors open() {
    return OpenDoor::new;
  }
}
