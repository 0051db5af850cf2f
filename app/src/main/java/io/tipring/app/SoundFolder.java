package io.tipring.app;

import io.tipring.api.Event.Refusal;
import io.tipring.core.call.Preparation;
import io.tipring.core.call.SoundRequest;
import io.tipring.core.call.Sounds;
import io.tipring.media.clip.WavException;
import io.tipring.media.clip.WavReader;
import io.tipring.media.clip.Waveform;
import io.tipring.media.spec.Pcm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The WAV files of a folder, decoded at the start so that a play waits for no disk.
record SoundFolder(Map<String, Pcm> byName) implements Sounds {
  /// All files together, decoded: about 4.6 hours of sound at 4 bytes a sample.
  private static final long MOST_SAMPLES = 1L << 27;

  /// A folder that is not there has no sounds.
  ///
  /// @throws IOException naming the file that cannot be read and why
  static SoundFolder load(Path folder) throws IOException {
    Map<String, Pcm> sounds = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return new SoundFolder(sounds);
    }
    long samples = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.wav")) {
      for (Path file : files) {
        check(file, folder);
        Pcm pcm = read(file);
        samples += pcm.length();
        if (samples > MOST_SAMPLES) {
          throw new IOException(
              "the sounds in "
                  + folder
                  + " are longer than "
                  + MOST_SAMPLES / 8_000 / 60
                  + " minutes together");
        }
        sounds.put(file.getFileName().toString(), pcm);
      }
    }
    return new SoundFolder(sounds);
  }

  /// A pipe would never end; a link must not let applications hear what lies elsewhere.
  private static void check(Path file, Path folder) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("the sound " + file + " is no file");
    }
    if (!file.toRealPath().startsWith(folder.toRealPath())) {
      throw new IOException(
          "the sound "
              + file
              + " is a link that leads out of "
              + folder
              + "; copy the file itself");
    }
  }

  private static Pcm read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return WavReader.read(in, WavReader.STANDARD_LIMIT).at(Waveform.TELEPHONE_HZ).pcm();
    } catch (WavException e) {
      throw new IOException("cannot read the sound " + file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IOException("cannot read the sound " + file + ": " + e, e);
    }
  }

  @Override
  public void prepare(SoundRequest request, Consumer<Preparation> done) {
    done.accept(
        switch (request) {
          case SoundRequest.File(String name) -> file(name);
          case SoundRequest.Speech _, SoundRequest.Web _ ->
              new Preparation.Unavailable(Refusal.NOT_FOUND, "only files can be played");
        });
  }

  private Preparation file(String name) {
    Pcm pcm = byName.get(name);
    return pcm != null
        ? new Preparation.Ready(pcm)
        : new Preparation.Unavailable(
            Refusal.NOT_FOUND, "no sound is loaded under the name " + name);
  }
}
