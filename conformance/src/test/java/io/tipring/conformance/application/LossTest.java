package io.tipring.conformance.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.conformance.peer.Await;
import io.tipring.conformance.peer.Baresip;
import io.tipring.conformance.peer.Example;
import io.tipring.conformance.peer.Example.Language;
import io.tipring.conformance.peer.Needs;
import io.tipring.conformance.peer.Peer;
import io.tipring.conformance.peer.Ports;
import io.tipring.conformance.peer.RefereeReport;
import io.tipring.conformance.peer.Tipring;
import io.tipring.testkit.sound.ToneProbe;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// An application is killed while its caller types.
@Tag("long")
@Needs({Peer.BARESIP, Peer.NODE})
class LossTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @ParameterizedTest
  @EnumSource
  void oneThatIsStartedAgainGoesOnWhereItWas(Language language, RefereeReport.Figures report) {
    int port = Ports.free();
    String first;
    try (Example example = Example.start(language, port, Map.of());
        Tipring tipring = Tipring.start("256m", "apps.mine=" + example.url());
        Baresip phone = Baresip.start("127.0.0.1", "pcmu/8000,pcma/8000", false)) {
      phone.dial("sip:mine@127.0.0.1:" + tipring.sipPort());
      awaitPrinted(example, "gather-1");
      phone.press('3');
      awaitPrinted(example, "\"id\":\"gather-2\"");
      phone.press('4');
      awaitPrinted(example, "\"digit\":\"4\"");
      example.kill();
      first = example.printed();
      phone.press('2'); // while nobody is there
      try (Example again = Example.start(language, port, Map.of())) {
        awaitPrinted(again, "\"digit\":\"2\"");
        phone.press('1');
        awaitPrinted(again, "\"digit\":\"1\"");
        phone.press('7');
        awaitPrinted(again, "You typed 4, 2, 1, 7.");
        awaitPrinted(again, "\"id\":\"gather-4\""); // it was said to its end
        phone.hangUp();
        awaitPrinted(again, "session.ended");
        Trace before = only(first);
        Trace after = only(again.printed());
        assertThat(after.numbers())
            .as("nothing missed, nothing repeated")
            .isEqualTo(IntStream.rangeClosed(1, after.numbers().size()).boxed().toList());
        assertThat(before.numbers()).isEqualTo(after.numbers().subList(0, before.numbers().size()));
        assertThat(after.ends()).containsKeys("gather-1", "gather-2", "say-3", "gather-4");
        assertThat(after.ends().values()).as("%s", after.ends()).containsOnly(1);
        assertThat(after.fours()).containsExactly("4217");
        report.line(
            "%s killed during a gather and started again: %d events, none missed or repeated, digits %s"
                .formatted(language, after.numbers().size(), after.fours().getFirst()));
      }
      assertThat(Spoken.of("You typed 4, 2, 1, 7.").isIn(phone.heard())).isTrue();
      assertThat(tipring.process().lines()).anyMatch(line -> line.contains("is there again"));
    }
  }

  private static Trace only(String printed) {
    Map<String, Trace> calls = Trace.of(printed);
    assertThat(calls).hasSize(1);
    return calls.values().iterator().next();
  }

  private static void awaitPrinted(Example example, String part) {
    if (!Await.until(PATIENCE, () -> example.printed().contains(part))) {
      throw new AssertionError("never came: " + part + "\n" + example.printed());
    }
  }

  @Test
  void withAFallbackTheOtherApplicationTakesOver() {
    try (Example example = Example.start(Language.NODE);
        Tipring tipring =
            Tipring.start(
                "256m",
                "applications.mine.url=" + example.url(),
                "applications.mine.fallback=tone",
                "applications.mine.on_loss=fallback",
                "apps.mine=mine");
        Baresip phone = Baresip.start("127.0.0.1", "pcmu/8000,pcma/8000", false)) {
      phone.dial("sip:mine@127.0.0.1:" + tipring.sipPort());
      awaitPrinted(example, "gather-1");
      example.kill();
      tipring.process().awaitLine("hands over: APP_LOST to tone", PATIENCE);
      phone.awaitMore(Duration.ofSeconds(2));
      phone.hangUp();
      int[] sound = phone.heard();
      assertThat(
              ToneProbe.of(Arrays.copyOfRange(sound, sound.length - 8_000, sound.length))
                  .hears(1000))
          .isTrue();
    }
  }

  @Test
  void withTheOtherPolicyTheCallEndsForThatReason() {
    try (Example example = Example.start(Language.NODE);
        Tipring tipring =
            Tipring.start(
                "256m",
                "applications.mine.url=" + example.url(),
                "applications.mine.on_loss=hang_up",
                "apps.mine=mine");
        Baresip phone = Baresip.start("127.0.0.1", "pcmu/8000,pcma/8000", false)) {
      phone.dial("sip:mine@127.0.0.1:" + tipring.sipPort());
      awaitPrinted(example, "gather-1");
      example.kill();
      phone.awaitHungUp();
      tipring.process().awaitLine("ended: APP_LOST", PATIENCE);
      assertThat(tipring.process().lines())
          .anyMatch(line -> line.contains("is not waited for any longer, the call ends"));
      assertThat(tipring.meters())
          .containsEntry("tipring_calls_ended_total{what=\"app_lost\"}", 1.0);
    }
  }

  @Test
  void oneThatWasNeverThereIsNamedInTheLogAndTheCallerHearsThat() {
    try (Tipring tipring = Tipring.start("256m", "apps.mine=ws://127.0.0.1:" + Ports.free() + "/");
        Baresip phone = Baresip.start("127.0.0.1", "pcmu/8000,pcma/8000", false)) {
      phone.dialInVain("sip:mine@127.0.0.1:" + tipring.sipPort());
      assertThat(phone.story()).contains("480");
      tipring.process().awaitLine("could not be reached", PATIENCE);
      tipring.process().awaitLine("ended: APP_UNREACHABLE", PATIENCE);
    }
  }

  @Test
  void oneThatSaysNothingIsGivenUpAndTheCallerHearsThat() {
    try (RudeApplication silent = new RudeApplication();
        Tipring tipring =
            Tipring.start("256m", "apps.mine=" + silent.url(), "control.first_answer_seconds=1");
        Baresip phone = Baresip.start("127.0.0.1", "pcmu/8000,pcma/8000", false)) {
      phone.dialInVain("sip:mine@127.0.0.1:" + tipring.sipPort());
      assertThat(phone.story()).contains("603");
      tipring.process().awaitLine("ended: APP_DID_NOT_ANSWER", PATIENCE);
    }
  }
}
