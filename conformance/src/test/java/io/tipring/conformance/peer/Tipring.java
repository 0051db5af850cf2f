package io.tipring.conformance.peer;

import io.tipring.app.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The exchange under test: the real program in a process of its own, on free ports.
public final class Tipring implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration METERS = Duration.ofSeconds(30);

  private final Child process;
  private final int sipPort;
  private final int httpPort;

  private Tipring(Child process, int sipPort, int httpPort) {
    this.process = process;
    this.sipPort = sipPort;
    this.httpPort = httpPort;
  }

  /// @param heap such as `256m`
  /// @param settings `key=value`, on top of the defaults
  public static Tipring start(String heap, String... settings) {
    int sipPort = Ports.free();
    int httpPort = Ports.free();
    List<String> arguments =
        new ArrayList<>(
            List.of("run", "--set", "sip.port=" + sipPort, "--set", "http.port=" + httpPort));
    for (String setting : settings) {
      arguments.add("--set");
      arguments.add(setting);
    }
    List<String> options =
        List.of("-XX:+ExitOnOutOfMemoryError", "-XX:+UseZGC", "-Xms" + heap, "-Xmx" + heap);
    Child process = Java.start(options, Main.class, arguments);
    try {
      process.awaitLine("ready in", START);
    } catch (AssertionError e) {
      process.close();
      throw e;
    }
    return new Tipring(process, sipPort, httpPort);
  }

  public int sipPort() {
    return sipPort;
  }

  public Child process() {
    return process;
  }

  /// Every meter by its full name, labels included.
  public Map<String, Double> meters() {
    Map<String, Double> meters = new LinkedHashMap<>();
    for (String line : get("/metrics").split("\n")) {
      int space = line.lastIndexOf(' ');
      if (!line.startsWith("#") && space > 0) {
        meters.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
      }
    }
    return meters;
  }

  private String get(String path) {
    URI uri = URI.create("http://127.0.0.1:" + httpPort + path);
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(METERS).build()) {
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(METERS).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
