package io.tipring.edge.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceLatchTest {
  private static final InetSocketAddress SDP = LetterBox.address("192.0.2.10", 4000);
  private static final InetSocketAddress SDP_HOST = LetterBox.address("192.0.2.10", 4444);
  private static final InetSocketAddress NAT = LetterBox.address("198.51.100.7", 61_000);
  private static final InetSocketAddress STRANGER = LetterBox.address("203.0.113.66", 9);
  private static final InetSocketAddress MOVED = LetterBox.address("2001:db8::5", 5000);
  private static final long FRAME = 20_000_000L;
  private static final long SILENCE = 3_000_000_000L;

  private final SourceLatch latch = new SourceLatch(SDP, SILENCE);
  private final Map<InetSocketAddress, Integer> sequences = new HashMap<>();
  private long now = 1;

  /// Sends `count` packets of a healthy stream, says how many were let in.
  private int send(InetSocketAddress source, int count) {
    int admitted = 0;
    for (int i = 0; i < count; i++) {
      int sequence = sequences.merge(source, 1, Integer::sum) + 65_530 & 0xffff;
      admitted += latch.admit(now, source, source.hashCode(), sequence) ? 1 : 0;
      now += FRAME;
    }
    return admitted;
  }

  @Test
  void packetsGoToTheSdpAddressUntilSomebodyIsLatched() {
    assertThat(latch.target()).isEqualTo(SDP);
    send(NAT, 3);
    assertThat(latch.target()).isEqualTo(SDP);
    send(NAT, 1);
    assertThat(latch.target()).isEqualTo(NAT);
  }

  @Test
  void theSdpAddressIsBelievedAtOnceItsHostAfterThreeAnybodyAfterFour() {
    assertThat(send(SDP, 5)).isEqualTo(5);
    assertThat(new SourceLatchTest().send(SDP_HOST, 5)).isEqualTo(3);
    assertThat(new SourceLatchTest().send(NAT, 5)).isEqualTo(2);
  }

  @Test
  void aStrangerCannotStealALatchedStream() {
    send(NAT, 10);
    for (int i = 0; i < 1000; i++) {
      assertThat(send(STRANGER, 1)).isZero();
      assertThat(send(NAT, 1)).isEqualTo(1);
    }
    assertThat(latch.foreign()).isEqualTo(1000);
    assertThat(latch.target()).isEqualTo(NAT);
  }

  @Test
  void scatteredPacketsAreNoStream() {
    for (int i = 0; i < 100; i++) {
      assertThat(latch.admit(now, STRANGER, 1, i * 7)).isFalse();
      assertThat(latch.admit(now, STRANGER, i, i)).isFalse();
    }
    assertThat(latch.isLatched()).isFalse();
    assertThat(send(NAT, 4)).isEqualTo(1);
  }

  @Test
  void whoeverCameFirstGivesWayToTheSdpAddress() {
    send(STRANGER, 10);
    assertThat(latch.target()).isEqualTo(STRANGER);
    assertThat(send(SDP, 5)).isEqualTo(4);
    assertThat(latch.target()).isEqualTo(SDP);
    assertThat(send(STRANGER, 100)).isZero();
  }

  @Test
  void anotherSourceIsLatchedOnlyAfterSilence() {
    send(NAT, 10);
    now += SILENCE - 10 * FRAME;
    assertThat(send(MOVED, 5)).isZero();
    now += SILENCE;
    assertThat(send(MOVED, 5)).isEqualTo(2);
    assertThat(latch.target()).isEqualTo(MOVED);
  }

  @Test
  void whoSlippedInDuringASilenceGivesWayToWhoWasThere() {
    send(NAT, 10);
    now += 2 * SILENCE;
    send(STRANGER, 50);
    assertThat(latch.target()).isEqualTo(STRANGER);
    assertThat(send(NAT, 5)).isEqualTo(4);
    assertThat(send(STRANGER, 50)).isZero();
    assertThat(latch.target()).isEqualTo(NAT);
  }

  @Test
  void aNewAddressInSdpMovesAtOnceAndTheOldPlaceIsHeardUntilThen() {
    send(SDP, 10);
    latch.expect(MOVED);
    assertThat(latch.target()).isEqualTo(MOVED);
    assertThat(send(SDP, 5)).isEqualTo(5);
    assertThat(send(MOVED, 5)).isEqualTo(5);
    assertThat(send(SDP, 5)).isZero();
    assertThat(latch.target()).isEqualTo(MOVED);
  }

  @Test
  void aPeerThatOnlySaidItMovedIsFollowedBack() {
    send(NAT, 10);
    latch.expect(LetterBox.address("10.0.0.5", 6000));
    assertThat(send(NAT, 24)).isEqualTo(24);
    assertThat(latch.target()).isEqualTo(LetterBox.address("10.0.0.5", 6000));
    assertThat(send(NAT, 1)).isEqualTo(1);
    assertThat(latch.target()).isEqualTo(NAT);
  }

  @Test
  void theSameAddressAgainChangesNothing() {
    send(NAT, 10);
    latch.expect(LetterBox.address("192.0.2.10", 4000));
    assertThat(latch.target()).isEqualTo(NAT);
    assertThat(send(STRANGER, 10)).isZero();
  }

  /// Ten strangers who know the peer's SSRC and guess its next sequence number, for 20,000 packets,
  /// while the peer sends with pauses shorter than the silence that opens the latch.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void strangersWhoKnowEverythingButTheAddressGetNothing(long seed) {
    Random random = new Random(seed);
    InetSocketAddress peer = random.nextBoolean() ? NAT : SDP;
    send(peer, 4);
    int sequence = 0;
    for (int i = 0; i < 20_000; i++) {
      InetSocketAddress stranger = LetterBox.address("203.0.113." + random.nextInt(10), 4000);
      int guessed = sequence + random.nextInt(3) & 0xffff;
      assertThat(latch.admit(now, stranger, peer.hashCode(), guessed))
          .as("seed %d, packet %d", seed, i)
          .isFalse();
      if (random.nextInt(5) == 0) {
        now += random.nextInt(100) == 0 ? SILENCE - 1 : FRAME;
        assertThat(latch.admit(now, peer, peer.hashCode(), sequence++ & 0xffff)).isTrue();
      }
      assertThat(latch.target()).isEqualTo(peer);
    }
    assertThat(latch.foreign()).isEqualTo(20_000);
  }
}
