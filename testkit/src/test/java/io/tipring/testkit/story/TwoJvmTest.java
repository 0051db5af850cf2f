package io.tipring.testkit.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The same story with the same seed gives the same bytes in two processes (ADR 0002): whatever
/// depends on identity hashes, on the salt of immutable sets, on the clock or on a thread shows
/// here.
@Tag("long")
class TwoJvmTest {
  private static final String STORIES = "io.tipring.testkit.stories.";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "CallStoriesTest, callerHearsHimself, 2",
    "CallStoriesTest, keysAreAnsweredByTheirTones, 3",
    "GatherStoriesTest, callersTypeAndHangUpAsTheyLike, 3",
    "ScriptStoriesTest, manyScriptsAtOnce, 3",
    "TroubleStoriesTest, everyFirstCopyIsLost, 5",
    "SessionStoriesTest, applicationDiesDuringACall_comesBackAndMissesNothing, 3",
    "EveryOperationInTroubleTest, everythingHappens, 3",
    "EveryOperationInTroubleTest, itsApplicationIsLostAndComesBack, 4",
    "AddressStoriesTest, callerAndExchangeAreBothBehindRouters, 4",
    "AddressStoriesTest, callerOverIpv6HearsItselfHoldsAndHangsUp, 6",
    "BadHourTest, severalCallsAtOnceOverABadLine, 7"
  })
  void theSameSeedGivesTheSameBytes(String stories, String story, String seed) throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      processes.add(start(STORIES + stories, story, seed, i));
    }
    for (Process process : processes) {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends in time").isTrue();
      assertThat(process.exitValue()).as(text(processes.indexOf(process))).isZero();
    }
    assertThat(text(0)).contains("digest ").isEqualTo(text(1));
  }

  private Process start(String stories, String story, String seed, int number) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xshare:" + (number == 0 ? "auto" : "off"),
            "-cp",
            System.getProperty("java.class.path"),
            StoryMain.class.getName(),
            stories,
            story,
            seed);
    return builder
        .redirectErrorStream(true)
        .redirectOutput(Redirect.to(file(number).toFile()))
        .start();
  }

  private String text(int number) throws IOException {
    return Files.readString(file(number), StandardCharsets.UTF_8);
  }

  private Path file(int number) {
    return folder.resolve("trace" + number);
  }
}
