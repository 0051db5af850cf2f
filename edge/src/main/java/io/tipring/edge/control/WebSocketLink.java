package io.tipring.edge.control;

import io.netty.channel.EventLoop;
import io.tipring.api.control.Envelope;
import io.tipring.api.control.ToApplication.CloseReason;
import io.tipring.core.control.LinkEvent;
import io.tipring.core.control.Links;
import io.tipring.edge.net.Counters;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The lane's end of a connection, or of the attempt at one. What the lane wants is handed to the
/// event loop in the order of its wishes, and one wake-up serves all of one turn.
final class WebSocketLink implements Links.Link {
  private sealed interface Wish {
    record Say(Envelope message) implements Wish {}

    record Leave(CloseReason why) implements Wish {}
  }

  private final EventLoop loop;
  private final Turns turns;
  private final Counters<LinkMeter> meters;
  private final ConcurrentLinkedQueue<Wish> wishes = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean called = new AtomicBoolean();

  // The event loop's.
  private @Nullable Attempt attempt;
  private @Nullable Conversation conversation;

  WebSocketLink(EventLoop loop, Turns turns, Counters<LinkMeter> meters) {
    this.loop = loop;
    this.turns = turns;
    this.meters = meters;
  }

  @Override
  public void send(Envelope message) {
    if (!turns.over()) {
      wish(new Wish.Say(message));
    }
  }

  @Override
  public void close(CloseReason why) {
    if (!turns.over()) {
      turns.end();
      wish(new Wish.Leave(why));
    }
  }

  private void wish(Wish wish) {
    wishes.add(wish);
    if (called.compareAndSet(false, true)) {
      try {
        loop.execute(this::carryOut);
      } catch (RejectedExecutionException _) {
        // The loops have ended, and all connections with them.
      }
    }
  }

  // On the event loop.

  void follow(Attempt begun) {
    attempt = begun;
  }

  void onResult(Attempt.Result result) {
    attempt = null;
    switch (result) {
      case Attempt.Result.Connected(Conversation opened) -> conversation = opened;
      case Attempt.Result.Failed(String why) -> {
        meters.count(LinkMeter.REFUSED);
        turns.say(new LinkEvent.Refused(why));
      }
    }
  }

  private void carryOut() {
    called.set(false);
    for (Wish wish = wishes.poll(); wish != null; wish = wishes.poll()) {
      switch (wish) {
        case Wish.Say(Envelope message) -> {
          if (conversation != null) {
            conversation.send(message);
          }
        }
        case Wish.Leave(CloseReason why) -> leave(why);
      }
    }
    if (conversation != null) {
      conversation.flush();
    }
  }

  private void leave(CloseReason why) {
    if (conversation != null) {
      conversation.close(why);
    } else if (attempt != null) {
      attempt.giveUp();
      attempt = null;
      meters.count(LinkMeter.REFUSED);
    }
  }
}
