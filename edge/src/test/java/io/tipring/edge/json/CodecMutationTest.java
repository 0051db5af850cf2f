package io.tipring.edge.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// Spoiled messages: what coverage-guided search finds slowly, seeds find at once.
class CodecMutationTest {
  private static final List<String> MESSAGES =
      List.of(
          "{\"id\":\"a1\",\"type\":\"say\",\"data\":{\"text\":\"H\u00e9llo \ud83d\ude00\",\"replace\":true}}",
          "{\"id\":\"a2\",\"type\":\"play\",\"data\":{\"urls\":[\"tone:440\"],\"loop\":0,\"from\":1e3}}",
          "{\"data\":{\"digits\":{\"min\":1,\"max\":4},\"prompt\":[{\"type\":\"silence\",\"duration\":5}]},"
              + "\"type\":\"gather\",\"id\":\"a3\"}",
          "{\"id\":\"r\",\"type\":\"resume\",\"data\":{\"after\":\"1763726400:17\"}}");
  private static final byte[] BYTES =
      "{}[]\",:\\u0019eE+-. \u0000\ud800ntf".getBytes(StandardCharsets.UTF_8);

  @RepeatedTest(20)
  void aSpoiledMessageIsUnderstoodOrAnswered(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    for (int i = 0; i < 500; i++) {
      byte[] message =
          MESSAGES.get(random.nextInt(MESSAGES.size())).getBytes(StandardCharsets.UTF_8);
      for (int spoils = 1 + random.nextInt(6); spoils > 0; spoils--) {
        message = spoil(message, random);
      }
      try {
        CodecFuzzTest.check(message);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(
            "seed %d, message %s"
                .formatted(
                    repetition.getCurrentRepetition(),
                    new String(message, StandardCharsets.ISO_8859_1)),
            e);
      }
    }
  }

  private static byte[] spoil(byte[] message, Random random) {
    if (message.length == 0) {
      return BYTES.clone();
    }
    int at = random.nextInt(message.length);
    byte[] spoiled = message.clone();
    switch (random.nextInt(4)) {
      case 0 -> spoiled[at] = BYTES[random.nextInt(BYTES.length)];
      case 1 -> spoiled[at] = (byte) random.nextInt(256);
      case 2 -> spoiled = Arrays.copyOf(message, at);
      default -> {
        int from = random.nextInt(message.length);
        byte[] piece = Arrays.copyOfRange(message, Math.min(at, from), Math.max(at, from));
        spoiled = Arrays.copyOf(message, message.length + piece.length);
        System.arraycopy(piece, 0, spoiled, at, piece.length);
        System.arraycopy(message, at, spoiled, at + piece.length, message.length - at);
      }
    }
    return spoiled;
  }
}
