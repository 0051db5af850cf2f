package io.tipring.media.worker;

import io.tipring.media.spec.MediaCommand;
import io.tipring.media.spec.MediaEvent;
import io.tipring.media.spec.MediaEvent.Ending;
import io.tipring.media.spec.MediaSpec;
import io.tipring.media.spec.MediaStats;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Ticks the pipelines of its legs. A pure object: everything happens inside [#tell], [#attach] and
/// [#tick], which one thread calls; events come out of the same calls.
///
/// Each leg lives in one of four buckets. Every 5 ms one bucket is due, in turn, so each leg does
/// 20 ms of sound every 20 ms and the work is spread evenly.
public final class Worker {
  /// A bucket is due so often.
  public static final long BUCKET_NANOS = 5_000_000;

  private static final int BUCKETS = 4;

  /// So many legs more than in the emptiest bucket take some tens of microseconds: that is not
  /// late.
  private static final int UNEVEN = 4;

  /// After a pause up to this long, the frames that were missed are made up for: jitter buffers
  /// live with it. After a longer one they are skipped, since a burst would only be thrown away by
  /// the peer, or delay it for good.
  private static final long LONGEST_CATCH_UP_NANOS = 200_000_000;

  private final Host host;
  private final Consumer<MediaEvent> events;
  private final WorkerSettings settings;
  private final Lateness lateness = new Lateness();
  private final Map<String, Leg> legs = new LinkedHashMap<>();
  private final List<List<Pipeline>> buckets = new ArrayList<>();

  /// Buckets are numbered on and on from here.
  private long originNanos;

  private long nextBucket;

  /// The first fault of the present tick.
  private @Nullable RuntimeException fault;

  /// @param events takes what is reported, on the thread that calls; must not call back
  public Worker(Host host, Consumer<MediaEvent> events, WorkerSettings settings) {
    this.host = host;
    this.events = events;
    this.settings = settings;
    for (int i = 0; i < BUCKETS; i++) {
      buckets.add(new ArrayList<>());
    }
  }

  /// How late ticks were in the last minute; may be read by any thread.
  public Lateness lateness() {
    return lateness;
  }

  /// How many legs there are.
  public int legs() {
    return legs.size();
  }

  /// Does what `command` says. What a leg that is not here was asked to do ends as [Ending#GONE] at
  /// once.
  public void tell(MediaCommand command, long nowNanos) {
    Leg leg = legs.get(command.leg());
    if (leg == null) {
      tellNobody(command, nowNanos);
      return;
    }
    Pipeline pipeline = leg.pipeline();
    switch (command) {
      case MediaCommand.Open(_, MediaSpec spec) -> pipeline.change(spec, nowNanos);
      case MediaCommand.Change(_, MediaSpec spec) -> pipeline.change(spec, nowNanos);
      case MediaCommand.Play play -> pipeline.play(play);
      case MediaCommand.Echo(_, String ref) -> pipeline.echo(ref);
      case MediaCommand.SendDigits digits -> pipeline.press(digits);
      case MediaCommand.Stop(_, String ref) -> pipeline.stop(ref);
      case MediaCommand.Move(_, int worker) -> {
        remove(leg);
        host.handOver(pipeline, worker);
      }
      case MediaCommand.Close _ -> {
        remove(leg);
        pipeline.close(nowNanos);
      }
    }
  }

  private void tellNobody(MediaCommand command, long nowNanos) {
    switch (command) {
      case MediaCommand.Open(String leg, MediaSpec spec) -> open(leg, spec, nowNanos);
      case MediaCommand.Play(String leg, String ref, _, _) -> gone(leg, ref);
      case MediaCommand.Echo(String leg, String ref) -> gone(leg, ref);
      case MediaCommand.SendDigits(String leg, String ref, _, _, _) -> gone(leg, ref);
      // Its command has ended already; and a reservation that was never opened is the plane's to
      // give back.
      case MediaCommand.Stop _,
          MediaCommand.Change _,
          MediaCommand.Move _,
          MediaCommand.Close _ -> {}
    }
  }

  private void gone(String leg, String ref) {
    events.accept(new MediaEvent.Finished(leg, ref, Ending.GONE));
  }

  private void open(String leg, MediaSpec spec, long nowNanos) {
    Optional<PacketIo> io = host.open(leg, spec);
    if (io.isEmpty()) {
      events.accept(new MediaEvent.Closed(leg, MediaStats.NONE));
      return;
    }
    add(new Pipeline(leg, spec, io.get(), settings, events, nowNanos), nowNanos);
  }

  /// Takes over a pipeline that another worker handed over.
  public void attach(Pipeline pipeline, long nowNanos) {
    pipeline.belongsTo(events);
    add(pipeline, nowNanos);
  }

  private void add(Pipeline pipeline, long nowNanos) {
    if (legs.isEmpty()) {
      originNanos = nowNanos;
      nextBucket = 0;
    }
    int bucket = firstThatHasRoom();
    buckets.get(bucket).add(pipeline);
    legs.put(pipeline.leg(), new Leg(pipeline, bucket));
  }

  private void remove(Leg leg) {
    legs.remove(leg.pipeline().leg());
    buckets.get(leg.bucket()).remove(leg.pipeline());
  }

  /// The bucket that is due first, so that the leg is heard within 5 ms, unless it has many more
  /// legs than another.
  private int firstThatHasRoom() {
    int least = Integer.MAX_VALUE;
    for (List<Pipeline> bucket : buckets) {
      least = Math.min(least, bucket.size());
    }
    int bucket = Math.floorMod(nextBucket, BUCKETS);
    while (buckets.get(bucket).size() > least + UNEVEN) {
      bucket = (bucket + 1) % BUCKETS;
    }
    return bucket;
  }

  /// Runs every bucket that is due. To be called every 5 ms; calling oftener does no harm, and
  /// being called late is made up for.
  ///
  /// @throws RuntimeException of the first leg that failed, its cause where it was an error; it has
  ///   been closed, and all others have had their turn
  public void tick(long nowNanos) {
    if (legs.isEmpty()) {
      return;
    }
    skipAfterPause(nowNanos);
    while (nowNanos - dueNanos(nextBucket) >= 0) {
      List<Pipeline> bucket = buckets.get(Math.floorMod(nextBucket, BUCKETS));
      if (!bucket.isEmpty()) {
        lateness.record(nowNanos, nowNanos - dueNanos(nextBucket));
      }
      nextBucket++;
      run(bucket, nowNanos);
    }
    if (fault != null) {
      RuntimeException first = fault;
      fault = null;
      throw first;
    }
  }

  private void run(List<Pipeline> bucket, long nowNanos) {
    for (int i = 0; i < bucket.size(); i++) {
      Pipeline pipeline = bucket.get(i);
      try {
        pipeline.tick(nowNanos);
      } catch (RuntimeException | Error e) {
        failed(e);
        end(pipeline, nowNanos);
        i--;
      }
    }
  }

  /// A fault in one leg ends that leg, and no other: they sound on, and each ends as any leg does.
  private void end(Pipeline pipeline, long nowNanos) {
    Leg leg = legs.get(pipeline.leg());
    if (leg != null) {
      remove(leg);
    }
    try {
      pipeline.close(nowNanos);
    } catch (RuntimeException | Error e) {
      failed(e);
    }
  }

  private void failed(Throwable e) {
    if (fault == null) {
      fault = e instanceof RuntimeException own ? own : new IllegalStateException("" + e, e);
    }
  }

  private void skipAfterPause(long nowNanos) {
    long late = nowNanos - dueNanos(nextBucket);
    if (late <= LONGEST_CATCH_UP_NANOS) {
      return;
    }
    int frames = Math.toIntExact(late / (BUCKETS * BUCKET_NANOS));
    lateness.record(nowNanos, late);
    nextBucket += (long) frames * BUCKETS;
    for (List<Pipeline> bucket : buckets) {
      for (Pipeline pipeline : bucket) {
        pipeline.skip(nowNanos, frames);
      }
    }
  }

  /// When the next bucket with legs is due; `Long.MAX_VALUE` while there are no legs.
  public long wakeAtNanos() {
    for (int i = 0; i < BUCKETS; i++) {
      if (!buckets.get(Math.floorMod(nextBucket + i, BUCKETS)).isEmpty()) {
        return dueNanos(nextBucket + i);
      }
    }
    return Long.MAX_VALUE;
  }

  private long dueNanos(long bucket) {
    return originNanos + bucket * BUCKET_NANOS;
  }

  private record Leg(Pipeline pipeline, int bucket) {}
}
