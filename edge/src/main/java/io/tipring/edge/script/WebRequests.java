package io.tipring.edge.script;

import io.tipring.api.script.Web;
import java.util.concurrent.CompletableFuture;

/// What carries out the [Web.Request]s of scripts. Any thread.
@FunctionalInterface
public interface WebRequests {
  /// Ends exceptionally with an [java.io.IOException]. Whoever asked cancels it when he no longer
  /// waits.
  CompletableFuture<Web.Answer> send(Web.Request request);
}
