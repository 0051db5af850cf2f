package io.tipring.wire.sdp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads session descriptions.
///
/// Strict where a call hangs on it (`v=` first and 0, `o=`, `c=`, `m=`), lenient where phones
/// differ: lines may end in a bare LF, the order below `v=` is free, `s=` and `t=` may be missing,
/// unknown lines are kept, attributes are not judged.
public final class SdpParser {
  /// What a description may be at most.
  ///
  /// @param bytes of the whole
  /// @param lines of the whole
  /// @param lineLength characters of one line
  /// @param media `m=` lines
  public record Limits(int bytes, int lines, int lineLength, int media) {
    public static final Limits USUAL = new Limits(65_536, 2_000, 8_192, 64);
  }

  private final Limits limits;

  public SdpParser(Limits limits) {
    this.limits = limits;
  }

  public SdpParser() {
    this(Limits.USUAL);
  }

  /// @throws SdpSyntaxException naming the line and what is wrong with it
  public SessionDescription parse(byte[] bytes) {
    if (bytes.length > limits.bytes()) {
      throw new SdpSyntaxException("longer than " + limits.bytes() + " bytes");
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    Reading reading = new Reading();
    int number = 0;
    int start = 0;
    int contentEnd = lastLineEnd(text);
    while (start < contentEnd) {
      int feed = text.indexOf('\n', start);
      int next = feed < 0 ? text.length() : feed + 1;
      int end = feed < 0 ? text.length() : feed;
      if (end > start && text.charAt(end - 1) == '\r') {
        end--;
      }
      number++;
      reading.take(number, line(text.substring(start, end), number));
      start = next;
    }
    return reading.finish();
  }

  /// For text at hand; the same as parsing its UTF-8 bytes.
  public SessionDescription parse(String text) {
    return parse(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Empty lines at the very end are forgiven.
  private static int lastLineEnd(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return end;
  }

  private SdpLine line(String text, int number) {
    if (number > limits.lines()) {
      throw new SdpSyntaxException(number, "more than " + limits.lines() + " lines");
    }
    if (text.length() > limits.lineLength()) {
      throw new SdpSyntaxException(number, "longer than " + limits.lineLength() + " characters");
    }
    if (text.length() < 2 || text.charAt(1) != '=' || !SdpLine.isLetter(text.charAt(0))) {
      throw new SdpSyntaxException(number, "not of the form letter=value");
    }
    for (int i = 2; i < text.length(); i++) {
      // byte-string of RFC 8866 9
      if (text.charAt(i) == 0 || text.charAt(i) == '\r') {
        throw new SdpSyntaxException(number, "holds a NUL or a bare CR");
      }
    }
    return new SdpLine(text.charAt(0), text.substring(2));
  }

  /// The description so far.
  private final class Reading {
    private final List<SdpLine> session = new ArrayList<>();
    private final List<MediaDescription> media = new ArrayList<>();
    private @Nullable MediaLine open;
    private List<SdpLine> openLines = new ArrayList<>();
    private boolean hasOrigin;

    void take(int number, SdpLine line) {
      try {
        check(line, number);
      } catch (SdpSyntaxException e) {
        throw e.at(number);
      }
      if (line.type() != 'm') {
        (open == null ? session : openLines).add(line);
      }
    }

    private void check(SdpLine line, int number) {
      if ((number == 1) != (line.type() == 'v')) {
        throw new SdpSyntaxException(number == 1 ? "does not begin with v=" : "a second v=");
      }
      switch (line.type()) {
        case 'v' -> {
          if (!line.value().strip().equals("0")) {
            throw new SdpSyntaxException("v= is not 0");
          }
        }
        case 'o' -> {
          if (hasOrigin || open != null) {
            throw new SdpSyntaxException(hasOrigin ? "a second o=" : "o= below m=");
          }
          Origin.parse(line.value());
          hasOrigin = true;
        }
        case 'c' -> Connection.parse(line.value());
        case 'm' -> open(MediaLine.parse(line.value()));
        default -> {}
      }
    }

    private void open(MediaLine line) {
      close();
      if (media.size() == limits.media()) {
        throw new SdpSyntaxException("more than " + limits.media() + " m= lines");
      }
      open = line;
    }

    private void close() {
      if (open != null) {
        media.add(new MediaDescription(open, openLines));
        openLines = new ArrayList<>();
      }
    }

    SessionDescription finish() {
      close();
      if (session.isEmpty()) {
        throw new SdpSyntaxException("empty");
      }
      if (!hasOrigin) {
        throw new SdpSyntaxException("there is no o= line");
      }
      return new SessionDescription(session, media);
    }
  }
}
