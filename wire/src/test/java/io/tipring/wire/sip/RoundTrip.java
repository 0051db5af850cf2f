package io.tipring.wire.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/// What has to hold for any bytes whatever.
final class RoundTrip {
  private RoundTrip() {}

  /// Whether the bytes are a message; fails when something about them does not hold.
  static boolean check(byte[] bytes) {
    Parsed parsed = new SipParser().parseDatagram(bytes, 0, bytes.length);
    checkStream(bytes);
    switch (parsed) {
      case Parsed.Message(SipMessage message) -> {
        checkMessage(message);
        return true;
      }
      case Parsed.Unacceptable(SipResponse answer, String why) -> {
        assertThat(answer.status()).isIn(400, 505, 513);
        assertThat(answer.reason()).matches("[ -~]+");
        assertThat(why).isNotEmpty();
        assertThat(answer.headers().vias()).as("somewhere to send it").isNotEmpty();
      }
      case Parsed.Garbage(String why) -> assertThat(why).matches("[ -~]+");
      case Parsed.KeepAlive() -> {}
    }
    return false;
  }

  private static void checkMessage(SipMessage message) {
    SipHeaders headers = message.headers();
    // None of these may throw on a message that the parser let through.
    assertThat(headers.topVia()).isNotNull();
    assertThat(headers.from()).isNotNull();
    assertThat(headers.to()).isNotNull();
    assertThat(headers.callId()).isNotEmpty();
    assertThat(headers.cseq()).isNotNull();
    assertThat(headers.contacts()).isNotNull();
    assertThat(headers.maxForwards()).isNotNull();
    headers.tokens("Supported");
    byte[] written = SipWriter.write(message);
    assertThat(
            new SipParser(new Limits(200_000, 512, 100_000, 32))
                .parseDatagram(written, 0, written.length))
        .isEqualTo(new Parsed.Message(message));
    headers.vias().forEach(via -> assertThat(Via.parse(via.toString())).isEqualTo(via));
    headers.contacts().forEach(c -> assertThat(NameAddr.parse(c.toString())).isEqualTo(c));
    assertThat(NameAddr.parse(headers.from().toString())).isEqualTo(headers.from());
    assertThat(NameAddr.parse(headers.to().toString())).isEqualTo(headers.to());
    if (message instanceof SipRequest request) {
      assertThat(Uri.parse(request.uri().toString())).isEqualTo(request.uri());
      assertThat(request.uri().matches(request.uri())).isTrue();
      assertThat(SipResponse.to(request, 200).withToTag("x").headers().to().tag()).isPresent();
    }
  }

  /// However a stream is cut, the same comes out.
  private static void checkStream(byte[] bytes) {
    List<Parsed> whole = new StreamFramer(new SipParser()).feed(bytes, 0, bytes.length);
    var framer = new StreamFramer(new SipParser());
    var pieces = new ArrayList<Parsed>();
    for (int i = 0; i < bytes.length; i += 13) {
      pieces.addAll(framer.feed(bytes, i, Math.min(13, bytes.length - i)));
    }
    assertThat(pieces).isEqualTo(whole);
  }
}
