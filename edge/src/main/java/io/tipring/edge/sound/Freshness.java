package io.tipring.edge.sound;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How long an answer may be kept and used, as its server wants it: RFC 9111 for a shared cache,
/// which an exchange is to its applications. All its requests have the same headers, so of `Vary`
/// only `*` matters.
///
/// @param kept whether it may be stored at all
/// @param life from the request on; zero or less: its server is asked before each use
/// @param mayBeStale whether it may be used beyond its life while its server is away
record Freshness(boolean kept, Duration life, boolean mayBeStale) {
  /// Beyond that a server is asked again whatever it said: its mistakes end some day.
  private static final Duration LONGEST = Duration.ofDays(1);

  /// RFC 9111 5.2: `name`, `name=token`, `name="quoted"`.
  private static final Pattern DIRECTIVE =
      Pattern.compile("([^\\s,;=\"]++)(?:\\s*+=\\s*+(?:\"([^\"]*+)\"|([^\\s,]*+)))?+");

  /// @param usual the life where the server says nothing (RFC 9111 4.2.2)
  static Freshness of(HttpHeaders headers, Instant received, Duration usual) {
    Map<String, String> said = directives(headers);
    // RFC 9111 3 and 4.1
    boolean kept =
        !said.containsKey("no-store")
            && !said.containsKey("private")
            && !headers.containsValue(HttpHeaderNames.VARY, "*", false);
    // RFC 9111 4.2.4
    boolean mayBeStale =
        !said.containsKey("no-cache")
            && !said.containsKey("must-revalidate")
            && !said.containsKey("proxy-revalidate")
            && !said.containsKey("s-maxage");
    if (said.containsKey("no-cache")) {
      return new Freshness(kept, Duration.ZERO, mayBeStale);
    }
    Duration life = explicit(headers, said, received).orElse(usual);
    Duration shorter = life.compareTo(LONGEST) > 0 ? LONGEST : life;
    // RFC 9111 4.2.3. The clocks of two machines are not compared: Age is enough, all of today's
    // caches say it.
    return new Freshness(kept, shorter.minus(age(headers)), mayBeStale);
  }

  /// RFC 9111 4.2.1.
  private static Optional<Duration> explicit(
      HttpHeaders headers, Map<String, String> said, Instant received) {
    for (String name : new String[] {"s-maxage", "max-age"}) {
      String seconds = said.get(name);
      if (seconds != null) {
        return Optional.of(seconds(seconds));
      }
    }
    String expires = headers.get(HttpHeaderNames.EXPIRES);
    if (expires == null) {
      return Optional.empty();
    }
    Instant date = date(headers.get(HttpHeaderNames.DATE)).orElse(received);
    // RFC 9111 5.3: what is no date, such as 0, is in the past
    return Optional.of(date(expires).map(end -> Duration.between(date, end)).orElse(Duration.ZERO));
  }

  private static Duration age(HttpHeaders headers) {
    String age = headers.get(HttpHeaderNames.AGE);
    return age == null ? Duration.ZERO : seconds(age.strip());
  }

  /// RFC 9111 1.2.2: too many are very many. What makes no sense makes nothing fresh.
  private static Duration seconds(String text) {
    if (!text.matches("[0-9]+")) {
      return Duration.ZERO;
    }
    return Duration.ofSeconds(text.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(text));
  }

  private static Optional<Instant> date(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /// The first of a name counts.
  private static Map<String, String> directives(HttpHeaders headers) {
    Map<String, String> directives = new LinkedHashMap<>();
    Matcher directive =
        DIRECTIVE.matcher(String.join(",", headers.getAll(HttpHeaderNames.CACHE_CONTROL)));
    while (directive.find()) {
      String quoted = directive.group(2);
      String token = directive.group(3);
      directives.putIfAbsent(
          directive.group(1).toLowerCase(Locale.ROOT),
          quoted != null ? quoted : token != null ? token : "");
    }
    return directives;
  }
}
