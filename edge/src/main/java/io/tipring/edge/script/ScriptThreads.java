package io.tipring.edge.script;

/// Where scripts get their threads: virtual ones in production; in a World threads of which one at
/// a time runs, and only while the World waits.
public interface ScriptThreads {
  /// A thread that has not begun. On the lane.
  ///
  /// @param name the call's id
  ScriptThread make(String name, Runnable body);

  /// Monotonic, in nanoseconds. Any thread.
  long nanoTime();

  /// The thread of one script.
  interface ScriptThread {
    /// On the lane.
    void start();

    /// Waits until woken, or so long; returns earlier when it likes. On the thread itself.
    ///
    /// @param nanos `Long.MAX_VALUE` for ever
    void park(long nanos);

    /// Ends the wait, or the next one if it does not wait. Any thread.
    void wake();

    /// Ends what it waits for elsewhere. On the lane.
    void interrupt();

    /// Where it is now. On the lane.
    StackTraceElement[] stack();
  }
}
