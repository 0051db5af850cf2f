package io.tipring.bench;

import gov.nist.javax.sip.parser.StringMsgParser;
import io.tipring.wire.sip.Parsed;
import io.tipring.wire.sip.SipMessage;
import io.tipring.wire.sip.SipParser;
import io.tipring.wire.sip.SipWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// The SIP parser beside JAIN-SIP's: an INVITE with SDP and a 200, from bytes to everything that
/// routing looks at.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
public class ParserBench {
  private static final byte[] INVITE =
      message(
          """
          INVITE sip:echo@example.com:5060;transport=udp SIP/2.0
          Via: SIP/2.0/UDP proxy.example.com:5060;branch=z9hG4bK87asdks7;received=192.0.2.1
          Via: SIP/2.0/UDP 192.0.2.4:5060;branch=z9hG4bKnashds8;rport=5060
          Max-Forwards: 69
          Record-Route: <sip:proxy.example.com;lr>
          From: "Alice Wonder" <sip:alice@example.com>;tag=1928301774
          To: Bob <sip:echo@example.com>
          Call-ID: a84b4c76e66710@pc33.example.com
          CSeq: 314159 INVITE
          Contact: <sip:alice@192.0.2.4:5060>
          Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, PRACK, UPDATE
          Supported: 100rel, timer, replaces
          User-Agent: A telephone/1.0
          Content-Type: application/sdp
          Content-Length: LENGTH

          v=0
          o=alice 2890844526 2890844526 IN IP4 192.0.2.4
          s=-
          c=IN IP4 192.0.2.4
          t=0 0
          m=audio 49172 RTP/AVP 0 8 101
          a=rtpmap:0 PCMU/8000
          a=rtpmap:8 PCMA/8000
          a=rtpmap:101 telephone-event/8000
          """);

  private static final byte[] OK =
      message(
          """
          SIP/2.0 200 OK
          Via: SIP/2.0/UDP 192.0.2.4:5060;branch=z9hG4bKnashds8;rport=5060;received=192.0.2.4
          From: "Alice Wonder" <sip:alice@example.com>;tag=1928301774
          To: Bob <sip:echo@example.com>;tag=a6c85cf
          Call-ID: a84b4c76e66710@pc33.example.com
          CSeq: 314159 INVITE
          Contact: <sip:echo@192.0.2.9:5060>
          Content-Length: 0

          """);

  private final SipParser tipring = new SipParser();
  private final StringMsgParser jain = new StringMsgParser();
  private final SipMessage invite = parsed(INVITE);

  /// The text with its line ends, and with the length of its body in the place of LENGTH.
  private static byte[] message(String text) {
    String wire = text.replace("\n", "\r\n");
    int body = wire.length() - (wire.indexOf("\r\n\r\n") + 4);
    return wire.replace("LENGTH", Integer.toString(body)).getBytes(StandardCharsets.UTF_8);
  }

  private static SipMessage parsed(byte[] bytes) {
    if (new SipParser().parseDatagram(bytes, 0, bytes.length)
        instanceof Parsed.Message(SipMessage message)) {
      return message;
    }
    throw new IllegalStateException("the benchmark's own message is malformed");
  }

  @org.openjdk.jmh.annotations.Benchmark
  public Object inviteTipring() {
    return tipring.parseDatagram(INVITE, 0, INVITE.length);
  }

  @org.openjdk.jmh.annotations.Benchmark
  public Object inviteJain() throws ParseException {
    return jain.parseSIPMessage(INVITE, true, false, null);
  }

  @org.openjdk.jmh.annotations.Benchmark
  public Object okTipring() {
    return tipring.parseDatagram(OK, 0, OK.length);
  }

  @org.openjdk.jmh.annotations.Benchmark
  public Object okJain() throws ParseException {
    return jain.parseSIPMessage(OK, true, false, null);
  }

  @org.openjdk.jmh.annotations.Benchmark
  public byte[] inviteWritten() {
    return SipWriter.write(invite);
  }

  /// Runs it under JMH and says what came out.
  static final class Run implements Benchmark {
    @Override
    public String about() {
      return "the SIP parser beside JAIN-SIP's, in ns a message";
    }

    @Override
    public void run(Report report, Path folder) {
      try {
        Collection<RunResult> results =
            new Runner(
                    new OptionsBuilder()
                        .include(ParserBench.class.getName())
                        .jvmArgs("-Xms256m", "-Xmx256m")
                        .shouldFailOnError(true)
                        .build())
                .run();
        report.line(
            "messages  an INVITE of %d bytes with SDP, a 200 of %d bytes; JMH 1.37, 1 fork, 4 + 6 s",
            INVITE.length, OK.length);
        for (RunResult result : results) {
          report.line(
              "  %-15s %8.0f ns  +- %.0f",
              result.getPrimaryResult().getLabel(),
              result.getPrimaryResult().getScore(),
              result.getPrimaryResult().getScoreError());
        }
        report.line("beside    JAIN-SIP 1.3.0-91, StringMsgParser");
      } catch (RunnerException e) {
        report.notRun(String.valueOf(e.getMessage()));
      }
    }
  }
}
