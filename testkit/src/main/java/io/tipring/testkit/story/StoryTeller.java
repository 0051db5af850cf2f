package io.tipring.testkit.story;

import io.tipring.testkit.world.World;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.PrimitiveIterator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/// Tells a [Story] once per seed.
final class StoryTeller implements InvocationInterceptor, ParameterResolver {
  private static final int LINES_TOLD = 40;

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == World.class;
  }

  /// Only a place holder: each seed gets its own World.
  @Override
  public World resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return new World(0);
  }

  @Override
  public void interceptTestMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context) {
    invocation.skip();
    int cost = method.getExecutable().getAnnotation(Story.class).cost();
    PrimitiveIterator.OfLong seeds = Campaign.current().seeds(cost).iterator();
    while (seeds.hasNext()) {
      tell(context.getRequiredTestInstance(), method.getExecutable(), seeds.nextLong());
    }
  }

  /// The World of a seed: odd ones spread.
  static World world(long seed) {
    return new World(seed, seed % 2 != 0);
  }

  private static void tell(Object instance, Method story, long seed) {
    World world = world(seed);
    story.setAccessible(true);
    try {
      story.invoke(instance, world);
    } catch (InvocationTargetException e) {
      throw failure(story, world, e.getCause() == null ? e : e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("a story's method must be reachable: " + story, e);
    }
  }

  private static AssertionError failure(Method story, World world, Throwable cause) {
    String name = story.getDeclaringClass().getSimpleName() + '#' + story.getName();
    return new AssertionError(
        """
        %s fails with seed %d after %s: %s
        again: mvn test -Dtest='%s' -Dtipring.seed=%d
        the last of its trace:
        %s\
        """
            .formatted(
                name,
                world.seed(),
                world.elapsed(),
                cause.getMessage(),
                name,
                world.seed(),
                world.trace().tail(LINES_TOLD)),
        cause);
  }
}
