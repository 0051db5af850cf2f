package io.tipring.wire.sip;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Replays the seeds beside this class's resources. With `JAZZER_FUZZ=1` it searches for new ones,
/// guided by coverage.
class SipParserFuzzTest {
  @FuzzTest(maxDuration = "5m")
  void parseNeverThrowsAndWhatIsWrittenReadsBack(byte[] bytes) {
    RoundTrip.check(bytes);
  }
}
