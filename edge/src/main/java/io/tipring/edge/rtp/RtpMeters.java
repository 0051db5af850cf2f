package io.tipring.edge.rtp;

import java.util.concurrent.atomic.LongAdder;

/// Counts of one media plane, over all its workers. Written by workers, read by anybody.
public final class RtpMeters {
  /// RTP packets that belong to a leg.
  public final LongAdder packetsIn = new LongAdder();

  public final LongAdder packetsOut = new LongAdder();
  public final LongAdder reportsIn = new LongAdder();
  public final LongAdder reportsOut = new LongAdder();

  /// From a source other than the latched one.
  public final LongAdder foreign = new LongAdder();

  /// Neither RTP nor RTCP, or malformed, or of a payload type nobody agreed to.
  public final LongAdder malformed = new LongAdder();

  /// The network would not take them.
  public final LongAdder sendFailures = new LongAdder();

  /// Commands refused because a worker's queue was full.
  public final LongAdder droppedCommands = new LongAdder();
}
