package io.tipring.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.app.Main;
import io.tipring.conformance.peer.Await;
import io.tipring.conformance.peer.Child;
import io.tipring.conformance.peer.Java;
import io.tipring.conformance.peer.Ports;
import io.tipring.conformance.peer.Tipring;
import io.tipring.testkit.CallCommand;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program as its operator meets it: what it prints, how it ends, with which exit code
/// (docs/operations.md).
@Tag("long")
class StartAndStopTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static Child java(Class<?> main, String... arguments) {
    return Java.start(List.of("-XX:+UseSerialGC", "-Xmx256m"), main, List.of(arguments));
  }

  private static Child run(String... arguments) {
    return java(Main.class, arguments);
  }

  private static Child caller(Tipring tipring) {
    return java(CallCommand.class, "sip:echo@127.0.0.1:" + tipring.sipPort(), "--duration", "300");
  }

  /// SIGTERM, which the exchange takes like Ctrl-C.
  private static void signal(Tipring tipring) {
    ProcessHandle.of(tipring.process().pid()).ifPresent(ProcessHandle::destroy);
  }

  @Test
  void aStartSaysInFewLinesWhereToCall() {
    // So few that no machine's limit of open files is worth a warning.
    try (Tipring tipring = Tipring.start("128m", "limits.calls=50", "rtp.ready=16")) {
      List<String> lines = tipring.process().lines();
      assertThat(lines).hasSizeLessThan(20).last().asString().matches("ready in \\d+ ms");
      assertThat(lines).anyMatch(line -> line.contains("sip:echo@127.0.0.1:" + tipring.sipPort()));
    }
  }

  @Test
  void aMistakeInTheConfigurationEndsTheStartWith2AndNamesItsLine(@TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("tipring.toml"), "[sip]\nprot = 5080\n");
    try (Child start = run("run", "--config", file.toString())) {
      assertThat(start.awaitExit(PATIENCE)).isEqualTo(2);
      assertThat(start.lines())
          .containsExactly(file + ":2: sip.prot: unknown key, did you mean sip.port?");
    }
  }

  @Test
  void aPortThatIsTakenEndsTheStartWith1AndSaysWhatToDo() throws IOException {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(0));
      String http = "http.port=" + taken.getLocalPort();
      try (Child start = run("run", "--set", "sip.port=" + Ports.free(), "--set", http)) {
        assertThat(start.awaitExit(PATIENCE)).isEqualTo(1);
        assertThat(start.tail(5)).contains("" + taken.getLocalPort()).contains("--set http.port=");
      }
    }
  }

  @Test
  void withoutCallsASignalEndsItAtOnceWith0() {
    try (Tipring tipring = Tipring.start("128m", "shutdown.drain_seconds=300")) {
      signal(tipring);
      assertThat(tipring.process().awaitExit(PATIENCE)).isZero();
    }
  }

  @Test
  void aRunningCallMayGoOnForAWhileAndThenGetsBye() {
    try (Tipring tipring = Tipring.start("128m", "shutdown.drain_seconds=2");
        Child first = caller(tipring)) {
      first.awaitLine("ACK", PATIENCE);
      signal(tipring);
      tipring.process().awaitLine("No new calls", PATIENCE);
      assertThat(tipring.process().awaitExit(PATIENCE)).isZero();
      first.awaitLine("<-- BYE", PATIENCE);
      assertThat(first.awaitExit(PATIENCE)).isZero();
    }
  }

  @Test
  void aPhoneThatIsInterruptedHangsUp() {
    try (Tipring tipring = Tipring.start("128m");
        Child phone = caller(tipring)) {
      phone.awaitLine("ACK", PATIENCE);
      ProcessHandle.of(phone.pid()).ifPresent(ProcessHandle::destroy);
      tipring.process().awaitLine("ended: CALLER_HUNG_UP", PATIENCE);
    }
  }

  @Test
  void newCallsAreTurnedAwayWhileItDrains() {
    try (Tipring tipring = Tipring.start("128m", "shutdown.drain_seconds=300");
        Child first = caller(tipring)) {
      first.awaitLine("ACK", PATIENCE);
      signal(tipring);
      tipring.process().awaitLine("No new calls", PATIENCE);
      try (Child second = caller(tipring)) {
        second.awaitLine("503", PATIENCE);
      }
      assertThat(first.alive()).isTrue();
    }
  }

  @Test
  void aSecondSignalEndsItAtOnceWith130() {
    try (Tipring tipring = Tipring.start("128m", "shutdown.drain_seconds=300");
        Child call = caller(tipring)) {
      call.awaitLine("ACK", PATIENCE);
      signal(tipring);
      tipring.process().awaitLine("No new calls", PATIENCE);
      Await.until(
          PATIENCE,
          () -> {
            signal(tipring);
            return !tipring.process().alive();
          });
      assertThat(tipring.process().awaitExit(PATIENCE)).isEqualTo(130);
    }
  }
}
