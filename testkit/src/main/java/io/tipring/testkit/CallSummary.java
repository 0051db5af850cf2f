package io.tipring.testkit;

import io.tipring.media.spec.MediaStats;
import io.tipring.testkit.phone.PhoneCall;
import io.tipring.testkit.sound.ToneProbe;
import java.util.Locale;
import java.util.stream.Collectors;

/// The sound of a call in one line: packets, jitter, tones, keys.
record CallSummary(PhoneCall call) {
  @Override
  public String toString() {
    MediaStats stats = call.stats().orElse(MediaStats.NONE);
    ToneProbe heard = call.tape().all();
    String tones =
        heard.tones().stream().map(hertz -> hertz + " Hz").collect(Collectors.joining(", "));
    String line =
        String.format(
            Locale.ROOT,
            "sent %d packets, received %d, lost %d, jitter %.1f ms; heard %s",
            stats.sentPackets(),
            stats.receivedPackets(),
            stats.lost(),
            stats.jitterMicros() / 1000.0,
            tones.isEmpty() ? "no steady tone" : tones);
    return line + keys("keys by sound", heard.digits()) + keys("keys by event", call.keys());
  }

  private static String keys(String name, String keys) {
    return keys.isEmpty() ? "" : "; " + name + ' ' + keys;
  }
}
