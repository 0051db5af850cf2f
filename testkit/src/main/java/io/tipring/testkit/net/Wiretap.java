package io.tipring.testkit.net;

import io.tipring.testkit.world.World;
import io.tipring.wire.sip.HostPort;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Writes what is sent into the trace: a SIP message by its first line, Call-ID and CSeq, sound
/// only into the digest. Looks at bytes, not through the parser, so that what the parser refuses is
/// seen too.
final class Wiretap {
  private static final int LONGEST_PEEK = 4096;

  private final World world;

  Wiretap(World world) {
    this.world = world;
  }

  void sent(Datagram datagram) {
    world.trace().fold(datagram.payload());
    show(datagram.from(), datagram.to(), datagram.payload());
  }

  /// A chunk of a stream.
  void sent(InetSocketAddress from, InetSocketAddress to, byte[] chunk) {
    world.trace().fold(chunk);
    show(from, to, chunk);
  }

  private void show(InetSocketAddress from, InetSocketAddress to, byte[] payload) {
    if (looksLikeSip(payload)) {
      String text =
          new String(
              payload, 0, Math.min(payload.length, LONGEST_PEEK), StandardCharsets.ISO_8859_1);
      world.note(
          text(from),
          "-> " + text(to) + "  " + line(text, 0) + header(text, "CSeq") + header(text, "Call-ID"));
    }
  }

  /// RTP and RTCP have version 2 in the two highest bits (RFC 3550 5.1), which no letter has.
  private static boolean looksLikeSip(byte[] payload) {
    return payload.length > 0 && payload[0] >= 'A' && payload[0] <= 'z';
  }

  private static String header(String message, String name) {
    int at = message.toLowerCase(Locale.ROOT).indexOf("\r\n" + name.toLowerCase(Locale.ROOT) + ':');
    return at < 0 ? "" : " | " + line(message, at + 2);
  }

  private static String line(String message, int from) {
    int end = message.indexOf('\r', from);
    return end < 0 ? message.substring(from) : message.substring(from, end);
  }

  private static String text(InetSocketAddress address) {
    return HostPort.ofAddress(address.getAddress().getHostAddress(), address.getPort()).toString();
  }
}
