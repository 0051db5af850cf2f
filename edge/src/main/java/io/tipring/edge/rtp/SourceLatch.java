package io.tipring.edge.rtp;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// Symmetric RTP: finds out where the peer really sends from, and sends there. Owned by one worker.
///
/// Behind a NAT the address in SDP is not the one that packets come from, so the first source that
/// sends a valid stream is latched. What keeps a stranger out:
/// - The address from SDP is believed at its first packet; its host with another port after three
///   in a row, any other source after four.
/// - Once latched, other sources are dropped and counted, until the latched one was silent for a
///   while or a re-INVITE named another address.
/// - A source that was latched for want of a better one gives way to the address from SDP, and one
///   that slipped in during a silence gives way to the one that was there before, as soon as these
///   send two packets in a row.
final class SourceLatch {
  private static final int FROM_EXPECTED = 1;
  private static final int FROM_EXPECTED_HOST = 3;
  private static final int FROM_ANYWHERE = 4;
  private static final int TO_TAKE_BACK = 2;

  /// Half a second: after a move the old place may go on for a moment, but if only that goes on,
  /// the peer stayed.
  private static final int FROM_OLD_PLACE = 25;

  /// Sources on probation at a time; more of them replace each other.
  private static final int CANDIDATES = 4;

  private final long silenceNanos;
  private final Candidate[] candidates = new Candidate[CANDIDATES];
  private InetSocketAddress expected;
  private @Nullable InetSocketAddress latched;

  /// The first that was latched since SDP last spoke.
  private @Nullable InetSocketAddress home;

  /// A re-INVITE named another address, and nothing has come from there yet.
  private boolean moving;

  private long heardNanos;
  private long foreign;

  private static final class Candidate {
    private @Nullable InetSocketAddress source;
    private int ssrc;
    private int nextSequence;
    private int inARow;
    private long heardNanos;
  }

  SourceLatch(InetSocketAddress expected, long silenceNanos) {
    this.expected = expected;
    this.silenceNanos = silenceNanos;
    for (int i = 0; i < CANDIDATES; i++) {
      candidates[i] = new Candidate();
    }
  }

  /// Whether a well-formed packet belongs to the peer's stream.
  boolean admit(long nowNanos, InetSocketAddress source, int ssrc, int sequence) {
    boolean current = source.equals(latched);
    if (current && !moving) {
      heardNanos = nowNanos;
      return true;
    }
    int needed = packetsNeeded(nowNanos, source);
    if (needed == Integer.MAX_VALUE) {
      foreign++;
      return false;
    }
    if (inARow(nowNanos, source, ssrc, sequence) >= needed) {
      latch(nowNanos, source);
      return true;
    }
    if (current) {
      heardNanos = nowNanos;
    }
    return current;
  }

  private int packetsNeeded(long nowNanos, InetSocketAddress source) {
    boolean open = latched == null || moving || nowNanos - heardNanos >= silenceNanos;
    if (source.equals(expected)) {
      return open ? FROM_EXPECTED : TO_TAKE_BACK;
    }
    if (moving && source.equals(latched)) {
      return FROM_OLD_PLACE;
    }
    if (open) {
      return source.getAddress().equals(expected.getAddress()) ? FROM_EXPECTED_HOST : FROM_ANYWHERE;
    }
    return source.equals(home) ? TO_TAKE_BACK : Integer.MAX_VALUE;
  }

  private int inARow(long nowNanos, InetSocketAddress source, int ssrc, int sequence) {
    Candidate candidate = candidates[0];
    for (Candidate other : candidates) {
      if (source.equals(other.source)) {
        candidate = other;
        break;
      }
      if (other.source == null
          || (candidate.source != null && other.heardNanos - candidate.heardNanos < 0)) {
        candidate = other;
      }
    }
    boolean follows =
        source.equals(candidate.source)
            && ssrc == candidate.ssrc
            && sequence == candidate.nextSequence
            && nowNanos - candidate.heardNanos < silenceNanos;
    candidate.inARow = follows ? candidate.inARow + 1 : 1;
    candidate.source = source;
    candidate.ssrc = ssrc;
    candidate.nextSequence = sequence + 1 & 0xffff;
    candidate.heardNanos = nowNanos;
    return candidate.inARow;
  }

  private void latch(long nowNanos, InetSocketAddress source) {
    latched = source;
    if (home == null || moving || source.equals(expected)) {
      home = source;
    }
    moving = false;
    heardNanos = nowNanos;
    for (Candidate candidate : candidates) {
      candidate.source = null;
    }
  }

  /// SDP has spoken: another address than before opens the latch, and packets go there until
  /// somebody is latched.
  void expect(InetSocketAddress address) {
    if (address.equals(expected)) {
      return;
    }
    expected = address;
    moving = latched != null;
    if (address.equals(latched)) {
      moving = false;
      home = address;
    }
  }

  /// The address from SDP.
  InetSocketAddress expected() {
    return expected;
  }

  /// Where packets go.
  InetSocketAddress target() {
    return latched == null || moving ? expected : latched;
  }

  /// Whether RTCP from `host` can be the peer's: it has no sequence to prove itself by, so the host
  /// has to do.
  boolean isPeer(InetSocketAddress source) {
    return source.getAddress().equals(target().getAddress());
  }

  boolean isLatched() {
    return latched != null;
  }

  /// Packets from sources other than the latched one.
  long foreign() {
    return foreign;
  }
}
