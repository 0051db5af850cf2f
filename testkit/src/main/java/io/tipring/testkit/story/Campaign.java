package io.tipring.testkit.story;

import java.util.Locale;
import java.util.stream.LongStream;

/// How many seeds each story gets: system property `tipring.campaign`, `quick` when unset.
/// `tipring.seed` picks one seed, `tipring.seeds` sets a count.
public enum Campaign {
  QUICK(10),
  CI(100),
  SOAK(2000);

  static final String SEED_PROPERTY = "tipring.seed";
  static final String SEEDS_PROPERTY = "tipring.seeds";
  static final String CAMPAIGN_PROPERTY = "tipring.campaign";

  private final int seeds;

  Campaign(int seeds) {
    this.seeds = seeds;
  }

  /// The one that was asked for.
  public static Campaign current() {
    return valueOf(System.getProperty(CAMPAIGN_PROPERTY, QUICK.name()).toUpperCase(Locale.ROOT));
  }

  /// The seeds for a story of `cost`.
  LongStream seeds(int cost) {
    Long only = Long.getLong(SEED_PROPERTY);
    if (only != null) {
      return LongStream.of(only);
    }
    int count = Integer.getInteger(SEEDS_PROPERTY, seeds);
    return LongStream.rangeClosed(1, Math.max(1, count / cost));
  }
}
