package io.tipring.wire.sip;

import static io.tipring.wire.sip.Rfc4475Test.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The torture test of RFC 5118: its 12 messages with IPv6 addresses. All but that of 4.2 are to be
/// accepted.
class Rfc5118Test {
  static final List<String> FILES =
      List.of(
          "ipv6-good",
          "ipv6-bad",
          "port-ambiguous",
          "port-unambiguous",
          "via-received-param-with-delim",
          "via-received-param-no-delim",
          "ipv6-in-sdp",
          "mult-ip-in-header",
          "mult-ip-in-sdp",
          "ipv4-mapped-ipv6",
          "ipv6-bug-abnf-3-colons",
          "ipv6-correct-abnf-2-colons");

  @ParameterizedTest(name = "{0} {1}: accepted")
  @CsvSource({
    "4.1, ipv6-good, REGISTER",
    "4.3, port-ambiguous, REGISTER",
    "4.4, port-unambiguous, REGISTER",
    "4.5, via-received-param-with-delim, BYE",
    "4.5, via-received-param-no-delim, OPTIONS",
    "4.6, ipv6-in-sdp, INVITE",
    "4.7, mult-ip-in-header, BYE",
    "4.8, mult-ip-in-sdp, INVITE",
    "4.9, ipv4-mapped-ipv6, INVITE",
    "4.10, ipv6-bug-abnf-3-colons, OPTIONS",
    "4.10, ipv6-correct-abnf-2-colons, OPTIONS"
  })
  void everyValidMessageIsAccepted(String section, String file, String method) throws IOException {
    SipRequest request = request(file);
    assertThat(request.method().token()).as(section).isEqualTo(method);
    byte[] written = SipWriter.write(request);
    assertThat(message(new SipParser().parseDatagram(written, 0, written.length)))
        .isEqualTo(request);
  }

  @Test
  void section42AnAddressWithoutBracketsIsRefusedWith400() throws IOException {
    SipResponse answer = ((Parsed.Unacceptable) parse("ipv6-bad")).answer();
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.reason()).contains("Request-URI");
  }

  @Test
  void section43WhatStandsInBracketsIsTheAddress() throws IOException {
    HostPort at = ((SipUri) request("port-ambiguous").uri()).at();
    assertThat(at.address()).isEqualTo("2001:db8::10:5070");
    assertThat(at.port()).isEmpty();
  }

  @Test
  void section44WhatStandsBehindThemIsThePort() throws IOException {
    assertThat(((SipUri) request("port-unambiguous").uri()).at())
        .isEqualTo(HostPort.of("[2001:db8::10]", 5070));
  }

  @Test
  void section45ReceivedIsTheSameWithAndWithoutBrackets() throws IOException {
    assertThat(request("via-received-param-with-delim").headers().topVia().received())
        .contains("2001:db8::9:255");
    assertThat(request("via-received-param-no-delim").headers().topVia().received())
        .contains("2001:db8::9:255");
  }

  @Test
  void section49MappedAddressesAreKept() throws IOException {
    SipHeaders headers = request("ipv4-mapped-ipv6").headers();
    assertThat(headers.topVia().sentBy()).isEqualTo(HostPort.of("[::ffff:192.0.2.10]", 19_823));
    assertThat(((SipUri) headers.contacts().getFirst().uri()).at().address())
        .isEqualTo("::ffff:192.0.2.2");
  }

  @Test
  void section410ThreeColonsMeanTwo() throws IOException {
    assertThat(((SipUri) request("ipv6-bug-abnf-3-colons").uri()).at().address())
        .isEqualTo(((SipUri) request("ipv6-correct-abnf-2-colons").uri()).at().address())
        .isEqualTo("2001:db8::192.0.2.1");
  }

  private static SipRequest request(String file) throws IOException {
    return (SipRequest) message(parse(file));
  }

  private static Parsed parse(String file) throws IOException {
    byte[] bytes = bytes(file);
    return new SipParser().parseDatagram(bytes, 0, bytes.length);
  }

  static byte[] bytes(String file) throws IOException {
    try (InputStream in = Rfc5118Test.class.getResourceAsStream("/rfc5118/" + file + ".dat")) {
      return Objects.requireNonNull(in, file).readAllBytes();
    }
  }
}
