package io.tipring.wire.sip;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Cuts the bytes of one TCP or TLS connection into messages by `Content-Length` (RFC 3261 18.3).
///
/// Mutable; belongs to whoever reads the connection. Holds at most one unfinished message of the
/// size that the limits allow. Each byte is looked at once, however small the pieces are in which
/// it arrives.
public final class StreamFramer {
  /// Why nothing behind a certain byte can be read any more: the connection is to be closed, after
  /// a last answer has been sent.
  public enum End {
    /// What arrives is no SIP: another protocol, or TLS on a plain port.
    NOT_SIP,
    /// The headers are larger than a message may be.
    HEAD_TOO_LARGE,
    /// Content-Length announces more than a message may have.
    BODY_TOO_LARGE,
    /// Content-Length is missing from a message with a body, given twice, or no number: nobody
    /// knows where the next one starts.
    UNKNOWN_LENGTH
  }

  private static final int USUAL_BYTES = 2_048;

  private final SipParser parser;
  private byte[] buffer = new byte[USUAL_BYTES];
  private int from;
  private int end;

  /// How far the search for the empty line has come, and where the line it is in starts.
  private int scanned;

  private int lineStart;
  private boolean startLineSeen;

  /// The head of a message whose body is still on its way, and where that body ends.
  private Optional<Head> head = Optional.empty();

  private int messageEnd;
  private Optional<End> ended = Optional.empty();

  public StreamFramer(SipParser parser) {
    this.parser = parser;
  }

  /// Why the stream ended, once it has. Later bytes are ignored.
  public Optional<End> ended() {
    return ended;
  }

  /// Takes the next bytes and returns what they complete. `KeepAlive` stands for a ping of two line
  /// ends and is to be answered with one; the single one of a pong yields nothing.
  public List<Parsed> feed(byte[] bytes, int offset, int length) {
    if (ended.isPresent()) {
      return List.of();
    }
    append(bytes, offset, length);
    var complete = new ArrayList<Parsed>(2);
    while (ended.isEmpty() && step(complete)) {
      // Each step takes one message, one keep-alive, or the line ends between messages.
    }
    if (from == end && buffer.length > USUAL_BYTES) {
      rewind();
      buffer = new byte[USUAL_BYTES]; // a large message that has gone must not be paid for ever
    }
    return complete;
  }

  /// The room that a message takes which has begun to arrive.
  public int unfinishedBytes() {
    return from == end ? 0 : buffer.length;
  }

  private void append(byte[] bytes, int offset, int length) {
    if (from > 0) {
      rewind();
    }
    if (end + length > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(end + length, buffer.length * 2));
    }
    System.arraycopy(bytes, offset, buffer, end, length);
    end += length;
  }

  /// Moves what is left to the front.
  private void rewind() {
    System.arraycopy(buffer, from, buffer, 0, end - from);
    end -= from;
    scanned -= from;
    lineStart -= from;
    messageEnd -= from;
    from = 0;
  }

  /// Whether there may be more to take.
  private boolean step(List<Parsed> into) {
    if (head.isPresent()) {
      return takeMessage(head.get(), into);
    }
    if (scanned == from) {
      if (from == end || !skipLineEnds(into)) {
        return false;
      }
      if (!CharClass.TOKEN.contains((char) (buffer[from] & 0xFF))) {
        return end(End.NOT_SIP, new Parsed.Garbage("stream: not SIP"), into);
      }
      lineStart = from;
      startLineSeen = false;
    }
    return findHead(into);
  }

  /// Takes line ends before a message (RFC 3261 7.5, RFC 5626 4.4.1). Whether something else
  /// follows.
  private boolean skipLineEnds(List<Parsed> into) {
    while (from < end && (buffer[from] == '\r' || buffer[from] == '\n')) {
      if (buffer[from] == '\n') {
        from++;
      } else if (startsWithCrlf(from) && startsWithCrlf(from + 2)) {
        into.add(new Parsed.KeepAlive());
        from += 4;
      } else if (end - from < 4 && isBeginOfPing()) {
        // The other half of a ping may still come.
        scanned = from;
        return false;
      } else {
        from++;
      }
    }
    scanned = from;
    return from < end;
  }

  private boolean startsWithCrlf(int at) {
    return at + 1 < end && buffer[at] == '\r' && buffer[at + 1] == '\n';
  }

  private boolean isBeginOfPing() {
    for (int i = from; i < end; i++) {
      if (buffer[i] != ((i - from) % 2 == 0 ? '\r' : '\n')) {
        return false;
      }
    }
    return true;
  }

  private boolean findHead(List<Parsed> into) {
    Limits limits = parser.limits();
    while (scanned < end) {
      if (buffer[scanned++] == '\n') {
        boolean empty =
            scanned - lineStart == 1 || (scanned - lineStart == 2 && buffer[lineStart] == '\r');
        if (empty) {
          return readHead(into);
        }
        if (!startLineSeen && !looksLikeSip()) {
          return end(End.NOT_SIP, new Parsed.Garbage("stream: not SIP"), into);
        }
        startLineSeen = true;
        lineStart = scanned;
      }
      if (scanned - from > limits.messageBytes()) {
        return end(
            End.HEAD_TOO_LARGE,
            SipParser.tooLarge(Head.read(buffer, from, lineStart, limits)),
            into);
      }
    }
    return false;
  }

  /// A start line names the protocol, however malformed it is otherwise.
  private boolean looksLikeSip() {
    for (int i = from; i + 3 < scanned; i++) {
      if ((buffer[i] | 0x20) == 's'
          && (buffer[i + 1] | 0x20) == 'i'
          && (buffer[i + 2] | 0x20) == 'p'
          && buffer[i + 3] == '/') {
        return true;
      }
    }
    return false;
  }

  private boolean readHead(List<Parsed> into) {
    Head complete = Head.read(buffer, from, scanned, parser.limits());
    long length;
    try {
      length = complete.contentLength().isEmpty() ? lengthUnsaid(complete) : complete.bodyLength();
    } catch (SipSyntaxException e) {
      return end(End.UNKNOWN_LENGTH, SipParser.refuse(complete, e), into);
    }
    // A head with too many headers was not read to its end, so its Content-Length may have been
    // missed.
    if (complete.bodyAt() != scanned || !complete.complete()) {
      return end(End.HEAD_TOO_LARGE, parser.judge(complete, buffer, scanned), into);
    }
    if (length + (scanned - from) > parser.limits().messageBytes()) {
      return end(End.BODY_TOO_LARGE, SipParser.tooLarge(complete), into);
    }
    head = Optional.of(complete);
    messageEnd = scanned + (int) length;
    return true;
  }

  /// RFC 3261 20.14 makes Content-Length mandatory on streams. Where there is no sign of a body we
  /// take it for zero.
  private static long lengthUnsaid(Head head) {
    for (Header h : head.headers()) {
      if (h.named("Content-Type")) {
        throw new SipSyntaxException("Content-Length", "missing on a stream");
      }
    }
    return 0;
  }

  private boolean takeMessage(Head complete, List<Parsed> into) {
    if (end < messageEnd) {
      return false;
    }
    // The buffer may have moved since the head was read: the body is the end of the message.
    into.add(parser.judge(complete.movedTo(messageEnd - bodyLength(complete)), buffer, messageEnd));
    from = messageEnd;
    scanned = from;
    head = Optional.empty();
    return true;
  }

  private static int bodyLength(Head head) {
    return head.contentLength().isEmpty() ? 0 : (int) head.bodyLength();
  }

  private boolean end(End why, Parsed last, List<Parsed> into) {
    into.add(last);
    ended = Optional.of(why);
    buffer = new byte[0];
    from = 0;
    end = 0;
    return false;
  }
}
