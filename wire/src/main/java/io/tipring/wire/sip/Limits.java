package io.tipring.wire.sip;

/// What the parser takes at most. A message beyond is refused, never cut.
///
/// @param messageBytes start line, headers and body together
/// @param headerCount lines, folded ones counted once
/// @param headerBytes the start line, or one header with its folds
/// @param commentDepth comments within comments (User-Agent, Server, Retry-After)
public record Limits(int messageBytes, int headerCount, int headerBytes, int commentDepth) {
  public static final Limits STANDARD = new Limits(65_535, 512, 16_384, 32);

  public Limits {
    if (messageBytes < 1 || headerCount < 1 || headerBytes < 1 || commentDepth < 0) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }
}
