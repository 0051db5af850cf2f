package io.tipring.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.conformance.peer.Baresip;
import io.tipring.conformance.peer.Child;
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
      ToneProbe heard = call("sip:anybody@127.0.0.1:" + port);
      assertThat(heard.hears(TONE_HERTZ)).as(() -> sipp.tail(20)).isTrue();
    }
  }

  @Test
  void itAndBaresipHearEachOther() {
    try (Baresip baresip = Baresip.start("127.0.0.1", "pcma/8000,pcmu/8000", true)) {
      ToneProbe heard = call("sip:caller@127.0.0.1:" + baresip.sipPort());
      baresip.awaitHungUp();
      assertThat(heard.hears(Baresip.TONE_HERTZ)).as(baresip::story).isTrue();
      assertThat(heard.hears(TONE_HERTZ)).isFalse();
      assertThat(ToneProbe.of(baresip.heard()).hears(TONE_HERTZ)).as(baresip::story).isTrue();
    }
  }

  private ToneProbe call(String uri) {
    Path record = folder.resolve("heard.wav");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            CallCommand.class.getName(),
            uri,
            "--play",
            "" + TONE_HERTZ,
            "--record",
            record.toString(),
            "--duration",
            "3");
    try (Child phone = Child.start(Path.of("").toAbsolutePath(), command)) {
      assertThat(phone.awaitExit(Duration.ofSeconds(40))).as(() -> phone.tail(80)).isZero();
    }
    return ToneProbe.of(Tones.read(record));
  }
}
