package io.tipring.edge.http;

/// Answers one request. Called on an event loop: it must not block, so it only reads what is
/// already there.
@FunctionalInterface
public interface Handler {
  Reply answer();
}
