package io.tipring.wire.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The grammar of single headers (RFC 3261 20 and 25.1).
class HeaderGrammarTest {
  private static SipHeaders of(String name, String... values) {
    var headers = SipHeaders.builder();
    for (String value : values) {
      headers.add(name, value);
    }
    return headers.build();
  }

  // --- From, To, Contact, Route ---

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"A. G. Bell\" <sip:agb@bell-telephone.com> ;tag=a48s|A. G. Bell|a48s",
        "sip:+12125551212@server.phone2net.com;tag=887s||887s",
        "Anonymous <sip:c8oqz84zk7z@privacy.org>;tag=hyh8|Anonymous|hyh8",
        "The Operator <sip:operator@cs.columbia.edu>;tag=287447|The Operator|287447",
        "<sip:a@b>;TAG=x||x",
        "<sip:a@b> ; tag = x ||x",
        "caller<sip:caller@example.com>;tag=323|caller|323",
        "\"a \\\"b\\\" \\\\ c\"<sip:a@b>;tag=1|a \"b\" \\ c|1",
        "\"\" <sip:a@b>;tag=1||1",
        "\"<sip:x@y>;tag=2\" <sip:a@b>;tag=1|<sip:x@y>;tag=2|1",
        "<sip:a@b>;tag=\"quoted\"||quoted",
        "<sip:a@b>;x=\"a;tag=2,\\\"\";tag=1||1"
      })
  void anAddressIsReadInAllItsForms(String text, String displayName, String tag) {
    NameAddr from = of("From", text).from();
    assertThat(from.displayName().filter(d -> !d.isEmpty()))
        .isEqualTo(Optional.ofNullable(displayName));
    assertThat(from.tag()).contains(tag);
    assertThat(NameAddr.parse(from.toString())).isEqualTo(from);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sip",
        "<sip:a@b",
        "sip:a@b>",
        "\"Bob <sip:a@b>",
        "Bob, Jr <sip:a@b>",
        "Bob sip:a@b",
        "\"Bob\" sip:a@b",
        "<>",
        "< sip:a@b>",
        "<sip:a@b>;",
        "<sip:a@b>;;x",
        "<sip:a@b>;x=",
        "<sip:a@b>;=1",
        "<sip:a@b> x",
        "<sip:a@b>, <sip:c@d>",
        "sip:a@b?x=y",
        "sip:a@b, sip:c@d",
        "<sip:a@b>;x=\"y",
        "\u00fc <sip:a@b>",
        "*"
      })
  void aMalformedAddressIsRefusedByName(String text) {
    assertThatThrownBy(() -> of("To", text).to())
        .isInstanceOf(SipSyntaxException.class)
        .satisfies(e -> assertThat(((SipSyntaxException) e).headerName()).isEqualTo("To"));
  }

  /// RFC 3261 20.10
  @Test
  void withoutBracketsParametersBelongToTheHeader() {
    NameAddr bare = of("Contact", "sip:a@b;transport=tcp").contacts().getFirst();
    assertThat(bare.params().get("transport")).contains("tcp");
    assertThat(((SipUri) bare.uri()).params().isEmpty()).isTrue();
    assertThat(bare).hasToString("<sip:a@b>;transport=tcp");
  }

  @Test
  void contactsAreReadFromSeveralLinesAndLists() {
    String list = "<sip:a@b>;q=0.7, \"Mr. \\\"W\\\", PhD\" <mailto:w@x>;q=0.1 ,sip:c@d;expires=3";
    SipHeaders headers = of("m", list, "<tel:+1>");
    assertThat(headers.contacts()).hasSize(4);
    assertThat(headers.contacts().get(1).displayName()).contains("Mr. \"W\", PhD");
    assertThat(headers.contacts().get(2).params().get("expires")).contains("3");
    assertThat(headers.contacts().get(3).uri()).isInstanceOf(TelUri.class);
    assertThat(headers.isContactWildcard()).isFalse();
  }

  /// RFC 3261 10.2.2
  @Test
  void anAsteriskRemovesAllContacts() {
    assertThat(of("Contact", "*").isContactWildcard()).isTrue();
    assertThat(of("Contact", "*").contacts()).isEmpty();
    assertThatThrownBy(() -> of("Contact", "*", "<sip:a@b>").contacts())
        .isInstanceOf(SipSyntaxException.class);
  }

  @Test
  void routesKeepTheirOrder() {
    SipHeaders headers = of("Record-Route", "<sip:p1;lr>,<sip:p2;lr>", "<sip:p3>");
    assertThat(headers.recordRoutes().stream().map(r -> ((SipUri) r.uri()).at().host()))
        .containsExactly("p1", "p2", "p3");
    assertThat(((SipUri) headers.recordRoutes().getFirst().uri()).isLooseRouter()).isTrue();
    assertThat(of("Route", "<sip:p1;lr>").routes()).hasSize(1);
    assertThatThrownBy(() -> of("Route", "<sip:p1;lr>,").routes())
        .isInstanceOf(SipSyntaxException.class);
  }

  @Test
  void aTagIsSetAndReplaced() {
    assertThat(NameAddr.parse("Bob <sip:b@c>").withTag("1").withTag("2"))
        .hasToString("\"Bob\" <sip:b@c>;tag=2");
  }

  // --- Via ---

  @Test
  void aViaIsReadWithAllItsSpaces() {
    Via via =
        Via.parse(
            "SIP / 2.0 / TCP  first.example.com : 4000 ; ttl=16 ;maddr=224.2.0.1 ;branch=z9hG4bKa7c6a8dlze.1");
    assertThat(via.transport()).isEqualTo("TCP");
    assertThat(via.sentBy()).isEqualTo(HostPort.of("first.example.com", 4000));
    assertThat(via.branch()).contains("z9hG4bKa7c6a8dlze.1");
    assertThat(via.hasRfc3261Branch()).isTrue();
    assertThat(via)
        .hasToString(
            "SIP/2.0/TCP first.example.com:4000;ttl=16;maddr=224.2.0.1;branch=z9hG4bKa7c6a8dlze.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SIP/2.0/UDP",
        "SIP/2.0 UDP a",
        "SIP/2.0/UDPa",
        "SIP/1.0/UDP a",
        "HTTP/2.0/UDP a",
        "SIP/2.0/UDP a:b",
        "SIP/2.0/UDP a:65536",
        "SIP/2.0/UDP a;",
        "SIP/2.0/UDP a;;",
        "SIP/2.0/UDP a;branch=",
        "SIP/2.0/UDP [::1",
        "SIP/2.0/UDP a b",
        "SIP/2.0/UDP a,",
        "SIP/2.0/UDP ;branch=1",
        "SIP/2.0/UDP :5060"
      })
  void aMalformedViaIsRefused(String text) {
    assertThatThrownBy(() -> of("v", text).vias()).isInstanceOf(SipSyntaxException.class);
  }

  /// RFC 3261 18.2.1, RFC 3581 4
  @ParameterizedTest
  @CsvSource({
    "SIP/2.0/UDP 192.0.2.1:5060;branch=b, SIP/2.0/UDP 192.0.2.1:5060;branch=b",
    "SIP/2.0/UDP 10.0.0.1;branch=b, SIP/2.0/UDP 10.0.0.1;branch=b;received=192.0.2.1",
    "SIP/2.0/UDP pc.example.com;branch=b, SIP/2.0/UDP pc.example.com;branch=b;received=192.0.2.1",
    "SIP/2.0/UDP 10.0.0.1;rport;branch=b, SIP/2.0/UDP 10.0.0.1;rport=4711;branch=b;received=192.0.2.1",
    "SIP/2.0/UDP 192.0.2.1;rport;branch=b, SIP/2.0/UDP 192.0.2.1;rport=4711;branch=b;received=192.0.2.1",
    "SIP/2.0/UDP 192.0.2.1;received=198.51.100.1;branch=b, SIP/2.0/UDP 192.0.2.1;branch=b"
  })
  void aServerNotesWhereARequestCameFrom(String sent, String marked) {
    assertThat(Via.parse(sent).withReceived("192.0.2.1", 4711)).hasToString(marked);
  }

  @Test
  void anIpv6SourceIsComparedWithoutBrackets() {
    assertThat(Via.parse("SIP/2.0/UDP [2001:db8::1]").withReceived("2001:db8::1", 5060).received())
        .isEmpty();
    Via marked = Via.parse("SIP/2.0/UDP [2001:db8::1];rport").withReceived("2001:db8::2", 5061);
    assertThat(Via.parse(marked.toString())).isEqualTo(marked);
    assertThat(marked.received()).contains("2001:db8::2");
    assertThat(marked.rport()).hasValue(5061);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rport", "rport=x", "rport=99999", "rport=123456"})
  void anRportWithoutAPortIsNone(String param) {
    Via via = Via.parse("SIP/2.0/UDP a;" + param);
    assertThat(via.asksForRport()).isTrue();
    assertThat(via.rport()).isEmpty();
  }

  @Test
  void onlyTheTopViaIsChanged() {
    SipHeaders headers =
        of("Via", "SIP/2.0/UDP a;branch=1 ,  SIP / 2.0/UDP b;branch=2", "SIP/2.0/UDP c;branch=3");
    SipHeaders changed = headers.withTopVia(headers.topVia().withReceived("192.0.2.1", 5060));
    assertThat(changed.all("Via"))
        .containsExactly(
            "SIP/2.0/UDP a;branch=1;received=192.0.2.1, SIP / 2.0/UDP b;branch=2",
            "SIP/2.0/UDP c;branch=3");
    assertThat(changed.vias()).hasSize(3);
  }

  // --- CSeq, Call-ID, Max-Forwards, Expires ---

  @Test
  void aCseqIsANumberAndAMethod() {
    assertThat(of("CSeq", "0009 \t INVITE").cseq()).isEqualTo(new CSeq(9, Method.INVITE));
    assertThat(of("CSeq", "2147483647 FOO").cseq().method()).isEqualTo(new Method("FOO"));
    assertThat(new CSeq(3, Method.ACK)).hasToString("3 ACK");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "INVITE",
        "1INVITE",
        "-1 INVITE",
        "2147483648 INVITE",
        "1 INVITE x",
        "1 IN/VITE",
        "x INVITE"
      })
  void aMalformedCseqIsRefused(String text) {
    assertThatThrownBy(() -> of("CSeq", text).cseq()).isInstanceOf(SipSyntaxException.class);
  }

  @Test
  void aCallIdHasNoSpace() {
    assertThat(of("i", "f81d4fae-7dec-11d0@foo.bar.com").callId())
        .isEqualTo("f81d4fae-7dec-11d0@foo.bar.com");
    assertThatThrownBy(() -> of("Call-ID", "a b").callId()).isInstanceOf(SipSyntaxException.class);
    assertThatThrownBy(() -> of("Call-ID", "").callId()).isInstanceOf(SipSyntaxException.class);
    assertThatThrownBy(SipHeaders.EMPTY::callId).hasMessage("Bad Call-ID: missing");
  }

  @Test
  void maxForwardsEndsAt255() {
    assertThat(of("Max-Forwards", "0068").maxForwards()).hasValue(68);
    assertThat(SipHeaders.EMPTY.maxForwards()).isEmpty();
    assertThatThrownBy(() -> of("Max-Forwards", "256").maxForwards())
        .isInstanceOf(SipSyntaxException.class);
    assertThatThrownBy(() -> of("Max-Forwards", "7x").maxForwards())
        .isInstanceOf(SipSyntaxException.class);
  }

  @Test
  void secondsEndAtTheLargestInt() {
    assertThat(of("Expires", "7200").expires()).hasValue(7200);
    assertThat(of("Expires", "99999999999999999999").expires()).hasValue(Integer.MAX_VALUE);
    assertThat(of("Retry-After", "18000;duration=3600").seconds("Retry-After")).hasValue(18_000);
    assertThat(of("Retry-After", "120 (I'm in a meeting)").seconds("Retry-After")).hasValue(120);
    assertThatThrownBy(() -> of("Expires", "soon").expires())
        .isInstanceOf(SipSyntaxException.class);
  }

  // --- lists and parameters ---

  @Test
  void tokensOfAllLinesAreOneList() {
    assertThat(of("k", "100rel,  timer", "", "replaces ,").tokens("Supported"))
        .containsExactly("100rel", "timer", "replaces");
  }

  @Test
  void valuesKeepTheirParameters() {
    List<HeaderValue> reasons =
        of("Reason", "SIP ;cause=200 ;text=\"Call completed, elsewhere\", Q.850;cause=16")
            .values("Reason");
    assertThat(reasons.stream().map(HeaderValue::value)).containsExactly("SIP", "Q.850");
    assertThat(reasons.getFirst().params().get("text")).contains("Call completed, elsewhere");
    assertThat(reasons.get(1)).hasToString("Q.850;cause=16");
    assertThat(
            of("x", "1800;refresher=uac")
                .values("Session-Expires")
                .getFirst()
                .params()
                .get("refresher"))
        .contains("uac");
  }

  @Test
  void parametersAreFoundWithoutCaseAndKeepTheirOrder() {
    Params params = NameAddr.parse("<sip:a@b>;B=1;a;C=\"x y\"").params();
    assertThat(params.get("c")).contains("x y");
    assertThat(params.has("A")).isTrue();
    assertThat(params.get("A")).isEmpty();
    assertThat(params.with("a", "2").with("d").without("b")).hasToString(";a=2;C=\"x y\";d");
  }

  // --- SipHeaders ---

  @Test
  void namesCompareWithoutCaseAndCompactFormsAreTheFullOnes() {
    SipHeaders headers =
        SipHeaders.builder()
            .add("v", "SIP/2.0/UDP a")
            .add("X-Custom", "1")
            .add("VIA", "SIP/2.0/UDP b")
            .build();
    assertThat(headers.vias()).hasSize(2);
    assertThat(headers.first("x-cUSTOM")).contains("1");
    assertThat(headers.list().getFirst().name()).isEqualTo("v");
    assertThat(headers.without("Via").list()).containsExactly(new Header("X-Custom", "1"));
  }

  @Test
  void headersAreAddedReplacedAndPutInFront() {
    SipHeaders headers =
        of("Via", "SIP/2.0/UDP a").with("To", "<sip:b@c>").prepended("Via", "SIP/2.0/UDP first");
    assertThat(headers.all("via")).containsExactly("SIP/2.0/UDP first", "SIP/2.0/UDP a");
    assertThat(headers.prepended("Route", "<sip:p;lr>").list().getFirst().name())
        .isEqualTo("Route");
    assertThat(headers.replaced("v", "SIP/2.0/UDP only").all("Via"))
        .containsExactly("SIP/2.0/UDP only");
    assertThat(headers.replaced("Subject", "x").list().getLast())
        .isEqualTo(new Header("Subject", "x"));
  }

  @Test
  void nobodyCanAddAHeaderWithinAHeader() {
    assertThatThrownBy(() -> of("Subject", "x\r\nContact: <sip:evil@e>"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> of("Sub ject", "x")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> of("", "x")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SipResponse(200, "OK\r\nX: y", SipHeaders.EMPTY, Body.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
    NameAddr evil = NameAddr.of(Uri.parse("sip:a@b"));
    assertThatThrownBy(() -> new NameAddr(Optional.of("a\nb"), evil.uri(), Params.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
