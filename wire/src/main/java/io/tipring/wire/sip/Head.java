package io.tipring.wire.sip;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Start line and headers as they stand in the bytes, before anything is judged. Lines may end in
/// LF alone; a header that is no header is noted as `flaw` and left out, so that the rest can still
/// be used for an answer.
///
/// @param bodyAt where the body starts; the end of the bytes when the empty line is missing
/// @param contentLength values of all `Content-Length` headers: framing, no header of the message
/// @param complete whether the empty line that ends the headers was there
record Head(
    String startLine,
    List<Header> headers,
    List<String> contentLength,
    int bodyAt,
    boolean complete,
    @Nullable SipSyntaxException flaw) {
  static Head read(byte[] bytes, int from, int end, Limits limits) {
    return new Reader(bytes, from, end, limits).read();
  }

  /// The same head of bytes that now lie elsewhere.
  Head movedTo(int newBodyAt) {
    return new Head(startLine, headers, contentLength, newBodyAt, complete, flaw);
  }

  /// What Content-Length says, which must be there.
  long bodyLength() {
    if (contentLength.size() > 1) {
      throw new SipSyntaxException("Content-Length", "given twice");
    }
    var c = new Cursor("Content-Length", contentLength.getFirst());
    long length = c.number(Integer.MAX_VALUE);
    c.expectEnd();
    return length;
  }

  /// One pass over the bytes, from line end to line end.
  private static final class Reader {
    private final byte[] bytes;

    /// The same bytes one to a character, for the searches that the JVM does many at a time.
    private final String characters;

    private final int offset;
    private final int end;
    private final Limits limits;
    private int at;
    private int lineEnd;
    private @Nullable SipSyntaxException flaw;
    private final List<Header> headers = new ArrayList<>(16);
    private final List<String> contentLength = new ArrayList<>(1);

    Reader(byte[] bytes, int from, int end, Limits limits) {
      this.bytes = bytes;
      this.characters = new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
      this.offset = from;
      this.at = from;
      this.end = end;
      this.limits = limits;
    }

    Head read() {
      int from = at;
      at = nextLine(from);
      String startLine = startLine(from);
      int count = 0;
      boolean complete = false;
      while (at < end && !complete) {
        int start = at;
        at = nextLine(start);
        if (lineEnd == start) {
          complete = true;
        } else if (++count > limits.headerCount()) {
          note("header section", "more than " + limits.headerCount() + " headers");
          at = end;
        } else {
          header(start);
        }
      }
      return new Head(startLine, headers, contentLength, at, complete, flaw);
    }

    private String startLine(int from) {
      if (lineEnd - from > limits.headerBytes()) {
        note("Request-Line", "longer than " + limits.headerBytes() + " bytes");
        return "";
      }
      return WireText.decode(bytes, from, lineEnd);
    }

    /// Moves to the start of the next line, and notes where this one ends.
    private int nextLine(int from) {
      int lineFeed = indexOf('\n', from, end);
      lineEnd =
          lineFeed > from && lineFeed < end && bytes[lineFeed - 1] == '\r'
              ? lineFeed - 1
              : lineFeed;
      return Math.min(lineFeed + 1, end);
    }

    private int indexOf(char c, int from, int to) {
      int i = characters.indexOf(c, from - offset, to - offset);
      return i < 0 ? to : i + offset;
    }

    private void header(int start) {
      int firstEnd = lineEnd;
      boolean folded = false;
      // RFC 3261 7.3.1: a line that starts with white space continues the one before.
      while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
        folded = true;
        at = nextLine(at);
      }
      int colon = indexOf(':', start, firstEnd);
      int nameEnd = colon;
      while (nameEnd > start && isSpace(bytes[nameEnd - 1])) {
        nameEnd--;
      }
      String name = name(start, nameEnd);
      if (colon == firstEnd || name.isEmpty()) {
        note(number(), "no name and colon");
        return;
      }
      if (lineEnd - start > limits.headerBytes()) {
        note(nameInPhrase(name), "longer than " + limits.headerBytes() + " bytes");
        return;
      }
      String value = folded ? unfold(colon + 1, lineEnd) : trimmed(colon + 1, lineEnd);
      if (value.indexOf('\r') >= 0) {
        note(nameInPhrase(name), "carriage return without line feed");
      } else if (HeaderNames.same(name, "Content-Length")) {
        contentLength.add(value);
      } else {
        headers.add(new Header(name, value));
      }
    }

    /// Empty when it is no token.
    private String name(int from, int nameEnd) {
      boolean token =
          CharClass.TOKEN.endOf(characters, from - offset, nameEnd - offset) == nameEnd - offset;
      return token ? HeaderNames.intern(characters, from - offset, nameEnd - offset) : "";
    }

    private String trimmed(int from, int to) {
      int start = from;
      int stop = to;
      while (start < stop && isSpace(bytes[start])) {
        start++;
      }
      while (stop > start && isSpace(bytes[stop - 1])) {
        stop--;
      }
      return WireText.decode(bytes, start, stop);
    }

    /// A fold, with the white space around it, is one space (RFC 3261 7.3.1).
    private String unfold(int from, int to) {
      byte[] joined = new byte[to - from];
      int n = 0;
      for (int i = from; i < to; i++) {
        boolean lineBreak =
            bytes[i] == '\n' || (bytes[i] == '\r' && i + 1 < to && bytes[i + 1] == '\n');
        if (!lineBreak) {
          joined[n++] = bytes[i];
        } else {
          while (n > 0 && isSpace(joined[n - 1])) {
            n--;
          }
          while (i + 1 < to && (isSpace(bytes[i + 1]) || bytes[i + 1] == '\n')) {
            i++;
          }
          joined[n++] = ' ';
        }
      }
      int start = n > 0 && joined[0] == ' ' ? 1 : 0;
      while (start < n && isSpace(joined[start])) {
        start++;
      }
      while (n > start && isSpace(joined[n - 1])) {
        n--;
      }
      return WireText.decode(joined, start, n);
    }

    private static boolean isSpace(byte b) {
      return b == ' ' || b == '\t';
    }

    /// What a phrase may call the header: a name that somebody made long or odd is not repeated.
    private String nameInPhrase(String name) {
      String known = HeaderNames.canonical(name);
      return known.length() <= 32 ? known : number();
    }

    private String number() {
      return "header " + (headers.size() + contentLength.size() + 1);
    }

    private void note(String header, String phrase) {
      if (flaw == null) {
        flaw = new SipSyntaxException(header, phrase);
      }
    }
  }
}
