package io.tipring.media.worker;

import io.tipring.media.codec.Codec;
import io.tipring.media.spec.Direction;
import io.tipring.media.spec.Encoding;
import io.tipring.media.spec.MediaCommand;
import io.tipring.media.spec.MediaEvent;
import io.tipring.media.spec.MediaSpec;
import io.tipring.media.spec.PeerAddress;
import io.tipring.media.spec.Source;
import io.tipring.media.tone.Oscillator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// One worker on a bench: time by hand, peers without a network.
final class Workbench implements Host {
  static final long MILLI = 1_000_000;
  static final MediaSpec PCMU = spec(Encoding.PCMU, Direction.SEND_RECEIVE);

  final List<MediaEvent> events = new ArrayList<>();
  final Map<String, FakePacketIo> peers = new LinkedHashMap<>();
  final List<Handover> handovers = new ArrayList<>();
  final Worker worker;
  long now;

  Workbench() {
    this(WorkerSettings.STANDARD, 0);
  }

  Workbench(WorkerSettings settings, long startNanos) {
    worker = new Worker(this, events::add, settings);
    now = startNanos;
  }

  static MediaSpec spec(Encoding encoding, Direction direction) {
    return new MediaSpec(
        encoding,
        encoding.staticPayloadType(),
        OptionalInt.of(101),
        20,
        direction,
        false,
        new PeerAddress("192.0.2.1", 4000, 4001));
  }

  static MediaSpec withoutEvents(MediaSpec spec) {
    return new MediaSpec(
        spec.encoding(),
        spec.payloadType(),
        OptionalInt.empty(),
        spec.packetMillis(),
        spec.direction(),
        spec.inBandDigits(),
        spec.peer());
  }

  static MediaSpec packets(MediaSpec spec, int millis) {
    return new MediaSpec(
        spec.encoding(),
        spec.payloadType(),
        spec.telephoneEvents(),
        millis,
        spec.direction(),
        spec.inBandDigits(),
        spec.peer());
  }

  @Override
  public Optional<PacketIo> open(String leg, MediaSpec spec) {
    if (leg.equals("no-port")) {
      return Optional.empty();
    }
    FakePacketIo io = new FakePacketIo();
    peers.put(leg, io);
    return Optional.of(io);
  }

  @Override
  public void handOver(Pipeline pipeline, int to) {
    handovers.add(new Handover(pipeline, to));
  }

  FakePacketIo openLeg(String leg) {
    return openLeg(leg, PCMU);
  }

  FakePacketIo openLeg(String leg, MediaSpec spec) {
    tell(new MediaCommand.Open(leg, spec));
    return peer(leg);
  }

  FakePacketIo peer(String leg) {
    FakePacketIo io = peers.get(leg);
    if (io == null) {
      throw new AssertionError("never opened: " + leg);
    }
    return io;
  }

  void tell(MediaCommand command) {
    worker.tell(command, now);
  }

  void play(String leg, String ref, Source source) {
    tell(new MediaCommand.Play(leg, ref, source, false));
  }

  /// Lets time pass in steps of 5 ms.
  void run(int millis) {
    for (int i = 0; i < millis; i += 5) {
      worker.tick(now);
      now += 5 * MILLI;
    }
  }

  /// Lets time pass while `peer` sends a tone, a packet every 20 ms.
  void runWhileSending(
      FakePacketIo peer, Oscillator tone, int packets, long firstSequence, long firstTimestamp) {
    int[] frame = new int[160];
    byte[] payload = new byte[160];
    Codec codec = Codec.of(Encoding.PCMU);
    for (int i = 0; i < packets; i++) {
      java.util.Arrays.fill(frame, 0);
      tone.add(frame, 0, 160);
      codec.encode(frame, 0, 160, payload, 0);
      peer.arriving.add(
          new FakePacketIo.Audio(
              now, 0, i == 0, firstSequence + i, firstTimestamp + 160L * i, payload.clone()));
      run(20);
    }
  }

  List<MediaEvent.Finished> finished() {
    return events.stream()
        .filter(MediaEvent.Finished.class::isInstance)
        .map(MediaEvent.Finished.class::cast)
        .toList();
  }

  record Handover(Pipeline pipeline, int to) {}
}
