package io.tipring.wire.rtp;

/// What came from one synchronisation source: validity, extended sequence number, loss and
/// interarrival jitter (RFC 3550 A.1, A.3, A.8). Owned by one worker.
public final class ReceptionStatistics {
  /// Consecutive packets that make a source valid (RFC 3550 A.1).
  private static final int MIN_SEQUENTIAL = 2;

  private static final int MAX_DROPOUT = 3000;
  private static final int MAX_MISORDER = 100;
  private static final int SEQUENCE_MODULUS = 1 << 16;
  private static final int NONE = -1;

  private final int minSequential;
  private boolean started;
  private int probation;
  private int maxSequence;
  private long cycles;
  private long baseSequence;

  /// The sequence number after a wild jump: a second packet in step with it means that the peer
  /// restarted.
  private int afterJump = NONE;

  private long received;
  private long expectedBefore;
  private long receivedBefore;
  private boolean hasTransit;
  private int transit;

  /// Jitter times 16, so that its running mean keeps four bits of fraction.
  private long scaledJitter;

  public ReceptionStatistics() {
    this(MIN_SEQUENTIAL);
  }

  /// @param minSequential consecutive packets before the source counts; 1 trusts the first one
  public ReceptionStatistics(int minSequential) {
    this.minSequential = minSequential;
  }

  /// What a sequence number means for the stream.
  public enum Sequencing {
    /// Not yet enough in a row: does not count.
    PROBATION,
    VALID,
    /// Valid, and the numbering began anew with this packet or the one before it: what was extended
    /// before no longer compares.
    RESTARTED,
    /// A wild jump, not yet confirmed: does not count.
    OUT_OF_STEP
  }

  /// Takes the sequence number of a packet (RFC 3550 A.1 `update_seq`).
  public Sequencing on(int sequence) {
    if (!started) {
      started = true;
      begin(sequence);
      probation = minSequential;
      maxSequence = sequence - 1 & 0xffff;
    }
    if (probation > 0) {
      return onProbation(sequence);
    }
    int delta = sequence - maxSequence & 0xffff;
    if (delta < MAX_DROPOUT) {
      if (sequence < maxSequence) {
        cycles += SEQUENCE_MODULUS;
      }
      maxSequence = sequence;
    } else if (delta <= SEQUENCE_MODULUS - MAX_MISORDER) {
      if (sequence != afterJump) {
        afterJump = sequence + 1 & 0xffff;
        return Sequencing.OUT_OF_STEP;
      }
      begin(sequence);
      received++;
      return Sequencing.RESTARTED;
    }
    received++;
    return Sequencing.VALID;
  }

  private Sequencing onProbation(int sequence) {
    if (sequence != (maxSequence + 1 & 0xffff)) {
      probation = minSequential - 1;
      maxSequence = sequence;
      return Sequencing.PROBATION;
    }
    probation--;
    maxSequence = sequence;
    if (probation > 0) {
      return Sequencing.PROBATION;
    }
    begin(sequence);
    received++;
    return Sequencing.VALID;
  }

  private void begin(int sequence) {
    baseSequence = sequence;
    maxSequence = sequence;
    afterJump = NONE;
    cycles = 0;
    received = 0;
    receivedBefore = 0;
    expectedBefore = 0;
    // Its timestamps began anew too: the distance to those before is no jitter.
    hasTransit = false;
  }

  /// Takes when a packet that counts arrived (RFC 3550 A.8).
  ///
  /// @param arrivalTicks arrival time in the units of the timestamp, from any origin
  public void arrived(long arrivalTicks, int timestamp) {
    int nowTransit = (int) arrivalTicks - timestamp;
    if (hasTransit) {
      int difference = Math.abs(nowTransit - transit);
      scaledJitter += difference - ((scaledJitter + 8) >> 4);
    }
    hasTransit = true;
    transit = nowTransit;
  }

  /// Sequence number with the count of its wraps above 16 bits.
  public long extendedHighest() {
    return cycles + maxSequence;
  }

  public long received() {
    return received;
  }

  /// Expected minus received (RFC 3550 A.3); negative when packets came twice.
  public long lost() {
    return expected() - received;
  }

  /// Interarrival jitter in ticks of the RTP clock.
  public long jitterTicks() {
    return scaledJitter >> 4;
  }

  /// The block that reports this source, and the start of the next reporting interval.
  ///
  /// @param lastSenderReport middle 32 bits of the NTP time of the last SR from it, 0 for none
  /// @param delaySinceLast since that SR came, in 1/65,536 seconds
  public ReportBlock report(int ssrc, int lastSenderReport, long delaySinceLast) {
    long expected = expected();
    long expectedNow = expected - expectedBefore;
    long lostNow = expectedNow - (received - receivedBefore);
    expectedBefore = expected;
    receivedBefore = received;
    int fraction =
        expectedNow <= 0 || lostNow <= 0 ? 0 : (int) Math.min(255, (lostNow << 8) / expectedNow);
    int cumulative = Math.clamp(lost(), ReportBlock.MIN_LOST, ReportBlock.MAX_LOST);
    return new ReportBlock(
        ssrc,
        fraction,
        cumulative,
        (int) extendedHighest(),
        (int) jitterTicks(),
        lastSenderReport,
        delaySinceLast);
  }

  private long expected() {
    return received == 0 ? 0 : extendedHighest() - baseSequence + 1;
  }
}
