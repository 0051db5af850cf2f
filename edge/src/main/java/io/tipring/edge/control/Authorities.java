package io.tipring.edge.control;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;

/// What TLS needs: one context for all applications with the same authorities, made when the first
/// of them is called, so that their connections share TLS sessions. Any thread.
final class Authorities {
  private final Executor threads;
  private final ConcurrentHashMap<List<X509Certificate>, CompletableFuture<SslContext>> contexts =
      new ConcurrentHashMap<>();

  /// @param threads where the JDK's list of authorities is read, which takes a while
  Authorities(Executor threads) {
    this.threads = threads;
  }

  /// TLS 1.2 and 1.3 of the JDK. The certificate must be signed by one of `trusted`, or, with none,
  /// by one of those the JDK trusts, and be the host's (RFC 9110 4.3.4).
  CompletableFuture<SslContext> trusting(List<X509Certificate> trusted) {
    return contexts.computeIfAbsent(
        trusted, _ -> CompletableFuture.supplyAsync(() -> make(trusted), threads));
  }

  private static SslContext make(List<X509Certificate> trusted) {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            .protocols("TLSv1.3", "TLSv1.2")
            .endpointIdentificationAlgorithm("HTTPS");
    try {
      return trusted.isEmpty()
          ? builder.build()
          : builder.trustManager(trusted.toArray(X509Certificate[]::new)).build();
    } catch (SSLException e) {
      throw new IllegalStateException("no TLS with these authorities: " + e.getMessage(), e);
    }
  }
}
