package io.tipring.wire.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamFramerTest {
  private final StreamFramer framer = new StreamFramer(new SipParser());

  private static String message(String callId, String body) {
    return "MESSAGE sip:bob@example.com SIP/2.0\r\nVia: SIP/2.0/TCP a.example.com;branch=z9hG4bK"
        + callId
        + "\r\nFrom: <sip:a@example.com>;tag=1\r\nTo: <sip:bob@example.com>\r\nCall-ID: "
        + callId
        + "\r\nCSeq: 1 MESSAGE\r\nMax-Forwards: 70\r\nContent-Type: text/plain\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private List<Parsed> feed(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return framer.feed(bytes, 0, bytes.length);
  }

  private static List<String> callIds(List<Parsed> parsed) {
    return parsed.stream().map(p -> ((Parsed.Message) p).message().headers().callId()).toList();
  }

  @Test
  void severalMessagesInOnePieceComeOutInOrder() {
    List<Parsed> parsed = feed(message("a", "one") + message("b", "") + message("c", "three"));
    assertThat(callIds(parsed)).containsExactly("a", "b", "c");
    assertThat(((Parsed.Message) parsed.get(2)).message().body().text()).isEqualTo("three");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100, 1_000})
  void howTheBytesAreCutMakesNoDifference(int piece) {
    String text =
        message("a", "one") + "\r\n\r\n" + message("b", "\r\n\r\n") + message("c", "three");
    var all = new ArrayList<Parsed>();
    for (int i = 0; i < text.length(); i += piece) {
      all.addAll(feed(text.substring(i, Math.min(i + piece, text.length()))));
    }
    assertThat(all).hasSize(4);
    assertThat(all.get(1)).isEqualTo(new Parsed.KeepAlive());
    all.remove(1);
    assertThat(callIds(all)).containsExactly("a", "b", "c");
    assertThat(((Parsed.Message) all.get(1)).message().body().text()).isEqualTo("\r\n\r\n");
  }

  /// RFC 5626 4.4.1
  @Test
  void twoLineEndsAreAPingAndOneIsAPong() {
    assertThat(feed("\r\n\r\n")).containsExactly(new Parsed.KeepAlive());
    assertThat(feed("\r\n")).isEmpty();
    assertThat(callIds(feed(message("a", "")))).containsExactly("a");
    assertThat(feed("\r\n\r")).isEmpty();
    assertThat(feed("\n")).containsExactly(new Parsed.KeepAlive());
  }

  @Test
  void tortureMessagesThatSayTheirLengthReadAsInADatagram() throws IOException {
    for (String file :
        List.of("wsinv", "intmeth", "esc01", "longreq", "mpart01", "unreason", "trws", "bigcode")) {
      byte[] bytes = Rfc4475Test.bytes(file);
      assertThat(new StreamFramer(new SipParser()).feed(bytes, 0, bytes.length))
          .as(file)
          .containsExactly(new SipParser().parseDatagram(bytes, 0, bytes.length));
    }
  }

  /// RFC 4475 3.1.1.8
  @Test
  void whatADatagramIgnoresIsTheNextMessageOfAStream() throws IOException {
    byte[] bytes = Rfc4475Test.bytes("dblreq");
    List<Parsed> parsed = framer.feed(bytes, 0, bytes.length);
    assertThat(callIds(parsed.subList(0, 2)))
        .containsExactly(
            "dblreq.0ha0isndaksdj99sdfafnl3lk233412", "dblreq.0ha0isnda977644900765@192.0.2.15");
    // Its body is five bytes longer than the second message says.
    assertThat(framer.ended()).contains(StreamFramer.End.NOT_SIP);
  }

  @Test
  void aMalformedMessageIsRefusedAndTheNextOneIsRead() {
    List<Parsed> parsed =
        feed(message("a", "x").replace("CSeq: 1", "CSeq: one") + message("b", "y"));
    assertThat(((Parsed.Unacceptable) parsed.getFirst()).answer().reason()).startsWith("Bad CSeq");
    assertThat(callIds(parsed.subList(1, 2))).containsExactly("b");
    assertThat(framer.ended()).isEmpty();
  }

  @Test
  void withoutContentLengthAMessageWithoutContentTypeHasNoBody() {
    String bare =
        message("a", "")
            .replace("Content-Length: 0\r\n", "")
            .replace("Content-Type: text/plain\r\n", "");
    assertThat(callIds(feed(bare + message("b", "")))).containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Content-Length: -1\r\n",
        "Content-Length: x\r\n",
        "l: 3\r\nContent-Length: 3\r\n"
      })
  void aStreamEndsWhereTheLengthIsUnknown(String lengths) {
    List<Parsed> parsed =
        feed(message("a", "abc").replace("Content-Length: 3\r\n", lengths) + message("b", ""));
    assertThat(parsed).hasSize(1);
    assertThat(((Parsed.Unacceptable) parsed.getFirst()).answer().reason())
        .startsWith("Bad Content-Length");
    assertThat(framer.ended()).contains(StreamFramer.End.UNKNOWN_LENGTH);
    assertThat(feed(message("c", ""))).isEmpty();
  }

  @Test
  void aBodyThatIsAnnouncedTooLargeIsRefusedBeforeItArrives() {
    List<Parsed> parsed =
        feed(message("a", "").replace("Content-Length: 0", "Content-Length: 2000000000"));
    assertThat(((Parsed.Unacceptable) parsed.getFirst()).answer().status()).isEqualTo(513);
    assertThat(framer.ended()).contains(StreamFramer.End.BODY_TOO_LARGE);
  }

  @Test
  void headersThatNeverEndAreRefusedAtTheLimit() {
    String start = message("a", "");
    var all = new ArrayList<>(feed(start.substring(0, start.length() - 2)));
    for (int i = 0; i < 10_000 && framer.ended().isEmpty(); i++) {
      all.addAll(feed("X-Filler: 1234567890\r\n"));
    }
    assertThat(framer.ended()).contains(StreamFramer.End.HEAD_TOO_LARGE);
    assertThat(((Parsed.Unacceptable) all.getFirst()).answer().status()).isEqualTo(513);
  }

  @Test
  void tooManyHeadersEndTheStream() {
    String start = message("a", "");
    List<Parsed> parsed =
        feed(start.substring(0, start.length() - 2) + "X: 1\r\n".repeat(600) + "\r\n");
    assertThat(((Parsed.Unacceptable) parsed.getFirst()).answer().status()).isEqualTo(400);
    assertThat(framer.ended()).contains(StreamFramer.End.HEAD_TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\r\n", "\u0016\u0003\u0001\u0002", "\u0000\u0000"})
  void anotherProtocolEndsTheStreamAtOnce(String text) {
    assertThat(feed(text)).containsExactly(new Parsed.Garbage("stream: not SIP"));
    assertThat(framer.ended()).contains(StreamFramer.End.NOT_SIP);
  }
}
