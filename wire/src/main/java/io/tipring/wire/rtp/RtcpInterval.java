package io.tipring.wire.rtp;

/// When the next RTCP report is due (RFC 3550 6.2, 6.3.1, appendix A.7), without reconsideration: a
/// telephone call has two members, so a step in their number cannot flood anybody.
public final class RtcpInterval {
  private static final double MINIMUM_SECONDS = 5.0;
  private static final double SENDER_SHARE = 0.25;

  /// e - 3/2: makes up for the timer's convergence below the intended average.
  private static final double COMPENSATION = 1.21828;

  private RtcpInterval() {}

  /// What the interval depends on.
  ///
  /// @param members of the session, we among them
  /// @param senders of these, those that sent RTP in the last two intervals
  /// @param weSent whether we are one of them
  /// @param initial no report was sent yet: the minimum is halved
  /// @param averageOctets smoothed size of compound packets with their UDP and IP headers
  /// @param octetsPerSecond RTCP's share of the session bandwidth, usually 5 %
  public record Session(
      int members,
      int senders,
      boolean weSent,
      boolean initial,
      double averageOctets,
      double octetsPerSecond) {}

  /// Nanoseconds until the next report.
  ///
  /// @param random uniform in [0, 1)
  public static long nanos(Session session, double random) {
    int sharers = session.members();
    double share = session.octetsPerSecond();
    if (session.senders() <= session.members() * SENDER_SHARE) {
      share *= session.weSent() ? SENDER_SHARE : 1 - SENDER_SHARE;
      sharers = session.weSent() ? session.senders() : session.members() - session.senders();
    }
    double minimum = session.initial() ? MINIMUM_SECONDS / 2 : MINIMUM_SECONDS;
    double seconds = Math.max(minimum, session.averageOctets() * sharers / share);
    return (long) (seconds * (random + 0.5) / COMPENSATION * 1e9);
  }
}
