package io.tipring.edge.control;

import io.tipring.core.lane.Lane;
import io.tipring.edge.net.ThreadLane;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The real lane, which notices what is told within which turn, and can be held up.
final class ObservedLane implements Lane, AutoCloseable {
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final ThreadLane lane =
      new ThreadLane("test-lane", (_, failure) -> failures.add(failure));
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger mostWaiting = new AtomicInteger();

  // The lane's.
  private @Nullable String turnOf;

  @Override
  public long nowNanos() {
    return lane.nowNanos();
  }

  @Override
  public void post(String resource, Runnable turn) {
    mostWaiting.accumulateAndGet(waiting.incrementAndGet(), Math::max);
    lane.post(
        resource,
        () -> {
          waiting.decrementAndGet();
          turnOf = resource;
          try {
            turn.run();
          } finally {
            turnOf = null;
          }
        });
  }

  @Override
  public Alarm wakeAt(long atNanos, String resource, Runnable turn) {
    return lane.wakeAt(atNanos, resource, turn);
  }

  /// What is told now is told in a turn that was posted for it, and is the first of this turn.
  void requireTurnOfItsOwn(String resource) {
    if (!resource.equals(turnOf)) {
      throw new IllegalStateException("told in the turn of " + turnOf);
    }
    turnOf = "somebody who was told already";
  }

  /// Runs `question` on the lane and waits for its answer.
  <T> T ask(Supplier<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    lane.post(
        "test",
        () -> {
          try {
            answer.complete(question.get());
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    return answer.orTimeout(RawApplication.PATIENCE_MILLIS, TimeUnit.MILLISECONDS).join();
  }

  /// Keeps the lane from its turns until what is returned is completed.
  CompletableFuture<Void> hold() {
    CompletableFuture<Void> released = new CompletableFuture<>();
    lane.post(
        "test",
        () -> released.orTimeout(RawApplication.PATIENCE_MILLIS, TimeUnit.MILLISECONDS).join());
    return released;
  }

  int waiting() {
    return waiting.get();
  }

  /// The most turns that ever waited at one time.
  int mostWaiting() {
    return mostWaiting.get();
  }

  @Override
  public void close() {
    lane.close();
    if (!failures.isEmpty()) {
      throw new AssertionError("a turn failed", failures.peek());
    }
  }
}
