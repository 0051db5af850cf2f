package io.tipring.edge.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tipring.media.spec.MediaPlane.Family;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortPoolTest {
  private static final long MILLI = 1_000_000L;

  private final PostOffice office = new PostOffice();
  private final Random random = new Random(5);
  private long now = 1;

  private PortPool pool(int first, int last, int stock) {
    PortPool pool =
        new PortPool(
            office,
            new PortSettings(first, last, stock, 5_000, List.of(Family.IPV4)),
            random::nextBytes);
    pool.tend(now);
    return pool;
  }

  private void pass(PortPool pool, long millis) {
    for (long passed = 0; passed < millis; passed += 100) {
      now += 100 * MILLI;
      pool.tend(now);
    }
  }

  @Test
  void aPairIsEvenAndOddAndItsPortsAreDrawnAtRandom() {
    PortPool pool = pool(20_000, 29_999, 50);
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      PortPair pair = pool.take(Family.IPV4).orElseThrow();
      assertThat(pair.rtp().port() % 2).isZero();
      assertThat(pair.rtcp().port()).isEqualTo(pair.rtp().port() + 1);
      ports.add(pair.rtp().port());
    }
    assertThat(ports).doesNotHaveDuplicates().isNotEqualTo(ports.stream().sorted().toList());
    assertThat(ports).allMatch(port -> port >= 20_000 && port <= 29_998);
  }

  @Test
  void takingMakesNoSystemCall() {
    PortPool pool = pool(20_000, 20_099, 4);
    int bound = office.bound.size();
    for (int i = 0; i < 4; i++) {
      assertThat(pool.take(Family.IPV4)).isPresent();
    }
    assertThat(pool.take(Family.IPV4)).isEmpty();
    assertThat(office.bound).hasSize(bound);
    assertThat(pool.isLow(Family.IPV4)).isTrue();
    pool.tend(now);
    assertThat(pool.take(Family.IPV4)).isPresent();
  }

  @Test
  void aFamilyThatIsNotServedHasNoPorts() {
    assertThat(pool(20_000, 20_099, 4).take(Family.IPV6)).isEmpty();
  }

  @Test
  void aPairRestsFiveSecondsBeforeItIsTakenAgain() {
    PortPool pool = pool(20_000, 20_001, 1);
    PortPair pair = pool.take(Family.IPV4).orElseThrow();
    pool.rest(pair, now);
    pass(pool, 4_900);
    assertThat(pool.take(Family.IPV4)).isEmpty();
    assertThat(pool.counts()).isEqualTo(new PortPool.Counts(0, 1, 0));
    pass(pool, 200);
    assertThat(pool.take(Family.IPV4)).contains(pair);
  }

  @Test
  void whatADeadCallSendsNeverEntersANewOne() {
    PortPool pool = pool(20_000, 20_001, 1);
    PortPair pair = pool.take(Family.IPV4).orElseThrow();
    LetterBox rtp = office.open(20_000).orElseThrow();
    pool.rest(pair, now);
    Optional<PortPair> again = Optional.empty();
    long rested = now;
    long lastSent = now;
    while (again.isEmpty()) {
      if (now - rested < 9_000 * MILLI) {
        rtp.put(LetterBox.address("192.0.2.1", 4000), new byte[172]);
        lastSent = now;
      }
      pass(pool, 100);
      again = pool.take(Family.IPV4);
    }
    assertThat(now - lastSent).isGreaterThanOrEqualTo(900 * MILLI);
    assertThat(rtp.receive(java.nio.ByteBuffer.allocate(2000))).isNull();
  }

  @Test
  void aPairThatIsSentToForEverIsClosed() {
    PortPool pool = pool(20_000, 20_001, 1);
    pool.rest(pool.take(Family.IPV4).orElseThrow(), now);
    LetterBox rtp = office.open(20_000).orElseThrow();
    for (int i = 0; i < 610; i++) {
      rtp.put(LetterBox.address("192.0.2.1", 4000), new byte[172]);
      pass(pool, 100);
    }
    assertThat(rtp.closed).isTrue();
    assertThat(pool.take(Family.IPV4)).as("bound afresh").isPresent();
  }

  @Test
  void portsOfOthersAreSteppedOver() {
    office.taken.addAll(Set.of(20_000, 20_003, 20_004));
    PortPool pool = pool(20_000, 20_007, 4);
    assertThat(pool.counts().ready()).isEqualTo(1);
    assertThat(office.open(20_006)).isPresent();
    assertThat(office.open()).as("the half of a pair is given back").isEqualTo(2);
    office.taken.clear();
    int tries = office.tries;
    pass(pool, 4_900);
    assertThat(office.tries).as("a full range is let alone for a while").isEqualTo(tries);
    pass(pool, 100);
    assertThat(pool.counts().ready()).isEqualTo(4);
  }

  @Test
  void aThousandCallsLeaveNoPortBehind() {
    PortPool pool = pool(20_000, 20_199, 8);
    Set<Integer> seen = new HashSet<>();
    List<PortPair> inUse = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      if (random.nextBoolean()) {
        pool.take(Family.IPV4)
            .ifPresent(pair -> {
              seen.add(pair.rtp().port());
              inUse.add(pair);
            });
      } else if (!inUse.isEmpty()) {
        pool.rest(inUse.remove(random.nextInt(inUse.size())), now);
      }
      if (random.nextInt(4) == 0) {
        pass(pool, 100);
      }
    }
    assertThat(pool.counts().inUse()).isEqualTo(inUse.size());
    inUse.forEach(pair -> pool.rest(pair, now));
    pass(pool, 6_000);
    assertThat(pool.counts().inUse()).isZero();
    assertThat(pool.counts().resting()).isZero();
    assertThat(pool.counts().ready()).isBetween(8, 16);
    assertThat(seen).hasSizeGreaterThan(16);
    pool.close();
    assertThat(office.open()).isZero();
  }

  @Test
  void whatComesBackAfterTheCloseIsClosed() {
    PortPool pool = pool(20_000, 20_007, 2);
    PortPair pair = pool.take(Family.IPV4).orElseThrow();
    pool.close();
    assertThat(office.open()).isEqualTo(2);
    pool.rest(pair, now);
    assertThat(office.open()).isZero();
  }

  @Test
  void aBadRangeIsRefusedWithItsReason() {
    assertThatThrownBy(() -> new PortSettings(20_001, 29_999, 1, 5_000, List.of(Family.IPV4)))
        .hasMessageContaining("begin even");
    assertThatThrownBy(() -> new PortSettings(20_000, 29_999, 1, 5, List.of(Family.IPV4)))
        .hasMessageContaining("restMillis");
  }
}
