package io.tipring.wire.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class DtmfInfoTest {
  private static Optional<DtmfInfo> read(String type, String body) {
    return DtmfInfo.read(type, Body.utf8(body));
  }

  @Test
  void aRelayNamesItsKeyAndHowLongItWasHeld() {
    assertThat(read("application/dtmf-relay", "Signal=5\r\nDuration=160\r\n"))
        .contains(new DtmfInfo('5', 160));
    assertThat(read("application/dtmf-relay", "Signal= #\nDuration= 90\n"))
        .contains(new DtmfInfo('#', 90));
    assertThat(read("application/dtmf-relay", "Signal=11\r\n")).contains(new DtmfInfo('#', 250));
  }

  @Test
  void aBareKeyIsAKey() {
    assertThat(read("application/dtmf", "d")).contains(new DtmfInfo('D', 250));
    assertThat(read("application/dtmf", " 7\r\n")).contains(new DtmfInfo('7', 250));
  }

  @Test
  void nonsenseIsNoKey() {
    assertThat(read("application/dtmf", "")).isEmpty();
    assertThat(read("application/dtmf", "16")).isEmpty();
    assertThat(read("application/dtmf-relay", "Duration=160")).isEmpty();
    assertThat(read("application/dtmf-relay", "Signal=5\r\nDuration=99999999999999999999"))
        .contains(new DtmfInfo('5', 250));
    assertThat(read("application/sdp", "5")).isEmpty();
    assertThat(read("application/dtmf", "5".repeat(300))).isEmpty();
    assertThat(DtmfInfo.read("", Body.EMPTY)).isEmpty();
  }
}
