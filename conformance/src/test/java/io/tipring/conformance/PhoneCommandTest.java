package io.tipring.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.conformance.peer.Again;
import io.tipring.conformance.peer.Baresip;
import io.tipring.conformance.peer.Child;
import io.tipring.conformance.peer.Java;
import io.tipring.conformance.peer.Needs;
import io.tipring.conformance.peer.Peer;
import io.tipring.conformance.peer.Ports;
import io.tipring.conformance.peer.Sipp;
import io.tipring.conformance.peer.Tones;
import io.tipring.testkit.CallCommand;
import io.tipring.testkit.sound.ToneProbe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command-line phone calls telephones that others wrote.
@Needs({Peer.SIPP, Peer.BARESIP})
class PhoneCommandTest {
  private static final int TONE_HERTZ = 1000;

  @TempDir private Path folder;

  @Test
  void itHearsItselfThroughSipp() {
    int port = Ports.free();
    try (Child sipp = Sipp.answering(port)) {
      ToneProbe heard =
          Again.untilHeard(
              () -> call("sip:anybody@127.0.0.1:" + port), sound -> sound.hears(TONE_HERTZ));
      assertThat(heard.hears(TONE_HERTZ)).as(() -> sipp.tail(20)).isTrue();
    }
  }

  @Test
  void itAndBaresipHearEachOther() {
    Conversation talk =
        Again.untilHeard(
            this::talkToBaresip,
            both -> both.ours.hears(Baresip.TONE_HERTZ) && both.theirs.hears(TONE_HERTZ));
    assertThat(talk.ours.hears(Baresip.TONE_HERTZ)).as(talk.story).isTrue();
    assertThat(talk.ours.hears(TONE_HERTZ)).isFalse();
    assertThat(talk.theirs.hears(TONE_HERTZ)).as(talk.story).isTrue();
  }

  /// What either side heard of the other.
  private record Conversation(ToneProbe ours, ToneProbe theirs, String story) {}

  private Conversation talkToBaresip() {
    try (Baresip baresip = Baresip.start("127.0.0.1", "pcma/8000,pcmu/8000", true)) {
      ToneProbe ours = call("sip:caller@127.0.0.1:" + baresip.sipPort());
      baresip.awaitHungUp();
      return new Conversation(ours, ToneProbe.of(baresip.heard()), baresip.story());
    }
  }

  private ToneProbe call(String uri) {
    Path record = folder.resolve("heard.wav");
    List<String> arguments =
        List.of(uri, "--play", "" + TONE_HERTZ, "--record", record.toString(), "--duration", "3");
    try (Child phone = Java.start(List.of(), CallCommand.class, arguments)) {
      assertThat(phone.awaitExit(Duration.ofSeconds(90))).as(() -> phone.tail(80)).isZero();
    }
    return ToneProbe.of(Tones.read(record));
  }
}
