package io.tipring.edge.rtp;

import io.tipring.media.spec.MediaPlane.Family;
import java.io.IOException;

/// Where datagram ports come from: the operating system, or the World.
@FunctionalInterface
public interface DatagramNetwork {
  /// Binds a port; may block for a system call.
  ///
  /// @param port 1..65,535
  /// @throws IOException when it is taken, or the family is not there
  DatagramIo bind(Family family, int port) throws IOException;
}
