package io.tipring.wire.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Headers that are made from others take over what was parsed of them, and must say just what they
/// would say if nobody had parsed anything.
class RememberedHeadersTest {
  private static final SipHeaders HEADERS =
      SipHeaders.builder()
          .add("v", "SIP/2.0/UDP a;branch=z9hG4bK1;rport, SIP/2.0/UDP b;branch=z9hG4bK2")
          .add("Via", "SIP/2.0/UDP c;branch=z9hG4bK3")
          .add("Route", "<sip:p1;lr>, <sip:p2;lr>")
          .add("Record-Route", "<sip:p3;lr>")
          .add("f", "Alice <sip:alice@example.com>;tag=1")
          .add("To", "\"Echo\" <sip:echo@example.com>;x=\"y\"")
          .add("Call-ID", "1@a")
          .add("CSeq", "1 INVITE")
          .add("Contact", "<sip:alice@192.0.2.1>")
          .build();

  private static final String[] VALUES = {
    "SIP/2.0/UDP d;branch=z9hG4bK4", "<sip:bob@example.com>;tag=2", "2 BYE"
  };

  @ParameterizedTest
  @ValueSource(strings = {"Via", "V", "from", "t", "CSeq", "m", "Route", "Record-Route", "Subject"})
  void whateverHeaderChanges(String name) {
    for (String value : VALUES) {
      agrees(headers -> headers.with(name, value));
      agrees(headers -> headers.prepended(name, value));
      agrees(headers -> headers.replaced(name, value));
      agrees(headers -> headers.toBuilder().add(name, value).build());
    }
    agrees(headers -> headers.without(name));
  }

  @Test
  void whenTheTopViaIsMarked() {
    agrees(headers -> headers.withTopVia(headers.topVia().withReceived("192.0.2.1", 5060)));
  }

  @Test
  void whenARequestIsAnswered() {
    agrees(headers -> answer(headers, 100).headers());
    agrees(headers -> answer(headers, 200).withToTag("ours").headers());
  }

  private static SipResponse answer(SipHeaders headers, int status) {
    Uri uri = Uri.parse("sip:echo@example.com");
    return SipResponse.to(new SipRequest(Method.INVITE, uri, headers, Body.EMPTY), status);
  }

  private static void agrees(UnaryOperator<SipHeaders> change) {
    SipHeaders changed = change.apply(parsed(HEADERS));
    SipHeaders fresh = SipHeaders.of(List.copyOf(changed.list()));
    assertThat(said(changed)).isEqualTo(said(fresh));
  }

  private static SipHeaders parsed(SipHeaders headers) {
    SipHeaders same = SipHeaders.of(headers.list());
    assertThat(said(same)).isNotEmpty();
    return same;
  }

  /// What each accessor says, an exception by its message.
  private static List<String> said(SipHeaders headers) {
    return List.of(
        said(headers::vias),
        said(headers::from),
        said(headers::to),
        said(headers::cseq),
        said(headers::contacts),
        said(headers::routes),
        said(headers::recordRoutes));
  }

  private static String said(Supplier<?> accessor) {
    try {
      return String.valueOf(accessor.get());
    } catch (SipSyntaxException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
