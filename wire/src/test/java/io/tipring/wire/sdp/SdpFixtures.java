package io.tipring.wire.sdp;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// The descriptions under `src/test/resources/sdp`; their README says where each comes from.
final class SdpFixtures {
  static final List<String> NAMES =
      List.of(
          "baresip-1.0.0-offer",
          "sipp-3.6.1-uas-answer",
          "linphone-like-offer",
          "chrome-like-offer",
          "asterisk-like-offer",
          "desk-phone-like-hold",
          "softphone-ipv6-ice-like-offer",
          "total-conversation-like-offer");

  private SdpFixtures() {}

  static byte[] read(String name) {
    try (InputStream in = SdpFixtures.class.getResourceAsStream("/sdp/" + name + ".sdp")) {
      if (in == null) {
        throw new IllegalArgumentException("no fixture " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
