package io.tipring.wire.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SdpParserTest {
  private static final String MINIMAL = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n";

  @Test
  void unknownLinesAndAttributesComeBackInOrderByteForByte() {
    byte[] bytes =
        (MINIMAL
                + """
                x=what is this\r
                a=tool:phone 1.0\r
                i=caf\u00e9\r
                m=audio 49170/2 RTP/AVP 0 96\r
                y=0200000001\r
                a=rtpmap:96 opus/48000/2\r
                a=\r
                b=AS:64\r
                a=candidate:1 1 UDP 2130706431 192.0.2.1 8998 typ host\r
                m=video 0 RTP/AVP 31\r
                """)
            .getBytes(StandardCharsets.ISO_8859_1);
    SessionDescription read = new SdpParser().parse(bytes);
    assertThat(read.bytes()).isEqualTo(bytes);
    assertThat(read.media().getFirst().line().portCount()).isEqualTo(OptionalInt.of(2));
    assertThat(read.media().getFirst().attributes("candidate")).hasSize(1);
    assertThat(read.attributes("tool")).containsExactly("phone 1.0");
  }

  @Test
  void bareLineFeedsAndAMissingLastLineEndAreForgiven() {
    String text = MINIMAL + "m=audio 4 RTP/AVP 0";
    assertThat(new SdpParser().parse(text.replace("\r\n", "\n")))
        .isEqualTo(new SdpParser().parse(text + "\r\n\r\n"));
  }

  @Test
  void aTrailingSpaceAndAMissingSubjectAreForgiven() {
    SessionDescription read =
        new SdpParser().parse("v=0\no=- 1 1 IN IP4 192.0.2.1\nm=audio 4 RTP/AVP 0 8 \n");
    assertThat(read.media().getFirst().line().formats()).containsExactly("0", "8");
    assertThat(read.connectionOf(read.media().getFirst())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          o=- 1 1 IN IP4 1.2.3.4                                   | line 1: does not begin with v=
          v=1                                                      | line 1: v= is not 0
          v=0;v=0                                                  | line 2: a second v=
          v=0                                                      | there is no o= line
          v=0;o=- 1 1 IN IP4                                       | line 2: o= has 5 fields, not 6
          v=0;o=- x 1 IN IP4 1.2.3.4                               | line 2: o= session id is not a number
          v=0;o=- 1 -1 IN IP4 1.2.3.4                              | line 2: o= version is not a number
          v=0;o=- 1 1 IN IP4 1.2.3.4;o=- 1 1 IN IP4 1.2.3.4        | line 3: a second o=
          v=0;m=audio 1 RTP/AVP 0;o=- 1 1 IN IP4 1.2.3.4           | line 3: o= below m=
          v=0;o=- 1 1 IN IP4 1.2.3.4;c=IN IP4                      | line 3: c= has 2 fields, not 3
          v=0;o=- 1 1 IN IP4 1.2.3.4;m=audio 65536 RTP/AVP 0       | line 3: m= port is not a number up to 65535
          v=0;o=- 1 1 IN IP4 1.2.3.4;m=audio -4 RTP/AVP 0          | line 3: m= port is not a number up to 65535
          v=0;o=- 1 1 IN IP4 1.2.3.4;m=audio 4000 RTP/AVP          | line 3: m= names no format
          v=0;o=- 1 1 IN IP4 1.2.3.4;m=audio 4000                  | line 3: m= has 2 fields, not 4 or more
          v=0;o=- 1 1 IN IP4 1.2.3.4;m=audio  4000 RTP/AVP 0       | line 3: m= has an empty field
          v=0;o=- 1 1 IN IP4 1.2.3.4;;s=-                          | line 3: not of the form letter=value
          v=0;o=- 1 1 IN IP4 1.2.3.4;1=x                           | line 3: not of the form letter=value
          """)
  void whatIsWrongIsNamedWithItsLine(String lines, String message) {
    assertThatThrownBy(() -> new SdpParser().parse(lines.replace(";", "\r\n") + "\r\n"))
        .isInstanceOf(SdpSyntaxException.class)
        .hasMessage(message);
  }

  @Test
  void limitsHold() {
    SdpParser small = new SdpParser(new SdpParser.Limits(200, 8, 60, 2));
    String media = "m=audio 4 RTP/AVP 0\r\n";
    assertThat(small.parse(MINIMAL + media + media).media()).hasSize(2);
    assertThatThrownBy(() -> small.parse(MINIMAL + media + media + media))
        .hasMessage("line 7: more than 2 m= lines");
    assertThatThrownBy(() -> small.parse(MINIMAL + "a=b\r\n".repeat(5)))
        .hasMessage("line 9: more than 8 lines");
    assertThatThrownBy(() -> small.parse(MINIMAL + "a=" + "b".repeat(59)))
        .hasMessage("line 5: longer than 60 characters");
    assertThatThrownBy(() -> small.parse(MINIMAL + "a=" + "b".repeat(200)))
        .hasMessage("longer than 200 bytes");
    assertThatThrownBy(() -> small.parse("")).hasMessage("empty");
    assertThatThrownBy(() -> small.parse("\r\n\r\n")).hasMessage("empty");
    assertThatThrownBy(() -> small.parse("v=0\r\na=\0\r\n"))
        .hasMessage("line 2: holds a NUL or a bare CR");
  }

  @Test
  void malformedAttributesReadAsAbsent() {
    MediaDescription audio =
        new SdpParser()
            .parse(
                MINIMAL
                    + """
                    m=audio 4000 RTP/AVP 96 97 98 99 0\r
                    a=rtpmap:96\r
                    a=rtpmap:97 PCMU\r
                    a=rtpmap:98 PCMU/x\r
                    a=rtpmap:99 /8000\r
                    a=rtpmap:900 PCMU/8000\r
                    a=ptime\r
                    a=rtcp:99999\r
                    """)
            .media()
            .getFirst();
    assertThat(audio.rtpMaps()).containsExactly(new RtpMap(0, "PCMU", 8000));
    assertThat(audio.ptime()).isEmpty();
    assertThat(audio.rtcpPort()).isEmpty();
    assertThat(audio.fmtp(0)).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "255.255.255.255",
        "192.0.2.1",
        "::",
        "::1",
        "1::",
        "fe80::1",
        "2001:db8:1:2:3:4:5:6",
        "2001:DB8::5",
        "::ffff:192.0.2.1",
        "1:2:3:4:5:6:192.0.2.1",
        "1::7:8",
        "1:2:3:4:5:6:7::"
      })
  void literalsAreAddresses(String text) {
    assertThat(IpAddress.parse(text)).map(IpAddress::text).contains(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1.2.3",
        "1.2.3.4.5",
        "256.1.1.1",
        "1.2.3.",
        "a.b.c.d",
        "1.2.3.4 ",
        "0001.2.3.4",
        ":",
        ":::",
        "1::2::3",
        "12345::",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7::8",
        "::1.2.3",
        "1.2.3.4::",
        "::g",
        "fe80::1%eth0",
        "[::1]",
        "localhost",
        "1:2:3:4:5:6:7:1.2.3.4"
      })
  void anythingElseIsNot(String text) {
    assertThat(IpAddress.parse(text)).isEmpty();
  }

  @Test
  void specialAddressesAreKnown() {
    assertThat(IpAddress.parse("::").orElseThrow().isUnspecified()).isTrue();
    assertThat(IpAddress.parse("0.0.0.0").orElseThrow().isUnspecified()).isTrue();
    assertThat(IpAddress.parse("::1").orElseThrow().isUnspecified()).isFalse();
    assertThat(IpAddress.parse("239.1.2.3").orElseThrow().isMulticast()).isTrue();
    assertThat(IpAddress.parse("240.1.2.3").orElseThrow().isMulticast()).isFalse();
    assertThat(IpAddress.parse("ff02::1").orElseThrow().isMulticast()).isTrue();
    assertThat(IpAddress.parse("ff::1").orElseThrow().isMulticast()).isFalse();
  }
}
