package io.tipring.app;

import io.tipring.app.config.Config;
import io.tipring.core.call.SoundRequest;
import io.tipring.core.call.Sounds;
import io.tipring.edge.sound.SoundCache;
import io.tipring.edge.sound.SoundLibrary;
import io.tipring.edge.sound.WebSounds;
import io.tipring.edge.speech.FreeTts;
import io.tipring.edge.speech.OpenAiSpeech;
import io.tipring.edge.speech.SpeechCommand;
import io.tipring.edge.speech.SpeechCommand.Program;
import io.tipring.edge.speech.SpeechPool;
import io.tipring.edge.speech.SpeechSynthesizer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// All sound that calls can play, as the configuration wants it: spoken, from the folder, fetched.
final class SoundWiring implements AutoCloseable {
  private static final Duration SPEECH_DEADLINE = Duration.ofSeconds(10);

  /// Texts for each thread: FreeTTS renders some hundred a second, a server far fewer.
  private static final int WAITING = 64;

  private static final int SAMPLES_PER_MEGABYTE = (1 << 20) / Integer.BYTES;

  /// What is no address of the Internet's own (RFC 6890 and its registries).
  private static final Networks NOT_PUBLIC =
      Networks.parse(
          List.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/3",
              "::/96",
              "64:ff9b::/32",
              "100::/64",
              "2001::/23",
              "2001:db8::/32",
              "2002::/16",
              "fc00::/7",
              "fe80::/9",
              "ff00::/8"));

  private final SpeechPool pool;
  private final SoundCache spoken;
  private final WebSounds web;
  private final Sounds sounds;
  private final boolean embedded;

  /// @throws IOException when the folder, the engine or the engine's key cannot be used
  SoundWiring(Config config) throws IOException {
    Config.Media media = config.media();
    Config.Speech speech = config.speech();
    SoundFolder folder = SoundFolder.load(Path.of(media.sounds()));
    embedded = speech.engine().equals("freetts");
    pool =
        new SpeechPool(
            engine(speech),
            new SpeechPool.Settings(
                speech.threads(),
                speech.threads() * WAITING,
                SPEECH_DEADLINE,
                new SpeechSynthesizer.Voice(speech.voice(), speech.language())));
    long kept = (long) media.cacheMegabytes() * SAMPLES_PER_MEGABYTE;
    spoken =
        new SoundCache(
            pool,
            new SoundCache.Settings(kept, Duration.ofMinutes(speech.cacheMinutes())),
            System::nanoTime);
    web =
        new WebSounds(
            new WebSounds.Settings(
                Duration.ofSeconds(media.fetchSeconds()),
                media.fetchMegabytes() << 20,
                kept,
                Duration.ofSeconds(media.fetchKeepSeconds())),
            reachable(media.fetchFrom()),
            System::nanoTime);
    sounds = new SoundLibrary(spoken, folder, web);
  }

  private static SpeechSynthesizer engine(Config.Speech speech) throws IOException {
    return switch (speech.engine()) {
      case "freetts" -> new FreeTts();
      case "flite" -> program(Program.FLITE);
      case "espeak" -> program(Program.ESPEAK);
      case "openai" ->
          new OpenAiSpeech(
              new OpenAiSpeech.Service(
                  URI.create(speech.url()),
                  speech.key().isEmpty() ? "" : Secrets.read("speech.key", speech.key()),
                  speech.model(),
                  speech.voice(),
                  SPEECH_DEADLINE));
      default -> SpeechSynthesizer.NONE; // the configuration knows no other
    };
  }

  private static SpeechSynthesizer program(Program program) throws IOException {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    Path executable =
        Arrays.stream(path.split(File.pathSeparator))
            .map(folder -> Path.of(folder, program.file()))
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow(() ->
                new IOException(
                    "speech.engine needs the program "
                        + program.file()
                        + ", which is not on the PATH; install it, or choose another"));
    return new SpeechCommand(program, executable, SPEECH_DEADLINE);
  }

  static Predicate<InetAddress> reachable(List<String> from) {
    Networks named =
        Networks.parse(
            from.stream().filter(network -> !network.equals(Config.Media.PUBLIC)).toList());
    boolean all = from.contains(Config.Media.PUBLIC);
    return address -> named.contains(address) || (all && !NOT_PUBLIC.contains(address));
  }

  /// The first rendering loads the voice, which is to be neither the start's nor the first caller's
  /// wait: 0.3 s of CPU.
  void loadVoice() {
    if (embedded) {
      pool.prepare(
          new SoundRequest.Speech("One moment.", Optional.empty(), Optional.empty()), _ -> {});
    }
  }

  void meter(Meters meters) {
    meters.counters("tipring_speech", "Texts by what became of them.", pool.meters()::snapshot);
    meters.gauge("tipring_speech_queue", "Texts that wait for a thread.", pool::waiting);
    meters.counter(
        "tipring_speech_seconds_total",
        "Time that rendering took, all threads together.",
        pool::renderingSeconds);
    meters.counters(
        "tipring_speech_cache", "Texts by what the cache had.", spoken.meters()::snapshot);
    meters.gauge("tipring_speech_cache_bytes", "Speech that is kept.", spoken::bytes);
    meters.counters(
        "tipring_fetch", "Sounds at URLs by what became of them.", web.meters()::snapshot);
    meters.gauge("tipring_fetch_cache_bytes", "Fetched sound that is kept.", web::bytes);
  }

  Sounds sounds() {
    return sounds;
  }

  @Override
  public void close() {
    pool.close();
    web.close();
  }
}
