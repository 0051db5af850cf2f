package io.tipring.testkit.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WavFileTest {
  @Test
  void whatIsWrittenIsReadAgain(@TempDir Path folder) throws IOException {
    int[] sound = {0, 1, -1, 32767, -32768, 1234};
    WavFile.write(folder.resolve("a.wav"), sound);
    assertThat(WavFile.read(folder.resolve("a.wav"))).containsExactly(sound);
  }

  @Test
  void whatIsTooLoudIsClipped(@TempDir Path folder) throws IOException {
    WavFile.write(folder.resolve("a.wav"), new int[] {40_000, -40_000});
    assertThat(WavFile.read(folder.resolve("a.wav"))).containsExactly(32767, -32768);
  }

  @Test
  void anotherFileIsRefusedByName(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("b.wav");
    Files.writeString(file, "this is no sound at all");
    assertThatThrownBy(() -> WavFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("b.wav");
    Files.writeString(file, "RIFF");
    assertThatThrownBy(() -> WavFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("b.wav");
  }
}
