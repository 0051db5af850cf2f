package io.tipring.edge.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/// Port: what we call ourselves towards a peer. Called on the lane; waits for nothing.
@FunctionalInterface
public interface OwnAddress {
  /// The literal address, without brackets, under which `remote` reaches a socket of ours that is
  /// bound to `bound`.
  String towards(InetSocketAddress bound, InetAddress remote);
}
