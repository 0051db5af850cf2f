package io.tipring.edge.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tipring.edge.speech.SpeechSynthesizer.Voice;
import io.tipring.media.spec.Pcm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnginesTest {
  private static final Voice USUAL = new Voice("", "");
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final FreeTts FREE_TTS = new FreeTts();

  @TempDir private Path folder;

  @Test
  void freeTtsIsHeardAtTelephoneRateAndLevel() throws Exception {
    Pcm speech = Loudness.telephone(FREE_TTS.render("one two three", USUAL));
    assertThat(speech.length() / 8).as("ms").isBetween(800, 2_000);
    assertThat(Listening.activeLevel(speech)).isCloseTo(-20, within(1.0));
    assertThat(Listening.peak(speech)).isBetween(5_000, 31_000);
  }

  @Test
  void theSameTextSoundsTheSameOnManyThreads() throws Exception {
    int[] alone = Listening.samples(FREE_TTS.render("The quick brown fox.", USUAL).pcm());
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Future<int[]>> all = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        all.add(
            threads.submit(
                () -> Listening.samples(FREE_TTS.render("The quick brown fox.", USUAL).pcm())));
      }
      for (Future<int[]> one : all) {
        assertThat(one.get()).isEqualTo(alone);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12345678901234567890 and -3.5e10, $1,000,000.99",
        "12/31/1999 at 10:45:59 on 2026-11-21",
        "...!?;:,-()[]{}\"'",
        "😀🎉",
        "Привет, как дела?",
        "你好",
        "<speak>&amp;</speak> C:\\x %s %n",
        "a"
      })
  void noTextMakesFreeTtsThrow(String text) throws Exception {
    assertThat(FREE_TTS.render(text, USUAL).sampleHz()).isEqualTo(16_000);
  }

  @Test
  void aLongTextIsSpokenWhole() throws Exception {
    String text = "All work and no play. ".repeat(136);
    assertThat(FREE_TTS.render(text, USUAL).millis()).isGreaterThan(120_000);
  }

  @Test
  void oneLongSentenceTakesNoLongerThanManyShortOnes() throws Exception {
    String text = "nine ".repeat(600);
    long begin = System.nanoTime();
    assertThat(FREE_TTS.render(text, USUAL).millis()).isGreaterThan(120_000);
    // In one piece it is a hundred times as long.
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(DEADLINE);
  }

  @Test
  void anInterruptEndsALongText() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> FREE_TTS.render("hello", USUAL))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void whatFreeTtsDoesNotHaveIsRefused() {
    assertThatThrownBy(() -> FREE_TTS.render("hello", new Voice("kate", "")))
        .isInstanceOf(SpeechException.class)
        .hasMessageContaining("kevin16");
    assertThatThrownBy(() -> FREE_TTS.render("hallo", new Voice("", "de-DE")))
        .isInstanceOf(SpeechException.class)
        .hasMessageContaining("English");
  }

  @ParameterizedTest
  @EnumSource(SpeechCommand.Program.class)
  void aProgramThatIsInstalledSpeaks(SpeechCommand.Program program) throws Exception {
    Path executable = Path.of("/usr/bin", program.file());
    assumeTrue(Files.isExecutable(executable), program.file() + " is not installed");
    SpeechCommand command = new SpeechCommand(program, executable, DEADLINE);
    Pcm speech = Loudness.telephone(command.render("one two three; $(reboot) -v x", USUAL));
    assertThat(speech.length() / 8).as("ms").isBetween(800, 10_000);
    assertThat(Listening.activeLevel(speech)).isCloseTo(-20, within(1.0));
    assertThat(command.render("First. Second. Third.", USUAL).millis()).isGreaterThan(800);
  }

  @Test
  void aProgramThatFailsHangsOrIsNotThereIsNamedWithItsReason() throws Exception {
    SpeechCommand failing = script("echo no such voice >&2; exit 3", DEADLINE);
    assertThatThrownBy(() -> failing.render("hello", USUAL))
        .isInstanceOf(SpeechException.class)
        .hasMessageContaining("ended with 3: no such voice");
    SpeechCommand hanging = script("exec sleep 600", Duration.ofMillis(300));
    assertThatThrownBy(() -> hanging.render("hello", USUAL))
        .isInstanceOf(SpeechException.class)
        .hasMessageContaining("took longer");
    SpeechCommand silent = script("cat > /dev/null", DEADLINE);
    assertThat(silent.render("hello", USUAL).length()).isZero();
    SpeechCommand nowhere =
        new SpeechCommand(SpeechCommand.Program.FLITE, folder.resolve("none"), DEADLINE);
    assertThatThrownBy(() -> nowhere.render("hello", USUAL)).isInstanceOf(SpeechException.class);
    assertThatThrownBy(() -> failing.render("hello", new Voice("-o/etc/passwd", "")))
        .hasMessageContaining("letters and digits");
  }

  private SpeechCommand script(String line, Duration deadline) throws IOException {
    Path file = Files.writeString(folder.resolve("flite"), "#!/bin/sh\n" + line + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return new SpeechCommand(SpeechCommand.Program.FLITE, file, deadline);
  }
}
