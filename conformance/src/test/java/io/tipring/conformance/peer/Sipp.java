package io.tipring.conformance.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// One run of SIPp as a caller: a scenario of ours against one address.
///
/// @param scenario a file of `src/test/resources/sipp`, without `.xml`
/// @param user whom it calls
/// @param host literal address, without brackets
/// @param transport SIPp's word: `u1` UDP, `t1` one TCP connection, `tn` one for each call
/// @param ratePerSecond calls begun in a second
/// @param calls how many in all
/// @param talkMillis how long the scenario's plain pauses last
public record Sipp(
    String scenario,
    String user,
    String host,
    int port,
    String transport,
    int ratePerSecond,
    int calls,
    int talkMillis) {
  /// The tone of its sound, hertz.
  public static final int TONE_HERTZ = 440;

  private static final int GRACE_SECONDS = 40;

  /// One short call over UDP.
  public static Sipp call(String scenario, String user, int port) {
    return new Sipp(scenario, user, "127.0.0.1", port, "u1", 10, 1, 1000);
  }

  public Sipp over(String word) {
    return new Sipp(scenario, user, host, port, word, ratePerSecond, calls, talkMillis);
  }

  public Sipp at(String address) {
    return new Sipp(scenario, user, address, port, transport, ratePerSecond, calls, talkMillis);
  }

  public Sipp times(int count, int rate, Duration talk) {
    return new Sipp(scenario, user, host, port, transport, rate, count, (int) talk.toMillis());
  }

  /// SIPp as somebody who answers each call and sends its sound back, until closed.
  public static Child answering(int port) {
    Child sipp =
        Child.start(
            Folders.fresh("sipp", "answering"),
            List.of(
                Peer.SIPP.command(),
                "-sn",
                "uas",
                "-i",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-rtp_echo",
                "-mp",
                Integer.toString(Ports.free()),
                "-nostdin"));
    if (!Await.until(Duration.ofSeconds(60), () -> Ports.isBoundForUdp(port))) {
      sipp.close();
      throw new AssertionError("SIPp does not listen: " + sipp.tail(20));
    }
    return sipp;
  }

  /// Runs it to its end. What it wrote stays in a folder of its own under `target/sipp`.
  public Result run() {
    Path folder = Folders.fresh("sipp", scenario + "-" + transport);
    try {
      Files.write(folder.resolve("tone.pcmu"), Tones.pcmu(TONE_HERTZ, 1000));
      Files.writeString(folder.resolve("callers.csv"), callers());
      try (Child sipp = Child.start(folder, command())) {
        int exit = sipp.awaitExit(Duration.ofSeconds(deadlineSeconds() + 15L));
        return new Result(
            exit, SippStatistics.read(folder.resolve("stat.csv")), folder, sipp.tail(80));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What each caller has for itself, where the scenario asks for it: fields 0 to 3 are the digits
  /// of its number.
  private static String callers() {
    StringBuilder lines = new StringBuilder("SEQUENTIAL\n");
    for (int number = 0; number < 10_000; number++) {
      lines.append(String.join(";", "%04d".formatted(number).split(""))).append('\n');
    }
    return lines.toString();
  }

  private int deadlineSeconds() {
    return calls / ratePerSecond + talkMillis / 1000 + GRACE_SECONDS;
  }

  private List<String> command() {
    boolean six = host.contains(":");
    List<String> command =
        new ArrayList<>(
            List.of(
                Peer.SIPP.command(),
                (six ? "[" + host + "]" : host) + ":" + port,
                "-sf",
                file().toString(),
                "-s",
                user,
                "-i",
                six ? "[" + host + "]" : host,
                "-mi",
                six ? "[" + host + "]" : host,
                "-p",
                Integer.toString(Ports.free()),
                "-t",
                transport,
                "-nostdin"));
    command.addAll(
        List.of(
            "-r",
            Integer.toString(ratePerSecond),
            "-m",
            Integer.toString(calls),
            "-l",
            "10000",
            "-max_socket",
            "5000"));
    command.addAll(
        List.of(
            "-timeout",
            deadlineSeconds() + "s",
            "-timeout_error",
            "-d",
            Integer.toString(talkMillis)));
    command.addAll(
        List.of(
            "-trace_stat",
            "-fd",
            "1",
            "-stf",
            "stat.csv",
            "-inf",
            "callers.csv",
            "-trace_err",
            "-error_file",
            "errors.log"));
    if (calls <= 10) {
      command.addAll(List.of("-trace_msg", "-message_file", "messages.log"));
    }
    return command;
  }

  private Path file() {
    URL resource =
        Objects.requireNonNull(
            Sipp.class.getResource("/sipp/" + scenario + ".xml"), "no scenario " + scenario);
    try {
      return Path.of(resource.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /// How it went.
  ///
  /// @param exit 0 when every call went as the scenario says
  /// @param folder where its logs are
  /// @param screen the end of what it printed
  public record Result(int exit, SippStatistics statistics, Path folder, String screen) {
    public boolean passed() {
      return exit == 0 && statistics.total("FailedCall(C)") == 0;
    }

    /// What an assertion shows.
    public String story() {
      return "SIPp ended with "
          + exit
          + "\n"
          + read("errors.log")
          + "\n"
          + screen
          + "\n"
          + read("messages.log");
    }

    /// Text of one of its logs, empty when it was not written.
    public String read(String name) {
      try {
        return Files.exists(folder.resolve(name)) ? Files.readString(folder.resolve(name)) : "";
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
