package io.tipring.edge.rtp;

import io.tipring.media.spec.MediaPlane.Family;
import java.net.BindException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A datagram network of letter boxes.
final class PostOffice implements DatagramNetwork {
  final List<LetterBox> bound = new ArrayList<>();

  /// Ports that somebody else has.
  final Set<Integer> taken = new HashSet<>();

  int tries;

  @Override
  public DatagramIo bind(Family family, int port) throws BindException {
    tries++;
    if (taken.contains(port) || open(port).isPresent()) {
      throw new BindException("port " + port + " is taken");
    }
    LetterBox box = new LetterBox(port);
    bound.add(box);
    return box;
  }

  Optional<LetterBox> open(int port) {
    return bound.stream().filter(box -> !box.closed && box.port() == port).findFirst();
  }

  long open() {
    return bound.stream().filter(box -> !box.closed).count();
  }
}
