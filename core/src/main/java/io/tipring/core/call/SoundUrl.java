package io.tipring.core.call;

import io.tipring.media.spec.Source;
import io.tipring.media.spec.Source.Progress.Signal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/// A URL of something to play, read: `tone:`, `keys:`, `file:`, `http:`, `https:`.
sealed interface SoundUrl {
  /// The media plane makes it.
  record Made(Source source) implements SoundUrl {}

  /// It must be read or fetched first.
  record Wanted(SoundRequest request) implements SoundUrl {}

  /// @param hint what is wrong with it, and what would be right
  record Bad(String hint) implements SoundUrl {}

  int LONGEST = 2_048;

  /// dBm0: loud enough to hear, quiet enough not to clip beside speech.
  int TONE_LEVEL = -10;

  int KEY_MILLIS = 160;
  int KEY_GAP_MILLIS = 80;
  int MOST_KEYS = 64;

  static SoundUrl parse(String url) {
    int colon = url.indexOf(':');
    if (colon < 0 || url.length() > LONGEST) {
      return new Bad(
          "a URL begins with tone:, keys:, file:, http: or https: and has at most "
              + LONGEST
              + " characters");
    }
    String rest = url.substring(colon + 1);
    String scheme = url.substring(0, colon).toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "tone" -> tone(rest);
      case "keys" -> keys(rest);
      case "file" -> file(rest);
      case "http", "https" -> web(url);
      default ->
          new Bad(
              "a URL begins with tone:, keys:, file:, http: or https:, not with " + quoted(url));
    };
  }

  private static SoundUrl tone(String what) {
    if (what.matches("[0-9]{1,4}")) {
      int hertz = Integer.parseInt(what);
      return hertz >= 1 && hertz <= 3999
          ? new Made(new Source.Tone(hertz, TONE_LEVEL))
          : new Bad("a tone has 1 to 3999 Hz, not " + hertz);
    }
    int semicolon = what.indexOf(';');
    String name = semicolon < 0 ? what : what.substring(0, semicolon);
    String country = semicolon < 0 ? "" : what.substring(semicolon + 1);
    Optional<Signal> signal = signal(name);
    if (signal.isEmpty()) {
      return new Bad(
          "a tone is 1 to 3999 Hz, dial, ringback, busy or congestion, not " + quoted(name));
    }
    if (country.isEmpty()) {
      return new Made(new Source.Progress(signal.get(), ""));
    }
    return country.matches("country=[A-Za-z]{2}")
        ? new Made(new Source.Progress(signal.get(), country.substring(8).toUpperCase(Locale.ROOT)))
        : new Bad("after a signal comes ;country= and two letters, such as tone:busy;country=de");
  }

  private static Optional<Signal> signal(String name) {
    return switch (name) {
      case "dial" -> Optional.of(Signal.DIAL);
      case "ringback" -> Optional.of(Signal.RINGBACK);
      case "busy" -> Optional.of(Signal.BUSY);
      case "congestion" -> Optional.of(Signal.CONGESTION);
      default -> Optional.empty();
    };
  }

  private static SoundUrl keys(String digits) {
    return digits.matches("[0-9*#A-D]{1," + MOST_KEYS + "}")
        ? new Made(new Source.Keys(digits, KEY_MILLIS, KEY_GAP_MILLIS))
        : new Bad("keys: has 1 to " + MOST_KEYS + " of 0-9*#A-D after it");
  }

  private static SoundUrl file(String name) {
    boolean inside =
        !name.isEmpty()
            && name.length() <= 255
            && !name.startsWith("/")
            && !name.contains("..")
            && name.chars().noneMatch(c -> c == '\\' || Character.isISOControl(c));
    return inside
        ? new Wanted(new SoundRequest.File(name))
        : new Bad("file: has a name in the sounds folder after it, such as file:welcome.wav");
  }

  private static SoundUrl web(String url) {
    try {
      URI uri = new URI(url);
      return uri.getHost() == null || uri.getRawUserInfo() != null
          ? new Bad("a web address needs a host, and has no user name or password in it")
          : new Wanted(new SoundRequest.Web(uri));
    } catch (URISyntaxException e) {
      return new Bad("not a web address: " + e.getReason());
    }
  }

  /// So much of it as a hint can bear.
  private static String quoted(String text) {
    return '"' + (text.length() <= 40 ? text : text.substring(0, 40) + "...") + '"';
  }
}
