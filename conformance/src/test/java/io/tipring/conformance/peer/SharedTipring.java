package io.tipring.conformance.peer;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// One exchange for all tests of a class: runs from before the first to after the last. A static
/// field with `@RegisterExtension`.
public final class SharedTipring implements BeforeAllCallback, AfterAllCallback {
  private final String heap;
  private final String[] settings;
  private @Nullable Tipring running;

  private SharedTipring(String heap, String... settings) {
    this.heap = heap;
    this.settings = settings.clone();
  }

  /// @param heap such as `256m`
  /// @param settings `key=value`, on top of the defaults
  public static SharedTipring of(String heap, String... settings) {
    return new SharedTipring(heap, settings);
  }

  public int sipPort() {
    return running().sipPort();
  }

  /// Every meter by its full name, labels included.
  public Map<String, Double> meters() {
    return running().meters();
  }

  public Child process() {
    return running().process();
  }

  private Tipring running() {
    return Objects.requireNonNull(running, "it runs while tests do");
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    running = Tipring.start(heap, settings);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (running != null) {
      running.close();
    }
  }
}
