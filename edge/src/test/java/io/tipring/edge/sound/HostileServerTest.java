package io.tipring.edge.sound;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.api.Event.Refusal;
import io.tipring.core.call.Preparation;
import io.tipring.core.call.Preparation.Ready;
import io.tipring.core.call.Preparation.Unavailable;
import io.tipring.core.call.SoundRequest;
import io.tipring.media.clip.WavWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Servers that do not speak as they should: each ending has its name, and the next is served.
class HostileServerTest {
  private static final long PATIENCE_SECONDS = 60;
  private static final int MOST_BYTES = 100_000;

  private final Semaphore gone = new Semaphore(0);
  private ServerSocket door;
  private WebSounds web = web(Duration.ofSeconds(30));

  @BeforeEach
  void open() throws IOException {
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    door.close();
    web.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SSH-2.0-OpenSSH_9.2p1\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nRIFF",
        "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nRI",
        "HTTP/1.1 99999999999 OK\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: http://[::/\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: http://user:secret@127.0.0.1/\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: javascript:alert(1)\r\n\r\n",
        "HTTP/1.1 302 Found\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: ftp://%s\r\n\r\n",
        "HTTP/1.1 204 No Content\r\n\r\n"
      })
  void anAnswerThatIsNoneFailsTheFetchAndSaysWhy(String answer) throws Exception {
    serve(answer.formatted("x".repeat(5_000)).getBytes(StandardCharsets.ISO_8859_1));
    Unavailable failed = (Unavailable) fetch("http");
    assertThat(failed.refusal()).as(failed.hint()).isEqualTo(Refusal.FETCH_FAILED);
    assertThat(failed.hint()).isNotBlank().hasSizeLessThan(500);
  }

  @Test
  void headersWithoutEndAreNotReadToTheirEnd() throws Exception {
    serve(("HTTP/1.1 200 OK\r\nX: " + "x".repeat(1_000_000)).getBytes(StandardCharsets.US_ASCII));
    assertThat(((Unavailable) fetch("http")).refusal()).isEqualTo(Refusal.FETCH_FAILED);
  }

  @Test
  void aBodyWithoutEndIsNotReadToItsEnd() throws Exception {
    answer((_, out) -> {
      out.write("HTTP/1.1 200 OK\r\n\r\nRIFF".getBytes(StandardCharsets.US_ASCII));
      while (true) {
        out.write(new byte[8_192]); // until the other side closes
      }
    });
    assertThat(((Unavailable) fetch("http")).refusal()).isEqualTo(Refusal.TOO_LARGE);
  }

  @Test
  void serversThatHangAreLeftAtTheDeadlineAndTheirPlacesFreed() throws Exception {
    web.close();
    web = web(Duration.ofMillis(300));
    answer((in, out) -> {
      out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
      try {
        int _ = in.read(); // the exchange says no more: this returns when it is gone
      } finally {
        gone.release();
      }
    });
    for (int i = 0; i < 10; i++) { // more than are fetched at a time
      assertThat(((Unavailable) fetch("http")).refusal()).isEqualTo(Refusal.TIMED_OUT);
    }
    assertThat(gone.tryAcquire(10, PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void interimAnswersAndPiecesOfAnySizeAreUnderstood() throws Exception {
    byte[] wav = WavWriter.bytes(8_000, new int[800], 800);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    said.writeBytes(
        "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    said.writeBytes(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII));
    for (byte one : wav) {
      said.writeBytes(new byte[] {'1', '\r', '\n', one, '\r', '\n'});
    }
    said.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    serve(said.toByteArray());
    assertThat(((Ready) fetch("http")).pcm().length()).isEqualTo(800);
  }

  @Test
  void aCertificateThatNobodyVouchesForIsNotAccepted(@TempDir Path folder) throws Exception {
    door.close();
    door = secured(folder).getServerSocketFactory().createServerSocket(0);
    serve(whole());
    Unavailable failed = (Unavailable) fetch("https");
    assertThat(failed.refusal()).isEqualTo(Refusal.FETCH_FAILED);
    assertThat(failed.hint()).contains("PKIX");
  }

  private static SSLContext secured(Path folder)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path store = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "a",
                "-dname",
                "CN=localhost",
                "-keystore",
                store.toString(),
                "-storepass",
                "secret")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "secret".toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "secret".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static byte[] whole() {
    byte[] wav = WavWriter.bytes(8_000, new int[800], 800);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    said.writeBytes(
        ("HTTP/1.1 200 OK\r\nContent-Length: " + wav.length + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    said.writeBytes(wav);
    return said.toByteArray();
  }

  private interface Speech {
    void say(InputStream in, OutputStream out) throws IOException;
  }

  private void serve(byte[] answer) {
    answer((_, out) -> out.write(answer));
  }

  /// To each connection, once its request has been read.
  private void answer(Speech speech) {
    ServerSocket listening = door;
    Thread.ofVirtual()
        .start(() -> {
          while (!listening.isClosed()) {
            try {
              Socket socket = listening.accept();
              Thread.ofVirtual().start(() -> talk(socket, speech));
            } catch (IOException _) {
              return; // the test is over
            }
          }
        });
  }

  private static void talk(Socket socket, Speech speech) {
    try (socket) {
      InputStream in = socket.getInputStream();
      int newlines = 0;
      while (newlines < 2) {
        int read = in.read();
        newlines = read == '\n' ? newlines + 1 : read == '\r' ? newlines : 0;
        if (read < 0) {
          return;
        }
      }
      speech.say(in, socket.getOutputStream());
    } catch (IOException _) {
      // The exchange has heard enough.
    }
  }

  private Preparation fetch(String scheme) throws Exception {
    CompletableFuture<Preparation> answer = new CompletableFuture<>();
    URI uri = URI.create(scheme + "://127.0.0.1:" + door.getLocalPort() + "/a.wav");
    web.prepare(new SoundRequest.Web(uri), answer::complete);
    return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static WebSounds web(Duration deadline) {
    return new WebSounds(
        new WebSounds.Settings(deadline, MOST_BYTES, 0, Duration.ZERO),
        InetAddress::isLoopbackAddress,
        System::nanoTime);
  }
}
