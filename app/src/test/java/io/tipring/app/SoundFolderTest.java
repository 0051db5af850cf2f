package io.tipring.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tipring.api.Event.Refusal;
import io.tipring.core.call.Preparation;
import io.tipring.core.call.Preparation.Ready;
import io.tipring.core.call.Preparation.Unavailable;
import io.tipring.core.call.SoundRequest;
import io.tipring.media.clip.WavWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoundFolderTest {
  @TempDir private Path place;
  private Path folder;

  @BeforeEach
  void fill() throws IOException {
    folder = Files.createDirectory(place.resolve("sounds"));
    Files.write(folder.resolve("welcome.wav"), WavWriter.bytes(16_000, new int[1_600], 1_600));
    Files.write(place.resolve("secret.wav"), WavWriter.bytes(8_000, new int[800], 800));
  }

  @Test
  void aFileIsKnownByItsNameAndOfTelephoneRate() throws Exception {
    assertThat(((Ready) ask("welcome.wav")).pcm().length()).isEqualTo(800);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret.wav",
        "/etc/passwd",
        "./welcome.wav",
        "sounds/../../secret.wav",
        "..%2fsecret.wav",
        "welcome.wav\u0000",
        "WELCOME.WAV",
        "goodbye.wav",
        ""
      })
  void nothingElseIsThere(String name) throws Exception {
    assertThat(((Unavailable) ask(name)).refusal()).isEqualTo(Refusal.NOT_FOUND);
  }

  @Test
  void aLinkWithinTheFolderIsFollowedAndOneThatLeadsOutIsNot() throws Exception {
    Files.createSymbolicLink(folder.resolve("hello.wav"), Path.of("welcome.wav"));
    assertThat(((Ready) ask("hello.wav")).pcm().length()).isEqualTo(800);
    Files.createSymbolicLink(folder.resolve("out.wav"), place.resolve("secret.wav"));
    assertThatThrownBy(() -> SoundFolder.load(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("out.wav")
        .hasMessageContaining("leads out of");
  }

  @Test
  void whatIsNoWavOrNoFileOrLeadsNowhereIsNamedAtTheStart() throws Exception {
    Path wrong = Files.writeString(folder.resolve("wrong.wav"), "<html>");
    assertThatThrownBy(() -> SoundFolder.load(folder)).hasMessageContaining("wrong.wav");
    Files.delete(wrong);
    Path inner = Files.createDirectory(folder.resolve("inner.wav"));
    assertThatThrownBy(() -> SoundFolder.load(folder))
        .hasMessageContaining("inner.wav")
        .hasMessageContaining("no file");
    Files.delete(inner);
    Files.createSymbolicLink(folder.resolve("nowhere.wav"), Path.of("nothing"));
    assertThatThrownBy(() -> SoundFolder.load(folder)).hasMessageContaining("nowhere.wav");
  }

  @Test
  void aFolderThatIsNotThereHasNoSounds() throws Exception {
    assertThat(SoundFolder.load(place.resolve("none")).byName()).isEmpty();
  }

  private Preparation ask(String name) throws Exception {
    CompletableFuture<Preparation> answer = new CompletableFuture<>();
    SoundFolder.load(folder).prepare(new SoundRequest.File(name), answer::complete);
    return answer.getNow(null);
  }
}
