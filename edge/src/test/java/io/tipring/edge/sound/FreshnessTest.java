package io.tipring.edge.sound;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FreshnessTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration USUAL = Duration.ofSeconds(300);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-age=60                          | 60",
        "MAX-AGE = \"60\"                    | 60",
        "max-age=60, s-maxage=30             | 30",
        "public, max-age=60, max-age=5       | 60",
        "ext=\"no-store, max-age=1\", max-age=60 | 60",
        "max-age=99999999999999999999        | 86400",
        "max-age=-1                          | 0",
        "max-age=soon                        | 0",
        "max-age                             | 0",
        "no-cache, max-age=60                | 0",
        "no-cache=\"set-cookie\"             | 0",
        ",,=;\"                              | 300",
        "public                              | 300"
      })
  void theLifeIsWhatTheServerSays(String cacheControl, long seconds) {
    Freshness freshness = of("Cache-Control", cacheControl);
    assertThat(freshness.kept()).isTrue();
    assertThat(freshness.life()).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-store", "private, max-age=60", "max-age=60, No-Store"})
  void whatIsNotToBeKeptIsNot(String cacheControl) {
    assertThat(of("Cache-Control", cacheControl).kept()).isFalse();
  }

  @Test
  void whatVariesWithEverythingIsNotKept() {
    assertThat(of("Vary", "*").kept()).isFalse();
    assertThat(of("Vary", "Accept-Encoding").kept()).isTrue();
  }

  @Test
  void whatItSpentInOtherCachesIsTakenOff() {
    assertThat(of("Cache-Control", "max-age=60", "Age", "50").life()).isEqualTo(seconds(10));
    assertThat(of("Cache-Control", "max-age=60", "Age", "90").life()).isNegative();
  }

  @Test
  void expiresCountsFromTheServersOwnClock() {
    String date = "Sat, 21 Nov 2026 08:00:00 GMT";
    assertThat(of("Date", date, "Expires", "Sat, 21 Nov 2026 08:02:00 GMT").life())
        .isEqualTo(seconds(120));
    assertThat(of("Expires", "Sat, 21 Nov 2026 12:00:40 GMT").life()).isEqualTo(seconds(40));
    assertThat(of("Date", date, "Expires", "0").life()).isZero();
    assertThat(of("Expires", "Sat, 21 Nov 2026 12:00:40 GMT", "Cache-Control", "max-age=7").life())
        .isEqualTo(seconds(7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"must-revalidate", "proxy-revalidate", "no-cache", "s-maxage=1"})
  void beyondItsLifeItIsNotUsedWhereTheServerForbidsIt(String cacheControl) {
    assertThat(of("Cache-Control", cacheControl).mayBeStale()).isFalse();
    assertThat(of("Cache-Control", "max-age=1").mayBeStale()).isTrue();
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static Freshness of(String... fields) {
    HttpHeaders headers = new DefaultHttpHeaders();
    for (int i = 0; i < fields.length; i += 2) {
      headers.add(fields[i], fields[i + 1]);
    }
    return Freshness.of(headers, NOW, USUAL);
  }
}
