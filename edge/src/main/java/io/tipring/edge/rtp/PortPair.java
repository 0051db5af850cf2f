package io.tipring.edge.rtp;

import io.tipring.media.spec.MediaPlane.Family;

/// Two ports beside each other: RTP on the even one, RTCP on the next (RFC 3550 §11).
public record PortPair(Family family, DatagramIo rtp, DatagramIo rtcp) {
  public void close() {
    rtp.close();
    rtcp.close();
  }
}
