package io.tipring.testkit.story;

import io.tipring.testkit.world.World;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;

/// Tells one story with one seed in a process of its own and prints its trace.
final class StoryMain {
  private StoryMain() {}

  /// @param args class, method, seed
  public static void main(String[] args) throws ReflectiveOperationException {
    World world = StoryTeller.world(Long.parseLong(args[2]));
    Class<?> stories = Class.forName(args[0]);
    Constructor<?> constructor = stories.getDeclaredConstructor();
    constructor.setAccessible(true);
    Method story = stories.getDeclaredMethod(args[1], World.class);
    story.setAccessible(true);
    story.invoke(constructor.newInstance(), world);
    System.out.print(world.trace().text());
  }
}
