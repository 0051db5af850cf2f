package io.tipring.edge.control;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A text message and the frames it comes in (RFC 6455 5.4), whose order the decoder has looked at.
final class Assembly {
  private final int most;
  private ByteBuf bytes = Unpooled.EMPTY_BUFFER;

  /// @param most bytes of a message
  Assembly(int most) {
    this.most = most;
  }

  /// @return whether there was room for it
  boolean add(WebSocketFrame fragment) {
    ByteBuf more = fragment.content();
    if (more.readableBytes() > most - bytes.readableBytes()) {
      return false;
    }
    if (bytes.capacity() == 0) {
      bytes = Unpooled.buffer(more.readableBytes(), most);
    }
    bytes.writeBytes(more);
    return true;
  }

  /// The whole message, or null when it is not UTF-8. The next one can come.
  @Nullable String take() {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(bytes.nioBuffer())
          .toString();
    } catch (CharacterCodingException _) {
      return null;
    } finally {
      clear();
    }
  }

  void clear() {
    bytes = Unpooled.EMPTY_BUFFER;
  }
}
