package io.tipring.testkit.story;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A test whose one parameter is a [io.tipring.testkit.world.World]; it is told once for each seed
/// of the [Campaign], in a fresh World. Odd seeds spread turns. The first seed that fails ends it
/// and says how to run that seed again.
///
/// Stories of one class share its instance, so they keep nothing in fields.
@Test
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(StoryTeller.class)
public @interface Story {
  /// Seeds in the quick campaign are divided by this: for stories with much sound.
  int cost() default 1;
}
