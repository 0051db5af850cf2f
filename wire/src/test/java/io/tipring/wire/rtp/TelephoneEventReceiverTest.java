package io.tipring.wire.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tipring.wire.Rfc;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TelephoneEventReceiverTest {
  private static final long START = (1L << 32) - 400;
  private static final long MILLI = 1_000_000L;

  private final TelephoneEventReceiver receiver = new TelephoneEventReceiver(8000);
  private final List<String> keys = new ArrayList<>();
  private long nowNanos = 1;
  private long sequence = 65_530;

  /// Beginnings beside keys.
  private final TelephoneEventReceiver.Keys both =
      new TelephoneEventReceiver.Keys() {
        @Override
        public void began(char key) {
          keys.add(key + " down");
        }

        @Override
        public void key(char key, int durationMillis) {
          heard(key, durationMillis);
        }
      };

  private void packet(
      long sequence, long timestamp, boolean marker, char key, int duration, boolean end) {
    byte[] payload = new byte[6];
    TelephoneEvent.write(payload, 1, TelephoneEvent.eventOf(key), end, 10, duration);
    receiver.on(nowNanos, sequence, timestamp, marker, payload, 1, 4, this::heard);
  }

  private void packet(long timestamp, char key, int duration, boolean end) {
    packet(sequence++, timestamp, false, key, duration, end);
    nowNanos += 20 * MILLI;
  }

  private void heard(char key, int durationMillis) {
    keys.add(key + ":" + durationMillis);
  }

  private void pass(long millis) {
    for (long passed = 0; passed < millis; passed += 20) {
      nowNanos += 20 * MILLI;
      receiver.tick(nowNanos, this::heard);
    }
  }

  @Rfc("4733 2.5.2")
  @Rfc("4733 2.5.1.4")
  @Test
  void aKeyIsReportedOnceAtItsEndWithoutMarker() {
    packet(START, '5', 160, false);
    packet(START, '5', 320, false);
    assertThat(keys).isEmpty();
    packet(START, '5', 800, true);
    assertThat(keys).containsExactly("5:100");
    packet(START, '5', 800, true);
    packet(START, '5', 800, true);
    pass(10_000);
    assertThat(keys).containsExactly("5:100");
  }

  @Test
  void theBeginningIsToldOnceWithTheFirstPacketThatIsHeard() {
    byte[] payload = new byte[4];
    for (int duration = 320; duration <= 800; duration += 160) {
      TelephoneEvent.write(payload, 0, TelephoneEvent.eventOf('5'), duration == 800, 10, duration);
      receiver.on(nowNanos, sequence++, START, false, payload, 0, 4, both);
      assertThat(keys.getFirst()).isEqualTo("5 down");
    }
    receiver.on(nowNanos, sequence++, START, false, payload, 0, 4, both);
    TelephoneEvent.write(payload, 0, TelephoneEvent.eventOf('5'), false, 10, 160);
    receiver.on(nowNanos, sequence - 8, START, true, payload, 0, 4, both);
    assertThat(keys).as("nothing of it comes after its end").containsExactly("5 down", "5:100");
  }

  @Test
  void ofAKeyWhoseEndAloneArrivesTheBeginningIsToldFirst() {
    byte[] payload = new byte[4];
    TelephoneEvent.write(payload, 0, TelephoneEvent.eventOf('#'), true, 10, 1600);
    receiver.on(nowNanos, sequence, START, false, payload, 0, 4, both);
    assertThat(keys).containsExactly("# down", "#:200");
  }

  @Test
  void endPacketsAloneMakeAKey() {
    packet(START, '#', 1600, true);
    packet(START, '#', 1600, true);
    assertThat(keys).containsExactly("#:200");
  }

  @Test
  void aKeyWhoseEndIsLostIsReportedWithWhatWasSeen() {
    packet(START, 'D', 160, false);
    packet(START, 'D', 480, false);
    pass(260);
    assertThat(keys).isEmpty();
    pass(40);
    assertThat(keys).containsExactly("D:60");
    packet(START, 'D', 800, true);
    assertThat(keys).containsExactly("D:60");
  }

  @Test
  void theSameKeyTwiceIsTwoKeys() {
    packet(START, '1', 800, true);
    packet(START + 1600, '1', 800, true);
    packet(START + 1600, '1', 800, true);
    assertThat(keys).containsExactly("1:100", "1:100");
  }

  @Test
  void theEndBeforeTheMiddleIsTheEnd() {
    packet(sequence + 1, START, false, '7', 480, true);
    packet(sequence, START, true, '7', 320, false);
    pass(1000);
    assertThat(keys).containsExactly("7:60");
  }

  @Test
  void keysKeepTheirOrderWhenTheEarlierOnesEndIsLost() {
    packet(START, '1', 320, false);
    sequence += 4;
    packet(START + 1600, '2', 800, true);
    assertThat(keys).containsExactly("1:40", "2:100");
  }

  @Rfc("4733 2.5.1.3")
  @Test
  void aLongKeyInSegmentsIsOneKey() {
    // RFC 4733 2.5.1.3: 20 s at 8 kHz is two full segments and a rest.
    long segment = TelephoneEvent.MAX_DURATION;
    for (int total = 160; total <= 160_000; total += 160) {
      long before = total / segment;
      packet(START + before * segment, '9', (int) (total - before * segment), total == 160_000);
    }
    pass(1000);
    assertThat(keys).as("reported 5 s after it began").containsExactly("9:5020");
  }

  @Test
  void segmentsThatComeFasterThanTheyLastAddUp() {
    long segment = TelephoneEvent.MAX_DURATION;
    packet(START, '9', (int) segment, false);
    sequence += 3;
    packet(START + 2 * segment, '9', 1000, false);
    packet(START + 2 * segment, '9', 1000, true);
    assertThat(keys).containsExactly("9:" + (2 * segment + 1000) / 8);
  }

  @Test
  void aDurationThatWrapsGoesOn() {
    packet(START, '4', 0xfff0, false);
    packet(START, '4', 0x0010, false);
    packet(START, '4', 0x0010, true);
    assertThat(keys).containsExactly("4:" + 0x1_0010 / 8);
  }

  @Test
  void aTimestampThatRunsWithinOneKeyMakesNoNewKeys() {
    for (int i = 0; i < 5; i++) {
      packet(START + 160L * i, '3', 160, false);
    }
    packet(START + 640, '3', 160, true);
    packet(START + 640, '3', 160, true);
    assertThat(keys).containsExactly("3:100");
  }

  @Test
  void aMarkerBeginsAnotherKey() {
    packet(sequence++, START, true, '3', 160, false);
    packet(sequence++, START + 800, true, '3', 160, true);
    assertThat(keys).containsExactly("3:20", "3:20");
  }

  @Rfc("4733 2.5.1.5")
  @Test
  void severalEventsInOnePacketFollowEachOther() {
    byte[] payload = new byte[12];
    TelephoneEvent.write(payload, 0, 1, true, 10, 400);
    TelephoneEvent.write(payload, 4, 1, true, 10, 400);
    TelephoneEvent.write(payload, 8, 2, true, 10, 800);
    receiver.on(nowNanos, 1, START, true, payload, 0, payload.length, this::heard);
    receiver.on(nowNanos, 2, START, false, payload, 0, payload.length, this::heard);
    assertThat(keys).containsExactly("1:50", "1:50", "2:100");
  }

  @Test
  void whatIsNoKeyIsPassedOver() {
    byte[] flash = new byte[4];
    TelephoneEvent.write(flash, 0, 16, true, 10, 400);
    receiver.on(nowNanos, 1, START, true, flash, 0, 4, this::heard);
    receiver.on(nowNanos, 2, START, true, flash, 0, 3, this::heard);
    pass(1000);
    assertThat(keys).isEmpty();
  }

  @Test
  void whatIsOlderThanTheMemoryIsNoKey() {
    for (int i = 0; i < 40; i++) {
      packet(START + 1600L * i, '8', 800, true);
    }
    assertThat(keys).hasSize(40);
    packet(1, START, false, '8', 800, true);
    pass(1000);
    assertThat(keys).hasSize(40);
  }

  @Test
  void aRestartReportsWhatIsHeldAndForgets() {
    packet(START, '1', 320, false);
    receiver.restart(this::heard);
    assertThat(keys).containsExactly("1:40");
    packet(100, '1', 320, true);
    assertThat(keys).containsExactly("1:40", "1:40");
  }

  @Rfc("4733 3.2")
  @Test
  void keysAndCodesGoTogether() {
    for (int event = 0; event < 16; event++) {
      assertThat(TelephoneEvent.eventOf(TelephoneEvent.keyOf(event))).isEqualTo(event);
    }
    assertThat(TelephoneEvent.eventOf('D')).isEqualTo(15);
    assertThat(TelephoneEvent.isKey(16)).isFalse();
    assertThatThrownBy(() -> TelephoneEvent.eventOf('x'))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Rfc("4733 2.3")
  @Test
  void thePayloadIsWhereRfc4733PutsIt() {
    byte[] payload = new byte[4];
    TelephoneEvent.write(payload, 0, 11, true, 10, 70_000);
    assertThat(payload).containsExactly(11, 0x8a, 0xff, 0xff);
    assertThat(TelephoneEvent.event(payload, 0)).isEqualTo(11);
    assertThat(TelephoneEvent.end(payload, 0)).isTrue();
    assertThat(TelephoneEvent.volume(payload, 0)).isEqualTo(10);
    assertThat(TelephoneEvent.duration(payload, 0)).isEqualTo(65_535);
  }
}
