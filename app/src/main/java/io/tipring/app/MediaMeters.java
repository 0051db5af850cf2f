package io.tipring.app;

import io.tipring.edge.rtp.RtpMediaPlane;
import io.tipring.media.worker.Lateness;
import java.util.function.ToLongFunction;

/// What the media plane counts, as meters.
final class MediaMeters {
  private MediaMeters() {}

  static void add(RtpMediaPlane media, Meters meters) {
    meters.counter(
        "tipring_rtp_packets_in_total",
        "RTP packets that belong to a leg.",
        media.meters().packetsIn::sum);
    meters.counter(
        "tipring_rtp_packets_out_total", "RTP packets sent.", media.meters().packetsOut::sum);
    meters.counter(
        "tipring_rtp_foreign_total",
        "Packets from a source other than the latched one.",
        media.meters().foreign::sum);
    meters.counter(
        "tipring_rtp_malformed_total",
        "Packets that are no RTP or RTCP we agreed to.",
        media.meters().malformed::sum);
    meters.counter(
        "tipring_rtp_send_failures_total",
        "Packets the network would not take.",
        media.meters().sendFailures::sum);
    meters.counter(
        "tipring_media_dropped_commands_total",
        "Commands refused since a worker's queue was full.",
        media.meters().droppedCommands::sum);
    meters.counter(
        "tipring_media_faults_total", "Turns of media workers that threw.", media::failures);
    meters.gauge(
        "tipring_media_legs",
        "Legs with sound.",
        () -> media.legs().stream().mapToInt(Integer::intValue).sum());
    meters.gauge(
        "tipring_media_late_p50_micros",
        "How late ticks of media workers were in the last minute, median.",
        () -> worst(media, Lateness.Snapshot::p50Micros));
    meters.gauge(
        "tipring_media_late_p99_micros",
        "How late ticks of media workers were in the last minute, 99 of 100.",
        () -> worst(media, Lateness.Snapshot::p99Micros));
    meters.gauge(
        "tipring_media_late_max_micros",
        "The latest tick of a media worker in the last minute.",
        () -> worst(media, Lateness.Snapshot::maxMicros));
    meters.gauge(
        "tipring_rtp_ports_ready", "Bound port pairs in stock.", () -> media.ports().ready());
    meters.gauge("tipring_rtp_ports_used", "Port pairs of legs.", () -> media.ports().inUse());
    meters.gauge(
        "tipring_rtp_ports_resting",
        "Port pairs that rest after a call.",
        () -> media.ports().resting());
  }

  private static double worst(RtpMediaPlane media, ToLongFunction<Lateness.Snapshot> figure) {
    long nowNanos = System.nanoTime();
    return media.lateness().stream()
        .map(lateness -> lateness.snapshot(nowNanos))
        .mapToLong(figure)
        .max()
        .orElse(0);
  }
}
