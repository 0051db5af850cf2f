package io.tipring.edge.control;

import java.time.Duration;

/// The bounds of connections to remote applications.
///
/// @param threads event loops
/// @param ping an application that has said nothing for so long is asked whether it is there
/// @param pong and by then must have said something
/// @param close for its answer to our close, and for it to take what was sent before
/// @param messageBytes the longest message of an application, all its fragments together
/// @param highBytes more waits to be sent: the link is not writable, and does not read
/// @param lowBytes less waits to be sent: it is writable again
/// @param mostBytes more waits to be sent: it is broken off
public record LinkSettings(
    int threads,
    Duration ping,
    Duration pong,
    Duration close,
    int messageBytes,
    int highBytes,
    int lowBytes,
    int mostBytes) {
  public static final LinkSettings STANDARD =
      new LinkSettings(
          2,
          Duration.ofSeconds(20),
          Duration.ofSeconds(10),
          Duration.ofSeconds(2),
          65_536,
          65_536,
          32_768,
          8 << 20);

  public LinkSettings {
    if (threads < 1 || messageBytes < 1) {
      throw new IllegalArgumentException("at least one thread, and one byte in a message");
    }
    if (lowBytes < 1 || highBytes < lowBytes || mostBytes < highBytes) {
      throw new IllegalArgumentException("it must be 0 < lowBytes <= highBytes <= mostBytes");
    }
  }

  public LinkSettings withPings(Duration ping, Duration pong) {
    return new LinkSettings(
        threads, ping, pong, close, messageBytes, highBytes, lowBytes, mostBytes);
  }

  public LinkSettings withCloseDeadline(Duration deadline) {
    return new LinkSettings(
        threads, ping, pong, deadline, messageBytes, highBytes, lowBytes, mostBytes);
  }

  public LinkSettings withMessageBytes(int most) {
    return new LinkSettings(threads, ping, pong, close, most, highBytes, lowBytes, mostBytes);
  }
}
