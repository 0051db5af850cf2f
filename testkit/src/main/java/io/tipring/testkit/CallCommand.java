package io.tipring.testkit;

import io.tipring.edge.net.ThreadLane;
import io.tipring.edge.sip.transport.Transport;
import io.tipring.media.spec.Pcm;
import io.tipring.media.spec.Source;
import io.tipring.testkit.phone.CallScript;
import io.tipring.testkit.phone.Ladder;
import io.tipring.testkit.phone.Manners;
import io.tipring.testkit.phone.Phone;
import io.tipring.testkit.phone.PhoneCall;
import io.tipring.testkit.phone.RealJack;
import io.tipring.testkit.sound.WavFile;
import io.tipring.wire.sip.NameAddr;
import io.tipring.wire.sip.SipSyntaxException;
import io.tipring.wire.sip.SipUri;
import io.tipring.wire.sip.dialog.SessionSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A small telephone for the command line: calls, plays, presses keys, records, and shows the
/// ladder of the call.
@Command(
    name = "call",
    description =
        "Calls a SIP address, shows the messages of the call as it goes, and says what was heard.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true)
public final class CallCommand implements Callable<Integer> {
  private static final int SIP_PORT = 5060;
  private static final Duration GRACE = Duration.ofSeconds(40);

  /// What the other side has to hear of Ctrl-C.
  private static final Duration GOODBYE = Duration.ofSeconds(3);

  @Parameters(
      paramLabel = "URI",
      description = "whom to call, such as sip:echo@127.0.0.1 (;transport=tcp for TCP)")
  private String uri = "";

  @Option(
      names = "--play",
      paramLabel = "FILE|HZ",
      description = "a WAV file to play, or a tone, such as 1000")
  private @Nullable String play;

  @Option(
      names = "--press",
      paramLabel = "KEYS",
      description = "keys to press once answered; a comma waits half a second")
  private String press = "";

  @Option(names = "--record", paramLabel = "FILE", description = "WAV file for what is heard")
  private @Nullable Path record;

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      description = "hang up so long after the answer (${DEFAULT-VALUE})")
  private int duration = 5;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      description = "give up when not answered by then (${DEFAULT-VALUE})")
  private int patience = 30;

  @Option(names = "--from", paramLabel = "NAME", description = "who calls (${DEFAULT-VALUE})")
  private String from = "tipring";

  @Option(
      names = "--auth",
      paramLabel = "USER:PASSWORD",
      description = "what to answer when asked who we are")
  private @Nullable String auth;

  /// The call, from the moment it was dialled.
  private final CompletableFuture<PhoneCall> dialled = new CompletableFuture<>();

  /// The same, once it is over.
  private final CompletableFuture<PhoneCall> finished = new CompletableFuture<>();

  private CallCommand() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new CallCommand()).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      if (auth != null && auth.indexOf(':') < 1) {
        throw new IllegalArgumentException("--auth needs USER:PASSWORD");
      }
      SipUri target = target();
      Optional<Source> source = source();
      return call(target, source).code();
    } catch (SipSyntaxException | IllegalArgumentException e) {
      return failed(CallExit.USAGE, e);
    } catch (UnknownHostException e) {
      return failed(CallExit.UNREACHABLE, e);
    } catch (IOException e) {
      return failed(CallExit.FILE, e);
    }
  }

  private static int failed(CallExit exit, Exception why) {
    System.err.println(exit.words() + ": " + why.getMessage());
    return exit.code();
  }

  private SipUri target() {
    String text = uri.contains(":") ? uri : "sip:" + uri;
    if (NameAddr.parse('<' + text + '>').uri() instanceof SipUri sip && !sip.secure()) {
      return sip;
    }
    throw new IllegalArgumentException("not a sip: address: " + uri);
  }

  private Optional<Source> source() throws IOException {
    if (play == null) {
      return Optional.empty();
    }
    if (play.matches("\\d{2,4}")) {
      return Optional.of(new Source.Tone(Integer.parseInt(play), -10));
    }
    int[] samples = WavFile.read(Path.of(play));
    return Optional.of(new Source.Clip(play, Pcm.copyOf(samples, samples.length)));
  }

  private CallExit call(SipUri target, Optional<Source> source)
      throws IOException, InterruptedException {
    InetAddress host = InetAddress.getByName(target.at().address());
    InetSocketAddress hop = new InetSocketAddress(host, target.at().port().orElse(SIP_PORT));
    boolean tcp = target.transport().filter("tcp"::equalsIgnoreCase).isPresent();
    Manners manners = tcp ? Manners.GOOD.overTcp() : Manners.GOOD;
    ThreadLane lane =
        new ThreadLane("phone", (_, failure) -> finished.completeExceptionally(failure));
    hangUpWhenInterrupted(lane);
    try (RealJack jack = RealJack.towards(host, tcp ? Transport.TCP : Transport.UDP, lane)) {
      CallScript script =
          new CallScript(
              source,
              press,
              Duration.ofSeconds(patience),
              Duration.ofSeconds(duration),
              finished::complete);
      lane.post(
          "phone",
          () -> {
            Phone phone =
                new Phone(
                    jack, from, manners, SessionSettings.USUAL, new Ladder(System.out::println));
            if (auth != null) {
              int colon = auth.indexOf(':');
              phone.authenticateAs(auth.substring(0, colon), auth.substring(colon + 1));
            }
            PhoneCall call = phone.dial(target, hop);
            dialled.complete(call);
            script.run(lane, call);
          });
      PhoneCall call = finished.get(patience + duration + GRACE.toSeconds(), TimeUnit.SECONDS);
      return report(call);
    } catch (TimeoutException e) {
      System.err.println("the call did not end in time");
      return CallExit.BROKEN;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the phone failed", e.getCause());
    }
  }

  /// Ctrl-C: the other side hears BYE or CANCEL instead of nothing more.
  private void hangUpWhenInterrupted(ThreadLane lane) {
    Runnable goodbye =
        () -> {
          if (finished.isDone()) {
            return; // the usual end
          }
          var _ = dialled.thenAccept(call -> lane.post("phone", call::hangUp));
          try {
            finished.get(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
          } catch (InterruptedException | ExecutionException | TimeoutException _) {
            // It was said; whether it was heard changes nothing any more.
          }
        };
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("goodbye").unstarted(goodbye));
  }

  private CallExit report(PhoneCall call) throws IOException {
    CallExit exit = CallExit.of(call);
    System.out.println(exit.words() + statusOf(call));
    call.notRecognised().ifPresent(why -> System.out.println(why + hint()));
    if (call.hasSound()) {
      System.out.println(new CallSummary(call));
      if (record != null) {
        WavFile.write(record, call.tape().samples());
      }
    }
    return exit;
  }

  private String hint() {
    return auth == null ? " (--auth USER:PASSWORD)" : "";
  }

  private static String statusOf(PhoneCall call) {
    return call.statuses().isEmpty() ? "" : ", last status " + call.statuses().getLast();
  }
}
