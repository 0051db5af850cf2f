package io.tipring.edge.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tipring.api.Event.Refusal;
import io.tipring.core.call.Preparation;
import io.tipring.core.call.Preparation.Ready;
import io.tipring.core.call.Preparation.Unavailable;
import io.tipring.core.call.SoundRequest.Speech;
import io.tipring.edge.speech.SpeechCommand.Program;
import io.tipring.edge.speech.SpeechSynthesizer.Voice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Text comes from applications, and into those from callers: whatever it is, it is spoken or
/// refused with a reason, and the next text is spoken.
@Tag("long")
class HostileTextTest {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final long PATIENCE_SECONDS = 200;
  private static final int MOST = 3_000;

  @TempDir private Path folder;
  private SpeechPool pool = pool(new FreeTts(), DEADLINE);

  @AfterEach
  void close() {
    pool.close();
  }

  private List<String> texts() {
    return List.of(
        "-o " + folder.resolve("pwned") + " -h --version",
        "`touch " + folder.resolve("pwned") + "` $(touch " + folder.resolve("pwned") + ") ;&|<>\"'",
        "a\u0000b\u0007\u001b[31m\u0085\u2028\ud800\udc00\udc00",
        "<speak><break time=\"3000s\"/><audio src=\"file:///etc/passwd\"/>hi</speak>",
        "[[h@'loU]] %s %n {0} \\ \\u0041",
        "\u202eright to left\ufeff and e\u0301\u0301\u0301 \uD83D\uDE00",
        row("x"),
        row("."),
        row("\uD83D\uDE00"),
        row("A.B.C."),
        row("aaaa-"));
  }

  private static String row(String piece) {
    return piece.repeat(MOST / piece.length());
  }

  @Test
  void freeTtsSpeaksOrIsSilentButNeverThrows() throws Exception {
    for (String text : texts()) {
      assertThat(say(text)).as(beginning(text)).isInstanceOf(Ready.class);
    }
  }

  @Test
  void lettersForWhichThereAreNoSoundsAreSaidToBeSo() throws Exception {
    for (String text : List.of("你好", "Привет", "안녕", row("你"))) {
      Unavailable no = (Unavailable) say(text);
      assertThat(no.refusal()).isEqualTo(Refusal.SPEECH_FAILED);
      assertThat(no.hint()).contains("speech.engine");
    }
    assertThat(((Ready) say("hello 你好")).pcm().length()).isPositive();
    assertThat(((Ready) say("...")).pcm().length()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Program.class)
  void aProgramSpeaksOrIsRefusedButDoesNothingElse(Program program) throws Exception {
    Path executable = Path.of("/usr/bin", program.file());
    assumeTrue(Files.isExecutable(executable), program.file() + " is not installed");
    use(new SpeechCommand(program, executable, DEADLINE), DEADLINE);
    for (String text : texts()) {
      assertThat(say(text)).as(beginning(text)).isInstanceOf(Ready.class);
      assertThat(folder).as(beginning(text)).isEmptyDirectory();
    }
    assertThat(say("hello", "-o/tmp/pwned")).isInstanceOf(Unavailable.class);
    assertThat(say("hello", "a\u0000b")).isInstanceOf(Unavailable.class);
    assertThat(say("hello", "../../etc/passwd")).isInstanceOf(Unavailable.class);
    assertThat(say("hello")).isInstanceOf(Ready.class);
  }

  @Test
  void whatIsTooLongIsRefusedBeforeAnybodyLooksAtIt() throws Exception {
    for (int length : new int[] {MOST + 1, 65_536, 10_000_000}) {
      assertThat(((Unavailable) say("a".repeat(length))).refusal()).isEqualTo(Refusal.TOO_LARGE);
    }
  }

  @Test
  void aProgramThatIsKilledIsAFailureAndTheNextTextIsSpoken() throws Exception {
    use(script("read text; [ $text = die ] && kill -9 $$; exit 0"), DEADLINE);
    Unavailable killed = (Unavailable) say("die");
    assertThat(killed.refusal()).isEqualTo(Refusal.SPEECH_FAILED);
    assertThat(killed.hint()).contains("137");
    assertThat(say("...")).isInstanceOf(Ready.class);
  }

  @Test
  void aProgramThatHangsIsEndedWithItsDeadlineAndTheNextTextIsSpoken() throws Exception {
    Path pid = folder.resolve("pid");
    use(
        script("read text; [ $text = hang ] || exit 0; echo $$ > " + pid + "; exec sleep 600"),
        Duration.ofSeconds(5));
    assertThat(((Unavailable) say("hang")).refusal()).isEqualTo(Refusal.TIMED_OUT);
    assertThat(say("...")).isInstanceOf(Ready.class);
    Optional<ProcessHandle> left = ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()));
    if (left.isPresent()) {
      left.get().onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static String beginning(String text) {
    return text.substring(0, Math.min(30, text.length()));
  }

  private SpeechCommand script(String line) throws IOException {
    Path file = Files.writeString(folder.resolve("flite"), "#!/bin/sh\n" + line + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return new SpeechCommand(Program.FLITE, file, DEADLINE);
  }

  private void use(SpeechSynthesizer engine, Duration deadline) {
    pool.close();
    pool = pool(engine, deadline);
  }

  /// One thread: if it is lost, nothing is spoken any more.
  private static SpeechPool pool(SpeechSynthesizer engine, Duration deadline) {
    return new SpeechPool(engine, new SpeechPool.Settings(1, 2, deadline, new Voice("", "")));
  }

  private Preparation say(String text) throws Exception {
    return say(text, "");
  }

  private Preparation say(String text, String voice) throws Exception {
    CompletableFuture<Preparation> answer = new CompletableFuture<>();
    pool.prepare(new Speech(text, Optional.of(voice), Optional.empty()), answer::complete);
    return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
