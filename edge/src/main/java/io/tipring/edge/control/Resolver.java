package io.tipring.edge.control;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Finds the addresses of hosts on a few platform threads of its own: the system's resolver may
/// keep its caller for half a minute, and a virtual thread's carrier with it. One look-up at a time
/// per name, so that one name server that does not answer holds one thread. Any thread.
final class Resolver implements AutoCloseable {
  private static final int THREADS = 8;
  private static final int MOST_WAITING = 1_000;
  private static final int IDLE_SECONDS = 30;

  /// Port: waits for the system's resolver.
  @FunctionalInterface
  interface Lookup {
    List<InetAddress> addresses(String host) throws UnknownHostException;

    /// As the machine is set up: hosts file, name servers, cache of the JDK.
    static Lookup ofSystem() {
      return host -> List.of(InetAddress.getAllByName(host));
    }
  }

  private final Lookup lookup;
  private final ConcurrentHashMap<String, CompletableFuture<List<InetAddress>>> underway =
      new ConcurrentHashMap<>();
  private final ExecutorService threads;

  Resolver(Lookup lookup) {
    this.lookup = lookup;
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().daemon().name("resolve-", 0).factory());
    pool.allowCoreThreadTimeOut(true);
    threads = pool;
  }

  /// Completes on a thread of its own, or at once; with [UnknownHostException] when there is no
  /// such host. It may take long: the caller keeps the deadline.
  CompletableFuture<List<InetAddress>> resolve(String host) {
    try {
      return CompletableFuture.completedFuture(List.of(InetAddress.ofLiteral(host)));
    } catch (IllegalArgumentException _) {
      return underway.computeIfAbsent(host, this::begin);
    }
  }

  private CompletableFuture<List<InetAddress>> begin(String host) {
    CompletableFuture<List<InetAddress>> addresses = new CompletableFuture<>();
    try {
      threads.execute(() -> finish(host, addresses));
    } catch (RejectedExecutionException _) {
      var _ = addresses.whenCompleteAsync((_, _) -> underway.remove(host, addresses));
      addresses.completeExceptionally(
          new UnknownHostException("too many names are being looked up"));
    }
    return addresses;
  }

  private void finish(String host, CompletableFuture<List<InetAddress>> addresses) {
    try {
      List<InetAddress> found = lookup.addresses(host);
      underway.remove(host, addresses);
      addresses.complete(found);
    } catch (UnknownHostException | RuntimeException failure) {
      underway.remove(host, addresses);
      addresses.completeExceptionally(new CompletionException(failure));
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
