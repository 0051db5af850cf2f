package io.tipring.testkit.application;

import io.tipring.api.script.Web;
import io.tipring.edge.script.WebRequests;
import io.tipring.testkit.world.World;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// The web in a World: a test answers, after a delay. Owner: the World's thread.
public final class VirtualWeb implements WebRequests {
  private static final Duration DELAY = Duration.ofMillis(50);

  private final World world;
  private Web web =
      request -> {
        throw new IOException("nobody answers for " + request.uri());
      };

  public VirtualWeb(World world) {
    this.world = world;
  }

  /// From now on answers what scripts ask.
  public void answers(Web answers) {
    web = answers;
  }

  @Override
  public CompletableFuture<Web.Answer> send(Web.Request request) {
    CompletableFuture<Web.Answer> answer = new CompletableFuture<>();
    world.at(world.nowNanos() + DELAY.toNanos(), "web", () -> answer(request, answer));
    return answer;
  }

  private void answer(Web.Request request, CompletableFuture<Web.Answer> answer) {
    if (answer.isDone()) {
      return; // Nobody waits any longer.
    }
    try {
      answer.complete(web.send(request));
    } catch (IOException e) {
      answer.completeExceptionally(e);
    }
  }
}
