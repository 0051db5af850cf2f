package io.tipring.conformance.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.conformance.peer.Again;
import io.tipring.conformance.peer.Baresip;
import io.tipring.conformance.peer.Example;
import io.tipring.conformance.peer.Example.Language;
import io.tipring.conformance.peer.Needs;
import io.tipring.conformance.peer.Peer;
import io.tipring.conformance.peer.RefereeReport;
import io.tipring.conformance.peer.Tipring;
import io.tipring.conformance.relay.BadLine;
import io.tipring.conformance.relay.LossyRelay;
import io.tipring.conformance.relay.SoundPacket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A softphone that others wrote calls the menu, as it comes with the exchange and as the examples
/// have it, presses keys, and records what is said to it.
@Tag("long")
@Needs({Peer.BARESIP, Peer.NODE})
class MenuTest {
  private static final BadLine GOOD = new BadLine(0, Duration.ZERO, 0, Duration.ZERO, 1);
  private static final String OF_EXAMPLES =
      "Welcome. For the time, press 1. To hear yourself, press 2. To have your digits read back, press 3.";

  /// From the first packet of the key to the last sample of the prompt.
  private static final double LONGEST_CUT_MILLIS = 60;

  /// Words are closer together than that.
  private static final long GAP_NANOS = 120_000_000;

  /// Who answers, and what it says.
  ///
  /// @param four asks for digits
  private enum Menu {
    BUILTIN(
        "ivr",
        "For the time, press 1. To hear yourself, press 2. To have your digits read back, press 3.",
        "Type four digits.",
        "You typed 4, 2, 1, 7."),
    JAVA("java", OF_EXAMPLES, "Type four digits.", "You typed 4, 2, 1, 7."),
    NODE("node", OF_EXAMPLES, "Type four digits.", "You typed 4, 2, 1, 7.");

    private final String dialled;
    private final Spoken menu;
    private final Spoken four;
    private final Spoken typed;

    Menu(String dialled, String menu, String four, String typed) {
      this.dialled = dialled;
      this.menu = Spoken.of(menu);
      this.four = Spoken.of(four);
      this.typed = Spoken.of(typed);
    }
  }

  private static List<AutoCloseable> running = List.of();
  private static int sipPort;

  @BeforeAll
  static void start() {
    Example java = Example.start(Language.JAVA);
    Example node = Example.start(Language.NODE);
    Tipring tipring =
        Tipring.start(
            "256m", "apps.java=" + java.url(), "applications.js.url=" + node.url(), "apps.node=js");
    running = List.of(tipring, java, node);
    sipPort = tipring.sipPort();
  }

  @AfterAll
  static void stop() throws Exception {
    for (AutoCloseable one : running) {
      one.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCallerHearsEveryPromptAndItsDigits(Menu menu, RefereeReport.Figures report) {
    Heard heard = Again.untilHeard(() -> call(menu), Heard::isWhole);
    report.line("speech of " + menu.dialled + " heard by baresip: " + heard.shares());
    assertThat(heard.isWhole()).as(heard::shares).isTrue();
  }

  private static Heard call(Menu menu) {
    try (Baresip phone = Baresip.start("127.0.0.1", "pcmu/8000,pcma/8000", false)) {
      phone.dial("sip:" + menu.dialled + "@127.0.0.1:" + sipPort);
      int millis = menu.menu.millis() + 1_000;
      phone.awaitHeard(Duration.ofMillis(millis));
      phone.press('3');
      millis += menu.four.millis() + 1_500;
      phone.awaitHeard(Duration.ofMillis(millis));
      for (char key : "4217".toCharArray()) {
        phone.press(key);
        millis += 600;
        phone.awaitHeard(Duration.ofMillis(millis));
      }
      phone.awaitHeard(Duration.ofMillis(millis + menu.typed.millis() + 1_500));
      phone.hangUp();
      int[] sound = phone.heard();
      return new Heard(
          menu.menu.shareIn(sound), menu.four.shareIn(sound), menu.typed.shareIn(sound));
    }
  }

  /// Shares of what was said that were heard.
  private record Heard(double menu, double four, double typed) {
    boolean isWhole() {
      return Math.min(menu, Math.min(four, typed)) >= Spoken.HEARD;
    }

    String shares() {
      return "menu %.0f %%, question %.0f %%, answer %.0f %%"
          .formatted(menu * 100, four * 100, typed * 100);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aKeyCutsThePromptWithin60Milliseconds(Menu menu, RefereeReport.Figures report) {
    Cut cut = Again.untilHeard(() -> cut(menu), tried -> tried.isClean());
    report.line(
        "barge-in of %s: %.1f ms after the key's first packet; of the rest of the prompt %.0f %% heard"
            .formatted(menu.dialled, cut.millis, cut.rest * 100));
    assertThat(cut.isClean()).as(cut::toString).isTrue();
  }

  /// @param millis from the first packet of the key to the last sample of the prompt, on the line
  /// @param begun the share of what came before the key that was heard
  /// @param rest the share of what would have come after it
  private record Cut(double millis, double begun, double rest) {
    boolean isClean() {
      return millis <= LONGEST_CUT_MILLIS && begun >= Spoken.HEARD && rest < 0.2;
    }
  }

  private static Cut cut(Menu menu) {
    try (LossyRelay relay = new LossyRelay(sipPort, GOOD);
        Baresip phone = Baresip.start("127.0.0.1", "pcmu/8000,pcma/8000", false)) {
      phone.dial("sip:" + menu.dialled + "@127.0.0.1:" + relay.port());
      phone.awaitHeard(Duration.ofMillis(2_200));
      phone.press('3');
      phone.awaitHeard(Duration.ofMillis(2_200 + menu.menu.millis()));
      phone.hangUp();
      int[] sound = phone.heard();
      return new Cut(
          cutMillis(relay.sound()),
          menu.menu.part(0, 1_400).shareIn(sound),
          menu.menu.part(3_600, menu.menu.millis()).shareIn(sound));
    }
  }

  /// The prompt ends where nothing has sounded for longer than between its words; what follows is
  /// the next one.
  private static double cutMillis(List<SoundPacket> line) {
    long key =
        line.stream()
            .filter(packet -> packet.fromPeer() && packet.isKey())
            .findFirst()
            .orElseThrow(() -> new AssertionError("no key came by"))
            .atNanos();
    long at = key;
    double sounded = 0;
    for (SoundPacket packet : line) {
      if (!packet.fromPeer() && packet.sounds()) {
        if (packet.atNanos() > key && packet.atNanos() - at > GAP_NANOS) {
          break;
        }
        at = packet.atNanos();
        sounded = packet.soundMillis();
      }
    }
    return (at - key) / 1e6 + sounded;
  }
}
