package io.tipring.edge.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tipring.api.control.ToApplication.CloseReason;
import io.tipring.core.control.LinkEvent;
import io.tipring.edge.control.RawApplication.Guest;
import io.tipring.edge.net.Counters;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whom a `wss` connection trusts: a CA of the application's own, and only for the host it names.
final class TlsTest {
  private static final String PASSWORD = "password";

  @TempDir private static Path folder;

  private final ObservedLane lane = new ObservedLane();

  /// A CA, and what it signed: one certificate for `app.example` and 127.0.0.1, one for another.
  @BeforeAll
  static void certify() throws Exception {
    keytool("-genkeypair -alias ca -dname CN=Some-CA -ext bc:c -keyalg EC -validity 9999");
    keytool(
        "-genkeypair -alias app -signer ca -dname CN=app -keyalg EC -validity 9999"
            + " -ext san=dns:app.example,ip:127.0.0.1");
    keytool(
        "-genkeypair -alias other -signer ca -dname CN=app.example -keyalg EC -validity 9999"
            + " -ext san=dns:other.example");
    X509Certificate ca = (X509Certificate) store().getCertificate("ca");
    Files.writeString(
        folder.resolve("ca.pem"),
        "An explanation, as there often is.\n-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(ca.getEncoded())
            + "\n-----END CERTIFICATE-----\n");
  }

  private static void keytool(String arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ")));
    command.addAll(
        List.of("-keystore", folder.resolve("keys.p12").toString(), "-storepass", PASSWORD));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue())
        .as(Files.readString(folder.resolve("keytool.log")))
        .isEqualTo(0);
  }

  private static KeyStore store() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  /// A server with the certificate of that alias.
  private static RawApplication server(String alias, String... protocols) throws Exception {
    KeyStore one = KeyStore.getInstance("PKCS12");
    one.load(null, null);
    one.setKeyEntry(
        alias,
        store().getKey(alias, PASSWORD.toCharArray()),
        PASSWORD.toCharArray(),
        store().getCertificateChain(alias));
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(one, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    SSLServerSocket door =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    if (protocols.length > 0) {
      door.setEnabledProtocols(protocols);
    }
    return new RawApplication(door);
  }

  private WebSocketLinks links() throws IOException {
    Access own =
        new Access(Optional.empty(), List.of(), Access.authorities(folder.resolve("ca.pem")));
    return new WebSocketLinks(
        new WebSocketLinks.Ground(lane, () -> 0, new SecureRandom()::nextBytes),
        Map.of("own", own),
        LinkSettings.STANDARD,
        new Counters<>(LinkMeter.class),
        _ -> List.of(InetAddress.ofLiteral("127.0.0.1")));
  }

  @AfterEach
  void stop() {
    lane.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aCaOfItsOwnIsTrustedForTheNameAndAddressItSigned(String protocol) throws Exception {
    try (WebSocketLinks links = links();
        RawApplication app = server("app", protocol)) {
      for (String url : List.of("wss://app.example", "https://127.0.0.1")) {
        Caller caller = Caller.opens(links, lane, "own", app.url(url, "/"));
        Guest guest = app.welcome();
        assertThat(caller.hears()).isEqualTo(new LinkEvent.Opened());
        guest.say("{\"id\":\"a1\",\"type\":\"answer\"}");
        assertThat(caller.hears()).isInstanceOf(LinkEvent.Received.class);
        caller.says(Caller.large());
        assertThat(guest.hear().text()).hasSizeGreaterThan(8_000);
        caller.closes(CloseReason.CALL_ENDED);
        assertThat(guest.hear().closeCode()).isEqualTo(1000);
      }
    }
  }

  @Test
  void aCaNobodyToldUsOfIsRefused() throws Exception {
    refused("app", "stranger", "wss://app.example", "certification path");
  }

  @Test
  void aCertificateOfAnotherHostIsRefused() throws Exception {
    refused("other", "own", "wss://app.example", "app.example");
  }

  @Test
  void aCertificateWithoutTheAddressIsRefused() throws Exception {
    refused("other", "own", "wss://127.0.0.1", "127.0.0.1");
  }

  private void refused(String certificate, String application, String url, String why)
      throws Exception {
    try (WebSocketLinks links = links();
        RawApplication app = server(certificate)) {
      Caller caller = Caller.opens(links, lane, application, app.url(url, "/"));
      var accepting = handshake(app);
      assertThat(caller.hears())
          .isInstanceOfSatisfying(
              LinkEvent.Refused.class,
              refused -> assertThat(refused.why()).contains("no TLS with it").contains(why));
      assertThat(accepting.orTimeout(20, TimeUnit.SECONDS).join()).isTrue();
    }
  }

  /// Whether the handshake failed on the other side too.
  private static CompletableFuture<Boolean> handshake(RawApplication app) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        app.accept().head();
        return false;
      } catch (IOException _) {
        return true;
      }
    });
  }

  @Test
  void oneThatSpeaksNoTlsIsRefused() throws Exception {
    try (WebSocketLinks links = links();
        RawApplication app = new RawApplication()) {
      Caller caller = Caller.opens(links, lane, "own", app.url("wss://127.0.0.1", "/"));
      app.accept().write("HTTP/1.1 400 Bad Request\r\n\r\n");
      assertThat(caller.hears())
          .isInstanceOfSatisfying(
              LinkEvent.Refused.class, refused -> assertThat(refused.why()).contains("no TLS"));
    }
  }

  @Test
  void aFileWithoutCertificatesIsNamed() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.pem"));
    assertThatThrownBy(() -> Access.authorities(empty))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("empty.pem");
    Path broken =
        Files.writeString(folder.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n");
    assertThatThrownBy(() -> Access.authorities(broken)).hasMessageContaining("broken.pem");
    assertThatThrownBy(() -> Access.authorities(folder.resolve("absent.pem")))
        .hasMessageContaining("absent.pem");
  }
}
