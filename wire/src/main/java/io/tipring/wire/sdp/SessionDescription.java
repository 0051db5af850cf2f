package io.tipring.wire.sdp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// A session description: the lines of the session, in order, then its media. Lossless: what
/// [SdpParser] read, [#bytes()] writes again byte for byte, as long as its lines ended in CRLF.
///
/// Lines are kept one `char` per byte (ISO 8859-1), because a description's free text is in
/// whatever charset the peer chose, while all of the grammar is ASCII.
public record SessionDescription(List<SdpLine> lines, List<MediaDescription> media) {
  public SessionDescription {
    lines = List.copyOf(lines);
    media = List.copyOf(media);
  }

  public Origin origin() {
    return Origin.parse(
        first('o').orElseThrow(() -> new SdpSyntaxException("there is no o= line")));
  }

  /// The session's `c=`, which counts for every stream that has none.
  public Optional<Connection> connection() {
    return Connection.in(lines);
  }

  /// Where `stream` wants its media.
  public Optional<Connection> connectionOf(MediaDescription stream) {
    return stream.connection().or(this::connection);
  }

  /// Which way `stream` flows, seen from the writer; `sendrecv` when nothing is said (RFC 8866
  /// 6.7).
  public Direction directionOf(MediaDescription stream) {
    return stream.direction().or(() -> Direction.in(lines)).orElse(Direction.SENDRECV);
  }

  public List<Attribute> attributes() {
    return Attribute.allOf(lines);
  }

  /// The values of every `a=name` of the session, in order; `""` for one without value.
  public List<String> attributes(String name) {
    return Attribute.values(lines, name);
  }

  /// The value of the first session line of this type.
  public Optional<String> first(char type) {
    for (SdpLine line : lines) {
      if (line.type() == type) {
        return Optional.of(line.value());
      }
    }
    return Optional.empty();
  }

  /// The same description under another `o=`.
  SessionDescription withOrigin(Origin origin) {
    return new SessionDescription(
        lines.stream().map(line -> line.type() == 'o' ? origin.line() : line).toList(), media);
  }

  /// The description as it goes into a body, each line with CRLF.
  public byte[] bytes() {
    StringBuilder text = new StringBuilder(256);
    write(lines, text);
    for (MediaDescription stream : media) {
      write(stream.line().line(), text);
      write(stream.lines(), text);
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void write(List<SdpLine> lines, StringBuilder text) {
    for (SdpLine line : lines) {
      write(line, text);
    }
  }

  private static void write(SdpLine line, StringBuilder text) {
    text.append(line.type()).append('=').append(line.value()).append("\r\n");
  }

  /// The description as UTF-8 text, for people.
  @Override
  public String toString() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }
}
