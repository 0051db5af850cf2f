package io.tipring.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LogQueueTest {
  /// Prints nothing until it is let.
  private static final class Terminal extends Handler {
    final CountDownLatch stopped = new CountDownLatch(1);
    final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    volatile boolean closed;

    @Override
    public void publish(LogRecord record) {
      try {
        stopped.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (record.getMessage().equals("bad")) {
        throw new IllegalArgumentException("cannot print this");
      }
      lines.add(record.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      closed = true;
    }
  }

  private final Terminal terminal = new Terminal();
  private final LogQueue log = new LogQueue(List.of(terminal));

  private void say(String message) {
    log.publish(new LogRecord(Level.INFO, message));
  }

  @Test
  void whoeverLogsDoesNotWaitForATerminalThatIsStopped() throws Exception {
    for (int i = 0; i < LogQueue.WAITING + 100; i++) {
      say("line " + i);
    }
    // One may have left the queue for the terminal.
    assertThat(log.unsaid()).isBetween(99L, 100L);
    terminal.stopped.countDown();
    for (int i = 0; i < LogQueue.WAITING; i++) {
      assertThat(terminal.lines.poll(30, TimeUnit.SECONDS)).isEqualTo("line " + i);
    }
    log.close();
  }

  @Test
  void whatWaitsAtTheEndIsStillPrinted() {
    terminal.stopped.countDown();
    say("first");
    say("last");
    log.close();
    assertThat(terminal.lines).containsExactly("first", "last");
    assertThat(terminal.closed).isTrue();
    say("after the end");
    assertThat(log.unsaid()).isOne();
  }

  @Test
  void aTerminalThatStaysStoppedHoldsNobodysEnd() {
    say("never printed");
    log.close();
    assertThat(terminal.lines).isEmpty();
    terminal.stopped.countDown();
  }

  @Test
  void aHandlerThatFailsIsCountedAndAskedAgain() {
    terminal.stopped.countDown();
    say("bad");
    say("good");
    log.close();
    assertThat(terminal.lines).containsExactly("good");
    assertThat(log.unsaid()).isOne();
  }
}
