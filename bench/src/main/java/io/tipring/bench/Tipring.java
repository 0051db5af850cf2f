package io.tipring.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// The real program in a process of its own, as `./tipring run` starts it.
final class Tipring implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  private final Child process;
  private final int sipPort;
  private final int httpPort;

  private Tipring(Child process, int sipPort, int httpPort) {
    this.process = process;
    this.sipPort = sipPort;
    this.httpPort = httpPort;
  }

  static Tipring start(Path folder, int sipPort, String... settings)
      throws IOException, InterruptedException {
    int httpPort = sipPort + 1000;
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+UseZGC",
                "-Xms512m",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "io.tipring.app.Main",
                "run"));
    List<String> all =
        new ArrayList<>(
            List.of("sip.port=" + sipPort, "http.port=" + httpPort, "sip.bind=[\"127.0.0.1\"]"));
    all.addAll(List.of(settings));
    for (String setting : all) {
      command.add("--set");
      command.add(setting);
    }
    Child process = Child.start(folder, command);
    process.awaitText("ready in", START);
    return new Tipring(process, sipPort, httpPort);
  }

  Child process() {
    return process;
  }

  int sipPort() {
    return sipPort;
  }

  /// Heap that is in use after a collection.
  double liveMebibytes() throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process collection =
        new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.run")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!collection.waitFor(30, TimeUnit.SECONDS) || collection.exitValue() != 0) {
      collection.destroyForcibly();
      throw new IOException("jcmd could not run a collection");
    }
    return meters().getOrDefault("tipring_heap_used_bytes", 0.0) / (1 << 20);
  }

  /// All meters by name.
  Map<String, Double> meters() throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + httpPort + "/metrics");
    Map<String, Double> meters = new TreeMap<>();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
      String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      body.lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(line -> {
            int space = line.lastIndexOf(' ');
            if (space > 0) {
              meters.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
            }
          });
    }
    return meters;
  }

  @Override
  public void close() {
    process.close();
  }
}
