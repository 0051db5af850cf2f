package io.tipring.wire.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tipring.wire.sdp.Judgement.Accepted;
import io.tipring.wire.sdp.Judgement.Refused;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever the bytes: a description or a refusal, and an answer to whatever was accepted.
class SdpMutationTest {
  private static final long SEED = 4566;
  private static final int MUTATIONS = 10_000;
  private static final Capabilities OURS =
      Capabilities.of(List.of(new RtpMap(0, "PCMU", 8000), new RtpMap(8, "PCMA", 8000)));
  private static final LocalMedia LOCAL =
      new LocalMedia(1, new IpAddress(IpAddress.Family.IPV4, "192.0.2.1"), 20_000, 20_001);

  @FuzzTest(maxDuration = "30s")
  void anyBytesAreReadOrRefused(byte[] bytes) {
    judge(bytes);
  }

  @Test
  void mutatedDescriptionsAreReadOrRefused() {
    Random random = new Random(SEED);
    List<byte[]> originals = SdpFixtures.NAMES.stream().map(SdpFixtures::read).toList();
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] mutated = mutate(originals.get(random.nextInt(originals.size())), random);
      try {
        judge(mutated);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + SEED + ", mutation " + i, e);
      }
    }
  }

  private static void judge(byte[] bytes) {
    switch (OfferAnswer.judge(bytes, OURS)) {
      case Accepted accepted -> {
        SessionDescription answer = OfferAnswer.answer(accepted, OURS, LOCAL, Optional.empty());
        SdpParser parser = new SdpParser();
        assertThat(parser.parse(answer.bytes())).isEqualTo(answer);
        assertThat(answer.media()).hasSameSizeAs(accepted.theirs().media());
        assertThat(parser.parse(accepted.theirs().bytes())).isEqualTo(accepted.theirs());
        assertThat(accepted.audio().packetMillis()).isBetween(10, 60);
        assertThat(OfferAnswer.offer(OURS, LOCAL, Optional.of(answer)).media())
            .hasSameSizeAs(answer.media());
      }
      case Refused(int code, String why) -> {
        assertThat(code).isBetween(300, 399);
        assertThat(why).isPrintable().isASCII().doesNotContain("\"").hasSizeLessThan(120);
      }
    }
  }

  private static byte[] mutate(byte[] original, Random random) {
    byte[] bytes = original.clone();
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = Arrays.copyOf(bytes, at + 1);
        case 3 -> bytes = cut(bytes, at, Math.min(bytes.length, at + random.nextInt(1, 20)));
        default -> bytes = repeat(bytes, at, Math.min(bytes.length, at + random.nextInt(1, 40)));
      }
      if (bytes.length == 0) {
        return bytes;
      }
    }
    return bytes;
  }

  private static byte[] cut(byte[] bytes, int from, int to) {
    byte[] shorter = new byte[bytes.length - (to - from)];
    System.arraycopy(bytes, 0, shorter, 0, from);
    System.arraycopy(bytes, to, shorter, from, bytes.length - to);
    return shorter;
  }

  private static byte[] repeat(byte[] bytes, int from, int to) {
    byte[] longer = new byte[bytes.length + to - from];
    System.arraycopy(bytes, 0, longer, 0, to);
    System.arraycopy(bytes, from, longer, to, bytes.length - from);
    return longer;
  }
}
