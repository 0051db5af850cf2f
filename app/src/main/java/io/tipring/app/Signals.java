package io.tipring.app;

import java.lang.reflect.Proxy;

/// Hears the operating system's signals. A shutdown hook would not do: the JVM ignores a second
/// signal while hooks run.
///
/// `sun.misc.Signal` is the only door and its module, jdk.unsupported, is open for good reason (JEP
/// 260); javac warns of it and cannot be told not to, hence by reflection.
final class Signals {
  private Signals() {}

  /// Runs `action` on a thread of its own each time the signal comes. Does nothing where the signal
  /// is ignored by whoever started us, as a shell does for background jobs.
  ///
  /// @param name without SIG: `INT`, `TERM`
  static void handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (_, method, _) -> answer(method.getName(), action));
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot hear signal " + name, e);
    }
  }

  private static Object answer(String method, Runnable action) {
    if (method.equals("handle")) {
      action.run();
    }
    // The rest of Object's methods are asked only of handlers that are kept in collections, which
    // these never are.
    return method.equals("hashCode") ? 0 : Void.TYPE;
  }
}
