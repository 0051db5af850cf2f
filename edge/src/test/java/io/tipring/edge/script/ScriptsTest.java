package io.tipring.edge.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tipring.api.EndReason;
import io.tipring.api.Event;
import io.tipring.api.Event.CancelReason;
import io.tipring.api.Event.DigitMethod;
import io.tipring.api.Event.Refusal;
import io.tipring.api.LegId;
import io.tipring.api.Operation;
import io.tipring.api.Outcome;
import io.tipring.api.script.Call;
import io.tipring.api.script.CallEnded;
import io.tipring.api.script.CallScript;
import io.tipring.api.script.OperationCancelled;
import io.tipring.api.script.OperationFailed;
import io.tipring.api.script.Pending;
import io.tipring.api.script.Web;
import io.tipring.edge.net.ThreadLane;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Scripts on real threads.
class ScriptsTest {
  private static final Duration FOR_EVER = Duration.ofDays(1_000_000);
  private static final Event KEY =
      new Event.DigitPressed(
          new LegId("leg_1"), "7", DigitMethod.RTP_EVENT, Duration.ofMillis(100), false);

  private final ThreadLane lane = new ThreadLane("test-lane", (_, failure) -> fault(failure));
  private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> reports = new LinkedBlockingQueue<>();
  private WebRequests web = _ -> new CompletableFuture<>();
  private final TestLine line = new TestLine("call_1", lane);

  private void fault(Throwable failure) {
    reports.add("a turn failed: " + failure);
  }

  private Scripts scripts(int most, Duration interrupt, Duration giveUp) {
    return new Scripts(
        new Scripts.Ground(
            lane,
            new VirtualThreads(),
            Clock.systemUTC(),
            bytes -> bytes[0] = 42,
            request -> web.send(request)),
        new Scripts.Settings(most, interrupt, giveUp),
        (call, what, where) -> reports.add(call + ": " + what + ": " + where));
  }

  private Scripts run(CallScript script) {
    Scripts scripts = scripts(10, Duration.ofMillis(20), Duration.ofHours(1));
    line.attend(new ScriptApplication(() -> script, scripts));
    return scripts;
  }

  private static <T> T soon(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(TestLine.patience().toSeconds(), TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing came");
    }
    return next;
  }

  @AfterEach
  void close() {
    lane.close();
    assertThat(reports).isEmpty();
  }

  @Test
  void whatIsAskedIsWaitedForAndAScriptThatReturnsHangsUp() throws Exception {
    Scripts scripts =
        run(call -> {
          assertThat(Thread.currentThread().isVirtual()).isTrue();
          assertThat(Thread.currentThread().getName()).isEqualTo("call_1");
          call.answer();
          call.say("hello");
        });
    assertThat(line.done()).isEqualTo(new Operation.Answer());
    assertThat(line.done()).isEqualTo(new Operation.Say("hello"));
    assertThat(line.terminated()).isEqualTo(EndReason.APP_HUNG_UP);
    CountDownLatch empty = new CountDownLatch(1);
    lane.post("test", () -> scripts.drain(empty::countDown));
    assertThat(empty.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(scripts.size()).isZero();
  }

  @Test
  void aHangUpEndsWhatWaitsAndFinallyMayNotAskAnyMore() throws Exception {
    run(call -> {
      try {
        call.say("hello");
      } catch (CallEnded ended) {
        log.add("ended " + ended.reason().orElseThrow());
        throw ended;
      } finally {
        assertThatThrownBy(call::answer).isInstanceOf(CallEnded.class);
        assertThatThrownBy(() -> call.sleep(FOR_EVER)).isInstanceOf(CallEnded.class);
        assertThatThrownBy(() -> call.next(FOR_EVER)).isInstanceOf(CallEnded.class);
        log.add("interrupted " + Thread.currentThread().isInterrupted());
      }
    });
    TestLine.Asked say = line.asked();
    line.tell(new Event.OperationFailed(say.id(), Refusal.LEG_ENDED, "the leg ended"));
    line.hangUp();
    assertThat(soon(log)).isEqualTo("ended CALLER_HUNG_UP");
    assertThat(soon(log)).isEqualTo("interrupted false");
  }

  @Test
  void aHandOverEndsTheScriptWithoutAReason() throws Exception {
    run(call -> {
      try {
        call.redirect("echo");
      } catch (CallEnded ended) {
        log.add("ended " + ended.reason());
      }
    });
    line.done();
    line.handOver();
    assertThat(soon(log)).isEqualTo("ended Optional.empty");
  }

  @Test
  void failedAndCancelledOperationsThrowAndTheCallGoesOn() throws Exception {
    run(call -> {
      assertThatThrownBy(() -> call.say("a"))
          .isInstanceOfSatisfying(
              OperationFailed.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.SPEECH_FAILED));
      assertThatThrownBy(() -> call.say("b"))
          .isInstanceOfSatisfying(
              OperationCancelled.class,
              e -> assertThat(e.reason()).isEqualTo(CancelReason.BARGED_IN));
      call.hangUp();
      log.add("hung up");
    });
    line.tell(new Event.OperationFailed(line.asked().id(), Refusal.SPEECH_FAILED, "no voice"));
    line.tell(
        new Event.OperationCancelled(line.asked().id(), CancelReason.BARGED_IN, Optional.empty()));
    line.done();
    assertThat(soon(log)).isEqualTo("hung up");
  }

  @Test
  void whatWasBegunIsCancelledOnceAndItsEndIsNoNews() throws Exception {
    run(call -> {
      Pending music = call.begin(Operation.Play.forever("tone:400"));
      music.cancel();
      music.cancel();
      assertThatThrownBy(music::await).isInstanceOf(OperationCancelled.class);
      log.add("done");
    });
    TestLine.Asked music = line.asked();
    TestLine.Asked cancel = line.asked();
    assertThat(cancel.operation()).isEqualTo(new Operation.Cancel(music.id()));
    line.tell(
        new Event.OperationCancelled(music.id(), CancelReason.ASKED, Optional.empty()),
        new Event.OperationSucceeded(cancel.id(), new Outcome.Done()));
    assertThat(soon(log)).isEqualTo("done");
  }

  @Test
  void nextGivesWhatHappensButNotWhatIsWaitedFor() throws Exception {
    run(call -> {
      call.answer();
      log.add(call.next(FOR_EVER).orElseThrow().getClass().getSimpleName());
      log.add(call.next(Duration.ofMillis(1)).toString());
    });
    line.tell(KEY);
    line.done();
    assertThat(soon(log)).isEqualTo("DigitPressed");
    assertThat(soon(log)).isEqualTo("Optional.empty");
  }

  @Test
  void ofTooManyEventsTheOldestAreForgotten() throws Exception {
    Scripts scripts =
        run(call -> {
          call.answer();
          int heard = 0;
          while (call.next(Duration.ZERO).isPresent()) {
            heard++;
          }
          log.add("heard " + heard);
        });
    for (int i = 0; i < 5_000; i++) {
      line.tell(KEY);
    }
    line.done();
    assertThat(soon(log)).isEqualTo("heard 64");
    assertThat(scripts.unheard()).isBetween(5_000 - 64L, 5_001 - 64L);
  }

  @Test
  void aScriptThatThrowsEndsItsCallAndIsReported() throws Exception {
    run(_ -> {
      throw new IOException("no database");
    });
    assertThat(line.terminated()).isEqualTo(EndReason.INTERNAL_ERROR);
    assertThat(soon(reports))
        .isEqualTo("call_1: its script threw: java.io.IOException: no database");
  }

  @Test
  void aScriptThatWaitsElsewhereIsInterruptedWhenItsCallEnds() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    run(_ -> {
      try {
        log.add("waits");
        never.await();
      } catch (InterruptedException interrupted) {
        log.add("interrupted");
        throw interrupted;
      }
    });
    assertThat(soon(log)).isEqualTo("waits");
    line.hangUp();
    assertThat(soon(log)).isEqualTo("interrupted");
  }

  @Test
  void aScriptThatDoesNotEndIsReportedByNameAndNoLongerWaitedFor() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    Scripts scripts = scripts(10, Duration.ofMillis(5), Duration.ofMillis(20));
    line.attend(
        new ScriptApplication(
            () ->
                _ -> {
                  log.add("waits");
                  awaitDeaf(goOn);
                },
            scripts));
    assertThat(soon(log)).isEqualTo("waits");
    line.hangUp();
    assertThat(soon(reports)).startsWith("call_1: its script has not ended");
    CountDownLatch empty = new CountDownLatch(1);
    lane.post("test", () -> scripts.drain(empty::countDown));
    assertThat(empty.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(scripts.size()).isEqualTo(1);
    goOn.countDown();
    assertThat(line.terminated()).isEqualTo(EndReason.APP_HUNG_UP);
  }

  private static void awaitDeaf(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException _) {
        // It is that kind of script.
      }
    }
  }

  @Test
  void aCallForWhichThereIsNoRoomIsTurnedAway() throws Exception {
    Scripts scripts = scripts(1, Duration.ofHours(1), Duration.ofHours(2));
    ScriptApplication application = new ScriptApplication(() -> Call::answer, scripts);
    line.attend(application);
    line.asked();
    TestLine second = new TestLine("call_2", lane);
    second.attend(application);
    assertThat(second.terminated()).isEqualTo(EndReason.OVERLOADED);
    line.hangUp();
    line.terminated();
  }

  @Test
  void theWebIsWaitedForUntilTheCallEnds() throws Exception {
    List<CompletableFuture<Web.Answer>> asked = Collections.synchronizedList(new ArrayList<>());
    web =
        _ -> {
          CompletableFuture<Web.Answer> answer = new CompletableFuture<>();
          asked.add(answer);
          log.add("asked");
          return answer;
        };
    run(call -> {
      log.add(call.http().get("http://example.com/"));
      assertThatThrownBy(() -> call.http().get("http://example.com/")).hasMessageContaining("gone");
      var request =
          new Web.Request(
              "GET", URI.create("http://example.com/"), Collections.emptyMap(), "", FOR_EVER);
      call.http().send(request);
    });
    assertThat(soon(log)).isEqualTo("asked");
    asked.get(0).complete(new Web.Answer(200, Collections.emptyMap(), "hello"));
    assertThat(soon(log)).isEqualTo("hello");
    assertThat(soon(log)).isEqualTo("asked");
    asked.get(1).completeExceptionally(new IOException("gone"));
    assertThat(soon(log)).isEqualTo("asked");
    line.hangUp();
    line.terminated();
    assertThat(asked.get(2)).isCancelled();
  }
}
