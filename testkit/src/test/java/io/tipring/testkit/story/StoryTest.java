package io.tipring.testkit.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.testkit.world.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class StoryTest {
  private static final List<Long> TOLD = new ArrayList<>();

  @Story
  void aStoryIsToldOncePerSeed(World world) {
    TOLD.add(world.seed());
  }

  @AfterAll
  static void allSeedsWereTold() {
    assertThat(TOLD).containsExactlyElementsOf(Campaign.current().seeds(1).boxed().toList());
  }

  @Test
  void anExpensiveStoryGetsFewerSeedsButAtLeastOne() {
    assertThat(Campaign.SOAK.seeds(1000)).isNotEmpty();
    assertThat(Campaign.QUICK.seeds(100).count()).isBetween(1L, 2L);
  }
}
