package io.tipring.conformance.application;

import io.tipring.core.call.Preparation;
import io.tipring.core.call.SoundRequest;
import io.tipring.edge.speech.FreeTts;
import io.tipring.edge.speech.SpeechPool;
import io.tipring.edge.speech.SpeechSynthesizer.Voice;
import io.tipring.media.spec.Pcm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// What a text sounds like when the exchange's own engine speaks it, and where that is in a
/// recording.
///
/// Speech is looked for in blocks of 200 ms, by normalised cross-correlation, which does not see
/// how loud anything is. A block that G.711 alone has touched correlates by more than 0.99 with the
/// reference. The best that another text of the same voice reaches anywhere is some 0.8, since
/// vowels resemble each other ([SpokenTest] holds both). So a block is there above 0.9. A recording
/// in which jitter was hidden has blocks that are there in parts only: a text was heard when four
/// of five of its blocks are there, in their order.
record Spoken(String text, int[] samples) {
  static final double THERE = 0.9;
  static final double HEARD = 0.8;

  private static final int BLOCK = 1_600; // samples, 200 ms

  /// How far sound may have moved against the block before.
  private static final int DRIFT = 1_600;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  static Spoken of(String text) {
    try (SpeechPool pool =
        new SpeechPool(new FreeTts(), new SpeechPool.Settings(1, 1, PATIENCE, new Voice("", "")))) {
      CompletableFuture<Preparation> answer = new CompletableFuture<>();
      pool.prepare(
          new SoundRequest.Speech(text, Optional.empty(), Optional.empty()), answer::complete);
      Preparation spoken = answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
      return switch (spoken) {
        case Preparation.Ready(Pcm pcm) -> {
          int[] samples = new int[pcm.length()];
          int _ = pcm.read(0, samples, 0, samples.length);
          yield new Spoken(text, samples);
        }
        case Preparation.Unavailable unavailable -> throw new AssertionError(unavailable);
      };
    }
  }

  int millis() {
    return samples.length / 8;
  }

  /// The part of it between two moments.
  Spoken part(int fromMillis, int toMillis) {
    return new Spoken(
        text, Arrays.copyOfRange(samples, fromMillis * 8, Math.min(samples.length, toMillis * 8)));
  }

  boolean isIn(int[] recording) {
    return shareIn(recording) >= HEARD;
  }

  /// The share of its blocks that are in the recording, in their order and at their distances.
  double shareIn(int[] recording) {
    List<Integer> starts = blocks();
    double best = 0;
    // Any of the first blocks may be spoiled; the first that is there says where the others are.
    for (int anchor = 0; anchor < Math.min(3, starts.size()); anchor++) {
      Place at = find(starts.get(anchor), recording, 0, recording.length);
      if (at.likeness() >= THERE) {
        int there = 0;
        int shift = at.start() - starts.get(anchor);
        for (int start : starts) {
          Place next = find(start, recording, start + shift - DRIFT, start + shift + DRIFT);
          if (next.likeness() >= THERE) {
            there++;
            shift = next.start() - start;
          }
        }
        best = Math.max(best, (double) there / starts.size());
      }
    }
    return best;
  }

  /// The best that any of its blocks reaches anywhere.
  double likenessIn(int[] recording) {
    return blocks().stream()
        .mapToDouble(start -> find(start, recording, 0, recording.length).likeness())
        .max()
        .orElse(0);
  }

  private record Place(int start, double likeness) {}

  /// Where blocks begin in which something is said.
  private List<Integer> blocks() {
    double mean = energy(samples, 0, samples.length) / samples.length;
    List<Integer> starts = new ArrayList<>();
    for (int start = 0; start + BLOCK <= samples.length; start += BLOCK) {
      if (energy(samples, start, start + BLOCK) / BLOCK > mean / 10) {
        starts.add(start);
      }
    }
    return starts;
  }

  private Place find(int block, int[] recording, int from, int to) {
    double own = Math.sqrt(energy(samples, block, block + BLOCK));
    int first = Math.max(0, from);
    int last = Math.min(recording.length - BLOCK, to);
    Place best = new Place(0, 0);
    double energy = last < first ? 0 : energy(recording, first, first + BLOCK);
    for (int at = first; at <= last; at++) {
      double likeness = energy <= 0 ? 0 : product(block, recording, at) / own / Math.sqrt(energy);
      if (likeness > best.likeness()) {
        best = new Place(at, likeness);
      }
      if (at < last) {
        energy += square(recording[at + BLOCK]) - square(recording[at]);
      }
    }
    return best;
  }

  private double product(int block, int[] recording, int at) {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += (long) samples[block + i] * recording[at + i];
    }
    return sum;
  }

  private static double energy(int[] sound, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += square(sound[i]);
    }
    return sum;
  }

  private static double square(int sample) {
    return (double) sample * sample;
  }
}
