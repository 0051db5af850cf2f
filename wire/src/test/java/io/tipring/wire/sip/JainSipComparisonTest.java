package io.tipring.wire.sip;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import javax.sip.address.URI;
import org.junit.jupiter.api.Test;

/// Reads the same bytes with JAIN-SIP, an independent parser, and compares what both understood.
class JainSipComparisonTest {
  /// What matters for transactions and dialogs. Texts that the two write differently are reduced to
  /// what they mean.
  record Reading(
      String startLine,
      String uri,
      String from,
      String to,
      String callId,
      String cseq,
      List<String> vias,
      List<String> contacts) {}

  /// Where the two differ on the torture messages, and why that is meant. Everything else must be
  /// the same.
  private static final Map<String, String> DIFFERENCES = differences();

  private static Map<String, String> differences() {
    var d = new LinkedHashMap<String, String>();
    String refused = "JAIN-SIP reads it all the same; we refuse, as the RFC ";
    d.put("ncl", refused + "asks: a negative length");
    d.put("lwsstart", refused + "proposes: two spaces in the request line");
    d.put("trws", refused + "proposes: spaces behind the version");
    d.put("escruri", refused + "proposes: headers in the Request-URI");
    d.put("regbadct", refused + "asks: a Contact whose parameters belong to nobody");
    d.put("badaspec", refused + "proposes: spaces within the brackets");
    d.put("baddn", refused + "proposes: a comma in a display name without quotes");
    d.put("badvers", refused + "asks: version 7.0 gets 505");
    d.put("mismatch01", refused + "asks: two methods in one request");
    d.put("mismatch02", refused + "asks: two methods in one request");
    d.put("badbranch", refused + "proposes: a branch that is nothing but the cookie");
    d.put("multi01", refused + "asks: two of what there may be one of");
    d.put("mcl01", refused + "asks: two lengths");
    d.put("ipv6-bad", refused + "asks: an IPv6 address without brackets");
    d.put("unkscm", "a scheme has no case (RFC 3986 3.1): ours is lower, theirs as it was written");
    return d;
  }

  @Test
  void generatedMessagesAreUnderstoodAlike() throws ParseException {
    long seed = 4_475L;
    var random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      String text = MessageGenerator.next(random);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      Reading ours =
          ours(Rfc4475Test.message(new SipParser().parseDatagram(bytes, 0, bytes.length)));
      assertThat(ours)
          .as("seed " + seed + ", message " + i + ":\n" + text)
          .isEqualTo(theirs(bytes));
    }
  }

  @Test
  void tortureMessagesAreUnderstoodAlikeExceptWhereWeMeanIt() throws IOException {
    var found = new TreeMap<String, String>();
    for (Rfc4475Test.Case c : Rfc4475Test.CASES) {
      compare(c.file(), Rfc4475Test.bytes(c.file())).ifPresent(d -> found.put(c.file(), d));
    }
    for (String file : Rfc5118Test.FILES) {
      compare(file, Rfc5118Test.bytes(file)).ifPresent(d -> found.put(file, d));
    }
    assertThat(found.keySet())
        .as(() -> String.join("\n", found.values()))
        .containsExactlyInAnyOrderElementsOf(DIFFERENCES.keySet());
  }

  private static Optional<String> compare(String file, byte[] bytes) {
    Parsed parsed = new SipParser().parseDatagram(bytes, 0, bytes.length);
    String mine = parsed instanceof Parsed.Message(SipMessage m) ? ours(m).toString() : "refused";
    String other;
    try {
      other = theirs(bytes).toString();
    } catch (ParseException | RuntimeException e) {
      other = "refused";
    }
    return mine.equals(other)
        ? Optional.empty()
        : Optional.of(file + "\n  ours   " + mine + "\n  theirs " + other);
  }

  private static Reading ours(SipMessage message) {
    SipHeaders h = message.headers();
    String startLine =
        switch (message) {
          case SipRequest r -> r.method().token();
          case SipResponse r -> Integer.toString(r.status());
        };
    String uri = message instanceof SipRequest r ? uri(r.uri()) : "";
    return new Reading(
        startLine,
        uri,
        uri(h.from().uri()) + h.from().tag().map(t -> " " + t).orElse(""),
        uri(h.to().uri()) + h.to().tag().map(t -> " " + t).orElse(""),
        h.callId(),
        h.cseq().toString(),
        h.vias().stream()
            .map(v ->
                v.transport()
                    + " "
                    + v.sentBy()
                    + " "
                    + v.branch().orElse("-")
                    + " "
                    + v.received().orElse("-"))
            .toList(),
        h.contacts().stream()
            .map(c -> uri(c.uri()) + " " + c.params().get("expires").orElse("-"))
            .toList());
  }

  private static String uri(Uri uri) {
    return switch (uri) {
      case SipUri s ->
          s.scheme()
              + " "
              + s.user().orElse("-")
              + " "
              + s.at()
              + " lr="
              + s.isLooseRouter()
              + " "
              + s.params().get("transport").orElse("-");
      case TelUri t -> "tel " + t.digits();
      case OtherUri o -> o.toString();
    };
  }

  private static Reading theirs(byte[] bytes) throws ParseException {
    SIPMessage m = new StringMsgParser().parseSIPMessage(bytes.clone(), true, false, null);
    String startLine =
        m instanceof SIPRequest r
            ? r.getMethod()
            : Integer.toString(((SIPResponse) m).getStatusCode());
    String uri = m instanceof SIPRequest r ? uri(r.getRequestURI()) : "";
    var vias = new ArrayList<String>();
    for (var v : m.getViaHeaders()) {
      String received = v.getReceived();
      // It keeps the brackets, and a space behind the value.
      String address = received == null ? "-" : received.replace("[", "").replace("]", "").strip();
      vias.add(
          v.getTransport()
              + " "
              + v.getSentBy().encode()
              + " "
              + orDash(v.getBranch())
              + " "
              + address);
    }
    var contacts = new ArrayList<String>();
    if (m.getContactHeaders() != null) {
      for (Contact c : m.getContactHeaders()) {
        contacts.add(uri(c.getAddress().getURI()) + " " + orDash(c.getParameter("expires")));
      }
    }
    return new Reading(
        startLine,
        uri,
        uri(m.getFrom().getAddress().getURI())
            + (m.getFrom().getTag() == null ? "" : " " + m.getFrom().getTag()),
        uri(m.getTo().getAddress().getURI())
            + (m.getTo().getTag() == null ? "" : " " + m.getTo().getTag()),
        m.getCallId().getCallId(),
        m.getCSeq().getSeqNumber() + " " + m.getCSeq().getMethod(),
        vias,
        contacts);
  }

  private static String uri(URI uri) {
    if (uri instanceof gov.nist.javax.sip.address.SipUri s) {
      String password = s.getUserPassword() == null ? "" : ":" + s.getUserPassword();
      String user = s.getUser() == null ? "-" : s.getUser() + password;
      return s.getScheme()
          + " "
          + user
          + " "
          + s.getHostPort().encode()
          + " lr="
          + s.hasLrParam()
          + " "
          + orDash(s.getTransportParam());
    }
    if (uri instanceof javax.sip.address.TelURL tel) {
      return "tel "
          + (tel.isGlobal() ? "+" : "")
          + tel.getPhoneNumber().replace("+", "").replaceAll("[-.()]", "");
    }
    return uri.toString();
  }

  private static String orDash(@org.jspecify.annotations.Nullable String text) {
    return text == null ? "-" : text;
  }
}
