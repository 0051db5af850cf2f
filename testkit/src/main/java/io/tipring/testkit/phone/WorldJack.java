package io.tipring.testkit.phone;

import io.tipring.core.lane.Lane;
import io.tipring.core.lane.Randomness;
import io.tipring.edge.rtp.DatagramNetwork;
import io.tipring.edge.rtp.WallClock;
import io.tipring.edge.sip.transport.Arrivals;
import io.tipring.edge.sip.transport.Flows;
import io.tipring.testkit.net.Network;
import io.tipring.testkit.net.OpenDoor;
import io.tipring.testkit.net.VirtualHost;
import io.tipring.testkit.net.VirtualSip;
import io.tipring.testkit.world.World;
import io.tipring.wire.sip.SipParser;
import java.net.InetAddress;

/// A socket in the wall of a virtual host.
public final class WorldJack implements Jack {
  private final World world;
  private final VirtualHost host;
  private final int sipPort;
  private final Randomness randomness;

  /// @param address a literal
  public WorldJack(Network network, String address, int sipPort) {
    this.world = network.world();
    this.host = new VirtualHost(network, InetAddress.ofLiteral(address));
    this.sipPort = sipPort;
    this.randomness = world.randomness(address + ' ' + sipPort);
  }

  @Override
  public Lane lane() {
    return world.lane();
  }

  @Override
  public Flows plugIn(Arrivals arrivals) {
    return new VirtualSip(host, sipPort, new SipParser(), new OpenDoor(arrivals));
  }

  @Override
  public InetAddress address() {
    return host.address();
  }

  @Override
  public int sipPort() {
    return sipPort;
  }

  @Override
  public DatagramNetwork rtp() {
    return host;
  }

  @Override
  public Randomness randomness() {
    return randomness;
  }

  @Override
  public WallClock wallClock() {
    return _ -> world.wallMillis();
  }
}
