package io.tipring.wire.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriTest {
  private static SipUri sip(String text) {
    return (SipUri) Uri.parse(text);
  }

  /// RFC 3261 19.1.3 and what phones send.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sip:alice@atlanta.com",
        "sip:alice:secretword@atlanta.com;transport=tcp",
        "sips:alice@atlanta.com?subject=project%20x&priority=urgent",
        "sip:+1-212-555-1212:1234@gateway.com;user=phone",
        "sips:1212@gateway.com",
        "sip:alice@192.0.2.4",
        "sip:atlanta.com;method=REGISTER?to=alice%40atlanta.com",
        "sip:alice;day=tuesday@atlanta.com",
        "sip:[2001:db8::1]:5061;lr",
        "sip:*21#@pbx.example.com",
        "sip:sip_proxy:5060",
        "tel:+1-201-555-0123",
        "tel:7042;phone-context=example.com",
        "http://www.example.com/a?b#c",
        "urn:service:sos",
        "sip:alice@atlanta.com?subject="
      })
  void whatIsReadIsWrittenLetterByLetter(String text) {
    assertThat(Uri.parse(text)).hasToString(text);
    assertThat(Uri.parse(Uri.parse(text).toString())).isEqualTo(Uri.parse(text));
  }

  @Test
  void theSchemeIsReadWithoutCase() {
    assertThat(Uri.parse("SIP:a@b")).isEqualTo(Uri.parse("sip:a@b"));
    assertThat(Uri.parse("SiPs:a@b").scheme()).isEqualTo("sips");
    assertThat(Uri.parse("TEL:+1").scheme()).isEqualTo("tel");
    assertThat(Uri.parse("HTTP://x").scheme()).isEqualTo("http");
  }

  @Test
  void theUserNameHasNoPasswordAndNoEscapes() {
    assertThat(sip("sip:%61lice:pw@b").userName()).contains("alice");
    assertThat(sip("sip:j%C3%BCrgen@b").userName()).contains("j\u00fcrgen");
    assertThat(sip("sip:b").userName()).isEmpty();
    assertThat(SipUri.of("a b@c/\u00fc", HostPort.of("h", 5060)))
        .hasToString("sip:a%20b%40c/%C3%BC@h:5060");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sip",
        "sip:",
        ":a@b",
        "sip:@b",
        "sip:a@",
        "sip:a b@c",
        "sip:a@b c",
        "sip:a@b:",
        "sip:a@b:x",
        "sip:a@b:65536",
        "sip:a@b:99999999999",
        "sip:%@b",
        "sip:%4@b",
        "sip:%4g@b",
        "sip:a@b;",
        "sip:a@b;;lr",
        "sip:a@b;=x",
        "sip:a@b; lr",
        "sip:a@b?",
        "sip:a@b?x=y&",
        "sip:a@b@c",
        "sip:a@b/c",
        "sip:2001:db8::10",
        "sip:[2001:db8::10",
        "sip:[]",
        "sip:[::1]x",
        "sip:[1:2:3:4:5:6:7]",
        "sip:[1:2:3:4:5:6:7:8:9]",
        "sip:[::1::2]",
        "sip:[12345::]",
        "sip:[::g]",
        "sip:[::1%25eth0]",
        "sip:[::1.2.3]",
        "sip:[::1.2.3.256]",
        "sip:[:1:2:3:4:5:6:7]",
        "sip:a:b:c@d",
        "sip:<a@b>",
        "tel:",
        "tel:x",
        "tel:+",
        "tel:1+2",
        "tel:+1;",
        "tel:+1 2",
        "http:",
        "http://a b",
        "http://<a>"
      })
  void whatIsNoUriIsRefused(String text) {
    assertThatThrownBy(() -> Uri.parse(text)).isInstanceOf(SipSyntaxException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::",
        "::1",
        "1::",
        "1:2:3:4:5:6:7:8",
        "1::8",
        "2001:db8::9:255",
        "::ffff:192.0.2.1",
        "1:2:3:4:5:6:192.0.2.1",
        "1:2:3:4:5:6:7::"
      })
  void everyFormOfAnIpv6AddressIsRead(String address) {
    HostPort at = sip("sip:a@[" + address + "]:5060").at();
    assertThat(at.address()).isEqualTo(address);
    assertThat(at.isIpv6()).isTrue();
    assertThat(HostPort.ofAddress(address, 5060)).isEqualTo(at);
  }

  /// RFC 3261 19.1.4, the RFC's own examples among them.
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "sip:%61lice@atlanta.com;transport=TCP sip:alice@AtLanTa.CoM;Transport=tcp",
        "sip:carol@chicago.com sip:carol@chicago.com;newparam=5",
        "sip:a%3bb@chicago.com sip:%61%3Bb@chicago.com",
        "sip:carol@chicago.com;security=on sip:carol@chicago.com;newparam=5",
        "sip:b.com;transport=tcp;method=INVITE?to=sip:bob%40b.com sip:b.com;method=INVITE;transport=tcp?to=sip:bob%40b.com",
        "sip:alice@a.com?subject=project%20x&priority=urgent sip:alice@a.com?priority=urgent&subject=project%20x",
        "tel:+1-201-555-0123 tel:+12015550123",
        "tel:7042;phone-context=EXAMPLE.com tel:70-42;phone-context=example.com"
      })
  void urisThatMeanTheSameMatch(String one, String other) {
    assertThat(Uri.parse(one).matches(Uri.parse(other))).isTrue();
    assertThat(Uri.parse(other).matches(Uri.parse(one))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "SIP:ALICE@AtLanTa.CoM;Transport=udp sip:alice@AtLanTa.CoM;Transport=UDP",
        "sip:bob@biloxi.com sip:bob@biloxi.com:5060",
        "sip:bob@biloxi.com sip:bob@biloxi.com;transport=udp",
        "sip:bob@biloxi.com sip:bob@biloxi.com:6000;transport=tcp",
        "sip:carol@chicago.com sip:carol@chicago.com?Subject=next%20meeting",
        "sip:bob@phone21.boxesbybob.com sip:bob@192.0.2.4",
        "sip:carol@chicago.com;security=on sip:carol@chicago.com;security=off",
        "sip:bob@biloxi.com sips:bob@biloxi.com",
        "sip:bob@biloxi.com;user=phone sip:bob@biloxi.com",
        "sip:biloxi.com sip:bob@biloxi.com",
        "sip:a%3Bb@biloxi.com sip:a;b@biloxi.com",
        "tel:+1 tel:1;phone-context=+1",
        "tel:+1 sip:+1@a",
        "http://a http://b"
      })
  void urisThatMeanDifferentThingsDoNotMatch(String one, String other) {
    assertThat(Uri.parse(one).matches(Uri.parse(other))).isFalse();
    assertThat(Uri.parse(other).matches(Uri.parse(one))).isFalse();
  }

  @Test
  void aTelephoneNumberIsReadWithoutItsSeparators() {
    var tel = (TelUri) Uri.parse("tel:+1-(201)-555.0123;ext=4");
    assertThat(tel.digits()).isEqualTo("+12015550123");
    assertThat(tel.isGlobal()).isTrue();
    assertThat(tel.params().get("EXT")).contains("4");
  }

  @Test
  void aUriCannotSmuggleALineBreak() {
    assertThatThrownBy(() -> sip("sip:a@b").withParams(Params.EMPTY.with("x", "1\r\nVia: evil")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HostPort.of("a\r\nb")).isInstanceOf(SipSyntaxException.class);
    assertThatThrownBy(() ->
            new SipUri(
                false,
                java.util.Optional.of("a\r\nb"),
                HostPort.of("h"),
                Params.EMPTY,
                java.util.List.of()))
        .isInstanceOf(SipSyntaxException.class);
  }
}
