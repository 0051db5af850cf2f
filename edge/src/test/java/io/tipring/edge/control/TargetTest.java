package io.tipring.edge.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TargetTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      textBlock =
          """
          ws://app.example,                 false, app.example,     80,   app.example,       /
          http://app.example/,              false, app.example,     80,   app.example,       /
          WSS://App.Example/ivr?line=2,     true,  App.Example,     443,  App.Example,       /ivr?line=2
          https://app.example:443/a%2Fb,    true,  app.example,     443,  app.example,       /a%2Fb
          https://app.example:80?x,         true,  app.example,     80,   app.example:80,    /?x
          ws://app.example:443,             false, app.example,     443,  app.example:443,   /
          ws://app.example:/x,              false, app.example,     80,   app.example,       /x
          ws://192.0.2.1:8080/,             false, 192.0.2.1,       8080, 192.0.2.1:8080,    /
          ws://[2001:DB8::1]/,              false, 2001:db8:0:0:0:0:0:1, 80, [2001:DB8::1],  /
          wss://[::1]:8443/,                true,  0:0:0:0:0:0:0:1, 8443, [::1]:8443,        /
          ws://my_app:9000/x,               false, my_app,          9000, my_app:9000,       /x
          ws://app.example/ä,               false, app.example,     80,   app.example,       /%C3%A4
          """)
  void aUrlSaysWhereAndWhatFor(
      String url, boolean secure, String host, int port, String authority, String resource) {
    assertThat(Target.of(URI.create(url)))
        .isEqualTo(new Target(secure, host, port, authority, resource));
    assertThat(WebSocketLinks.faultOf(URI.create(url))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://app.example/, begin with ws",
    "/ivr, begin with ws",
    "ws:ivr, names no host",
    "ws:///ivr, names no host",
    "ws://me:secret@app.example/, user and password",
    "ws://app.example/#part, fragment",
    "ws://app.example:0/, port",
    "ws://app.example:65536/, port",
    "ws://[::1::2]/, IPv6",
    "ws://bücher.example/, xn--",
    "ws://-app.example/, xn--"
  })
  void whatIsWrongWithAUrlIsSaid(String url, String why) {
    try {
      assertThat(WebSocketLinks.faultOf(URI.create(url)).orElseThrow())
          .contains(why)
          .doesNotContain("secret");
    } catch (IllegalArgumentException refusedByTheJdk) {
      assertThat(url).isEqualTo("ws://[::1::2]/");
    }
  }
}
