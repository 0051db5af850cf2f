package io.tipring.edge.speech;

import io.tipring.media.clip.WavException;
import io.tipring.media.clip.WavReader;
import io.tipring.media.clip.Waveform;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Speech by a program of the system, a process for each text: no shell, the text by standard
/// input, the sound by a file of its own that is deleted.
public final class SpeechCommand implements SpeechSynthesizer {
  /// Ten minutes at 22 kHz, which no text of 3,000 characters needs.
  private static final int MOST_BYTES = 32 << 20;

  private static final int MOST_SAID = 200;

  private final Program program;
  private final Path executable;
  private final Duration deadline;

  /// The programs that are known.
  public enum Program {
    FLITE("flite"),
    ESPEAK("espeak-ng");

    private final String file;

    Program(String file) {
      this.file = file;
    }

    /// What it is called on the path.
    public String file() {
      return file;
    }

    private List<String> arguments(Voice voice, String wav) {
      return switch (this) {
        case FLITE -> {
          List<String> arguments = new ArrayList<>();
          if (!voice.name().isEmpty()) {
            arguments.addAll(List.of("-voice", voice.name()));
          }
          arguments.addAll(List.of("-f", "/dev/stdin", "-o", wav));
          yield arguments;
        }
        case ESPEAK -> {
          String name = voice.name().isEmpty() ? voice.language() : voice.name();
          List<String> arguments = new ArrayList<>(List.of("--stdin", "-b", "1", "-w", wav));
          if (!name.isEmpty()) {
            arguments.addAll(List.of("-v", name));
          }
          yield arguments;
        }
      };
    }
  }

  /// @param executable its file
  /// @param deadline after which it is killed
  public SpeechCommand(Program program, Path executable, Duration deadline) {
    this.program = program;
    this.executable = executable;
    this.deadline = deadline;
  }

  @Override
  public Waveform render(String text, Voice voice) throws SpeechException, InterruptedException {
    // It becomes an argument: nothing in it may be taken for an option or a file.
    if (!(voice.name() + voice.language()).matches("([A-Za-z0-9][A-Za-z0-9_+-]*)?")) {
      throw new SpeechException("a voice is named by letters and digits, not " + voice.name());
    }
    try {
      Path wav = Files.createTempFile("speech", ".wav");
      Path said = Files.createTempFile("speech", ".txt");
      try {
        run(text, voice, wav, said);
        return read(wav);
      } finally {
        Files.deleteIfExists(wav);
        Files.deleteIfExists(said);
      }
    } catch (IOException e) {
      throw new SpeechException(program.file() + " cannot be used: " + e.getMessage(), e);
    }
  }

  private void run(String text, Voice voice, Path wav, Path said)
      throws IOException, InterruptedException, SpeechException {
    List<String> command = new ArrayList<>(List.of(executable.toString()));
    command.addAll(program.arguments(voice, wav.toString()));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      try (OutputStream in = process.getOutputStream()) {
        in.write((text + "\n").getBytes(StandardCharsets.UTF_8));
      } catch (IOException _) {
        // It has ended already, and its exit code tells more.
      }
      if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new SpeechException(
            program.file() + " took longer than " + deadline.toMillis() + " ms and was ended");
      }
      if (process.exitValue() != 0) {
        throw new SpeechException(
            program.file() + " ended with " + process.exitValue() + ": " + beginning(said));
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private static String beginning(Path said) throws IOException {
    try (InputStream in = Files.newInputStream(said)) {
      return new String(in.readNBytes(MOST_SAID), StandardCharsets.UTF_8)
          .replaceAll("\\p{Cntrl}+", " ")
          .strip();
    }
  }

  private Waveform read(Path wav) throws IOException, SpeechException {
    if (Files.size(wav) == 0) {
      return Waveform.of(Waveform.TELEPHONE_HZ, new int[0], 0);
    }
    try (InputStream in = Files.newInputStream(wav)) {
      return WavReader.read(in, MOST_BYTES);
    } catch (WavException e) {
      throw new SpeechException(
          program.file() + " made no sound that can be read: " + e.getMessage(), e);
    }
  }
}
