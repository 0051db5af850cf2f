package io.tipring.conformance.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A baresip softphone: plays a WAV file into its calls, records what it hears, and does what its
/// control socket says.
public final class Baresip implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  /// The tone it plays, hertz.
  public static final int TONE_HERTZ = 440;

  private final Path folder;
  private final int sipPort;
  private final Child process;
  private final Socket control;
  private final List<JsonNode> events = new ArrayList<>();

  private Baresip(Path folder, int sipPort, Child process, Socket control) {
    this.folder = folder;
    this.sipPort = sipPort;
    this.process = process;
    this.control = control;
    Thread.ofVirtual().name("baresip control").start(this::listen);
  }

  /// @param localAddress where its SIP listens, `127.0.0.1` or `::1`
  /// @param codecs in its words and order, such as `pcmu/8000,pcma/8000`
  /// @param tone whether it plays its tone, or nothing but silence
  public static Baresip start(String localAddress, String codecs, boolean tone) {
    Path folder = Folders.fresh("baresip", "phone");
    int controlPort = Ports.free();
    int sipPort = Ports.free();
    try {
      // The end of the file would hang up the call: silence follows the tone for longer than any
      // test.
      Tones.write(folder.resolve("play.wav"), TONE_HERTZ, tone ? 60_000 : 0, tone ? 1_000 : 61_000);
      boolean six = localAddress.contains(":");
      String host = six ? "[" + localAddress + "]" : localAddress;
      Files.writeString(
          folder.resolve("config"), config(folder, host + ":" + sipPort, controlPort));
      Files.writeString(
          folder.resolve("accounts"),
          "<sip:caller@" + host + ">;regint=0;audio_codecs=" + codecs + ";answermode=auto\n");
      Files.writeString(folder.resolve("contacts"), "");
      Child process =
          Child.start(
              folder,
              List.of(
                  Peer.BARESIP.command(), six ? "-6" : "-4", "-f", folder.toString(), "-t", "120"));
      try {
        process.awaitLine("baresip is ready", START);
        return new Baresip(
            folder, sipPort, process, new Socket(InetAddress.ofLiteral("127.0.0.1"), controlPort));
      } catch (IOException | AssertionError e) {
        process.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String config(Path folder, String sip, int controlPort) {
    return """
    sip_listen %s
    audio_source aufile,%s/play.wav
    audio_player aubridge,nil
    audio_alert aubridge,nil
    ausrc_srate 8000
    auplay_srate 8000
    ausrc_channels 1
    auplay_channels 1
    audio_level no
    jitter_buffer_delay 5-10
    module_path %s
    module g711.so
    module aufile.so
    module aubridge.so
    module sndfile.so
    module ctrl_tcp.so
    module_tmp account.so
    module_app menu.so
    ctrl_tcp_listen 127.0.0.1:%d
    snd_path %s
    """
        .formatted(sip, folder, modules(), controlPort, folder);
  }

  /// Debian keeps them in one of two folders.
  private static String modules() {
    Path usual = Path.of("/usr/lib/baresip/modules");
    return (Files.isDirectory(usual) ? usual : Path.of("/usr/local/lib/baresip/modules"))
        .toString();
  }

  /// Whether it can speak IPv6 here: it passes over loopback interfaces when it looks for its own
  /// address.
  public static boolean canIpv6() {
    try {
      return Ports.hasIpv6()
          && NetworkInterface.networkInterfaces()
              .flatMap(NetworkInterface::inetAddresses)
              .anyMatch(ip ->
                  ip instanceof Inet6Address
                      && !ip.isLoopbackAddress()
                      && !ip.isLinkLocalAddress());
    } catch (SocketException _) {
      return false;
    }
  }

  /// Where it can be called: as `caller`, and it answers at once.
  public int sipPort() {
    return sipPort;
  }

  /// Waits until whoever called it has hung up, then ends, so that its recording is complete.
  public void awaitHungUp() {
    awaitEvent("CALL_CLOSED");
    command("quit", "");
    process.awaitExit(ANSWER);
  }

  /// Calls and waits until the call stands.
  public void dial(String uri) {
    command("dial", uri);
    awaitEvent("CALL_ESTABLISHED");
  }

  /// Calls and waits until the call was refused.
  public void dialInVain(String uri) {
    command("dial", uri);
    awaitEvent("CALL_CLOSED");
  }

  /// Presses one key as RFC 4733 events, for about a quarter of a second.
  public void press(char key) {
    command("sndcode", String.valueOf(key));
  }

  /// Waits until it has recorded so much sound from the other end.
  public void awaitHeard(Duration sound) {
    long bytes = sound.toMillis() * 16;
    boolean came =
        Await.until(
            sound.plus(ANSWER), () -> heardFile().stream().anyMatch(file -> size(file) >= bytes));
    if (!came) {
      throw new AssertionError(
          "baresip did not record " + sound + " of sound:\n" + process.tail(40));
    }
  }

  /// Waits until it has recorded so much more than until now.
  public void awaitMore(Duration sound) {
    awaitHeard(sound.plusMillis(heardFile().map(Baresip::size).orElse(0L) / 16));
  }

  /// Hangs up and ends, so that its recording is complete.
  public void hangUp() {
    command("hangup", "");
    awaitEvent("CALL_CLOSED");
    command("quit", "");
    process.awaitExit(ANSWER);
  }

  /// What came from the other end: mono PCM16 at 8 kHz.
  public int[] heard() {
    return heardFile()
        .map(Tones::read)
        .orElseThrow(() -> new AssertionError("baresip recorded nothing"));
  }

  private java.util.Optional<Path> heardFile() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().endsWith("-dec.wav")).findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Its lines and events, for an assertion.
  public String story() {
    synchronized (events) {
      return events + "\n" + process.tail(40);
    }
  }

  private void awaitEvent(String type) {
    boolean came = Await.until(ANSWER, () -> !process.alive() || has(type) || has("CALL_CLOSED"));
    if (!came || !has(type)) {
      throw new AssertionError("baresip saw no " + type + ": " + story());
    }
  }

  private boolean has(String type) {
    synchronized (events) {
      return events.stream().anyMatch(event -> event.path("type").asText().equals(type));
    }
  }

  /// A netstring of JSON: `LENGTH:{...},`.
  private void command(String name, String parameters) {
    try {
      byte[] json =
          JSON.writeValueAsBytes(Map.of("command", name, "params", parameters, "token", name));
      control.getOutputStream().write((json.length + ":").getBytes(StandardCharsets.US_ASCII));
      control.getOutputStream().write(json);
      control.getOutputStream().write(',');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void listen() {
    try (InputStream in = control.getInputStream()) {
      while (true) {
        int length = 0;
        for (int c = in.read(); c != ':'; c = in.read()) {
          if (c < '0') {
            return;
          }
          length = length * 10 + c - '0';
        }
        JsonNode event = JSON.readTree(in.readNBytes(length));
        synchronized (events) {
          events.add(event);
        }
        in.skipNBytes(1);
      }
    } catch (IOException _) {
      // It has quit.
    }
  }

  @Override
  public void close() {
    try {
      control.close();
    } catch (IOException _) {
      // Closed either way.
    }
    process.close();
  }
}
