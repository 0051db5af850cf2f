package io.tipring.edge.control;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/// Finds the addresses of hosts. One look-up at a time per name, so that a name whose server does
/// not answer holds one thread, however many calls want it. Any thread.
final class Resolver {
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
  private final Executor threads;
  private final ConcurrentHashMap<String, CompletableFuture<List<InetAddress>>> underway =
      new ConcurrentHashMap<>();

  /// @param threads of the platform: the system's resolver may keep its caller for half a minute,
  ///   and a virtual thread's carrier with it
  Resolver(Lookup lookup, Executor threads) {
    this.lookup = lookup;
    this.threads = threads;
  }

  /// Completes on one of the threads, or at once; with [UnknownHostException] when there is no such
  /// host. It may take long: the caller keeps the deadline.
  CompletableFuture<List<InetAddress>> resolve(String host) {
    try {
      return CompletableFuture.completedFuture(List.of(InetAddress.ofLiteral(host)));
    } catch (IllegalArgumentException _) {
      CompletableFuture<List<InetAddress>> mine = new CompletableFuture<>();
      CompletableFuture<List<InetAddress>> other = underway.putIfAbsent(host, mine);
      if (other != null) {
        return other;
      }
      begin(host, mine);
      return mine;
    }
  }

  private void begin(String host, CompletableFuture<List<InetAddress>> addresses) {
    try {
      threads.execute(() -> lookUp(host, addresses));
    } catch (RejectedExecutionException _) {
      underway.remove(host, addresses);
      addresses.completeExceptionally(
          new UnknownHostException("too many names are being looked up"));
    }
  }

  private void lookUp(String host, CompletableFuture<List<InetAddress>> addresses) {
    try {
      List<InetAddress> found = lookup.addresses(host);
      underway.remove(host, addresses);
      addresses.complete(found);
    } catch (UnknownHostException | RuntimeException failure) {
      underway.remove(host, addresses);
      addresses.completeExceptionally(new CompletionException(failure));
    }
  }
}
