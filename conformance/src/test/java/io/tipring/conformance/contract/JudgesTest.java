package io.tipring.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tipring.conformance.peer.Child;
import io.tipring.conformance.peer.Needs;
import io.tipring.conformance.peer.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What applications' developers use judges what they are given: ajv the schemas, AsyncAPI's own
/// schema the document, the TypeScript compiler the types.
@Needs(Peer.NODE)
class JudgesTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("user.home"), ".cache/tipring/judges");
  private static final Path RESOURCES =
      Checkout.ROOT.resolve("conformance/src/test/resources/contract");
  private static final Pattern BLOCK = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  @Test
  void ajvTakesTheSchemaAndEveryExampleAndAsyncApiTheDocument() throws IOException {
    installed("ajv");
    StringBuilder messages = new StringBuilder();
    Matcher block = BLOCK.matcher(Checkout.text(Checkout.PROTOCOL));
    while (block.find()) {
      messages.append(block.group(1).replace("\n", "")).append('\n');
    }
    copy(RESOURCES.resolve("judge.mjs"));
    Path examples = Files.createTempFile("examples", ".jsonl");
    try {
      Files.writeString(examples, messages);
      passes(List.of("node", "judge.mjs", Checkout.SCHEMAS.toString(), examples.toString()));
    } finally {
      Files.delete(examples);
    }
  }

  @Test
  void theTypeScriptCompilerTakesTheTypesAndTellsGoodUseFromBad() throws IOException {
    installed("typescript");
    copy(RESOURCES.resolve("usage.ts"));
    copy(Checkout.SCHEMAS.resolve("control-v1.d.ts"));
    passes(
        List.of(
            "node_modules/.bin/tsc",
            "--noEmit",
            "--strict",
            "--module",
            "preserve",
            "usage.ts",
            "control-v1.d.ts"));
  }

  private static void installed(String judge) {
    assumeTrue(
        Files.isDirectory(FOLDER.resolve("node_modules").resolve(judge)),
        judge + " is not installed (sh conformance/peers.sh)");
  }

  private static void copy(Path file) throws IOException {
    Files.copy(file, FOLDER.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
  }

  private static void passes(List<String> command) {
    try (Child judge = Child.start(FOLDER, command)) {
      assertThat(judge.awaitExit(DEADLINE)).as(() -> judge.tail(40)).isZero();
    }
  }
}
