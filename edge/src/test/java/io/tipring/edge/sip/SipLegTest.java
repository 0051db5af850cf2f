package io.tipring.edge.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.wire.sip.dialog.EndCause;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SipLegTest {
  @ParameterizedTest
  @EnumSource(EndCause.class)
  void whatTheSessionTellsThePeerIsWhatTheLogSays(EndCause cause) {
    cause
        .q850()
        .ifPresent(
            q850 -> assertThat(SipLeg.reason(cause, Optional.empty()).q850()).isEqualTo(q850));
  }
}
