package io.tipring.testkit.net;

import java.time.Duration;

/// How bad a link is, one way. Probabilities are per datagram, 0.0 to 1.0.
///
/// @param latency what every datagram takes
/// @param jitter at most this much more, even; datagrams do not overtake each other by it
/// @param loss probability of being lost, evenly spread
/// @param bursts loss that comes in bursts, on top of `loss`
/// @param duplicate probability of arriving twice
/// @param reorder probability of being held back by `latency` once more, so that later ones
///   overtake it
public record Impairments(
    Duration latency,
    Duration jitter,
    double loss,
    Bursts bursts,
    double duplicate,
    double reorder) {
  /// A good line: 10 ms and nothing lost.
  public static final Impairments NONE =
      new Impairments(Duration.ofMillis(10), Duration.ZERO, 0, Bursts.NONE, 0, 0);

  /// Gilbert's model: the link is good or bad; while it is bad, datagrams are lost with probability
  /// `loss`.
  ///
  /// @param enter probability per datagram of turning bad
  /// @param leave probability per datagram of turning good again
  public record Bursts(double enter, double leave, double loss) {
    public static final Bursts NONE = new Bursts(0, 1, 0);

    /// Bursts of `length` datagrams on average, all lost, that make up `share` of all datagrams.
    public static Bursts of(double share, double length) {
      double leave = 1 / length;
      return new Bursts(share * leave / (1 - share), leave, 1);
    }
  }

  public Impairments withLatency(Duration duration) {
    return new Impairments(duration, jitter, loss, bursts, duplicate, reorder);
  }

  public Impairments withJitter(Duration duration) {
    return new Impairments(latency, duration, loss, bursts, duplicate, reorder);
  }

  public Impairments withLoss(double probability) {
    return new Impairments(latency, jitter, probability, bursts, duplicate, reorder);
  }

  public Impairments withBursts(Bursts model) {
    return new Impairments(latency, jitter, loss, model, duplicate, reorder);
  }

  public Impairments withDuplicate(double probability) {
    return new Impairments(latency, jitter, loss, bursts, probability, reorder);
  }

  public Impairments withReorder(double probability) {
    return new Impairments(latency, jitter, loss, bursts, duplicate, probability);
  }
}
