package io.tipring.testkit.phone;

import io.tipring.core.lane.Lane;
import io.tipring.core.lane.Randomness;
import io.tipring.edge.rtp.DatagramNetwork;
import io.tipring.edge.rtp.WallClock;
import io.tipring.edge.sip.transport.Arrivals;
import io.tipring.edge.sip.transport.Flows;
import java.net.InetAddress;

/// Port: what a phone is plugged into, a host of the World or the machine it runs on.
public interface Jack {
  /// Whose thread everything about the phone happens on.
  Lane lane();

  /// Opens the SIP port; what comes goes to `arrivals`, from any thread. Once.
  Flows plugIn(Arrivals arrivals);

  /// The address that the phone calls its own in SIP and SDP.
  InetAddress address();

  /// The port of SIP; known once plugged in.
  int sipPort();

  DatagramNetwork rtp();

  Randomness randomness();

  WallClock wallClock();
}
