package io.tipring.media.worker;

import io.tipring.media.codec.Codec;
import io.tipring.media.jitter.JitterBuffer;
import io.tipring.media.spec.Encoding;
import io.tipring.media.spec.MediaCommand;
import io.tipring.media.spec.MediaEvent;
import io.tipring.media.spec.MediaEvent.DigitMethod;
import io.tipring.media.spec.MediaSpec;
import io.tipring.media.spec.MediaStats;
import io.tipring.media.tone.DtmfDetector;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One leg's sound. Owned by one worker at any moment; allocates nothing in [#tick], but for the
/// events it reports, and once each for its first packet and its first key: most of what a leg
/// could need it never does.
///
/// ```
///  hear:    receive --> jitter buffer --> decode --> heard --> [keys in the sound]
///                                                      |
///                                                    [echo]
///                                                      v
///  speak:   plays, tones -----------------------> + spoken --> encode --> send
///           keys: as events in its place, or as sound
/// ```
///
/// While the direction sends, a packet goes out every 20 ms even when there is nothing to say:
/// silence keeps NAT bindings open, and many phones take a stream that stops for a call that is
/// dead. During an RFC 4733 event only the event is sent. Plays wait while keys are pressed. While
/// the direction does not send, time goes on unheard.
public final class Pipeline {
  /// 20 ms: mono PCM16, 160 samples at 8 kHz.
  public static final int FRAME = JitterBuffer.FRAME;

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final String leg;
  private final PacketIo io;
  private final WorkerSettings settings;
  private final JitterBuffer jitter;
  private final Packetizer packetizer;
  private final Playlist playlist;
  private final EchoRefs echo;
  private final DigitSender digits;
  private final PacketIo.Arrivals arrivals = new Received();
  private final int[] heard = new int[FRAME];
  private final int[] spoken = new int[FRAME];

  private Consumer<MediaEvent> events;
  private MediaSpec spec;

  /// Made when the first frame is to be listened to: few legs agree to keys in sound.
  private @Nullable DtmfDetector detector;

  private long lastHeardNanos;
  private boolean reportedSilent;

  /// A peer that sends its keys as events is not listened to as well: each would count twice.
  private boolean sendsEvents;

  Pipeline(
      String leg,
      MediaSpec spec,
      PacketIo io,
      WorkerSettings settings,
      Consumer<MediaEvent> events,
      long nowNanos) {
    this.leg = leg;
    this.spec = spec;
    this.io = io;
    this.settings = settings;
    this.events = events;
    Endings endings =
        (ref, ending, played) -> report(new MediaEvent.Finished(leg, ref, ending, played));
    jitter = new JitterBuffer(settings.seed() + leg.hashCode());
    packetizer = new Packetizer(io, spec);
    playlist = new Playlist(settings.maxQueuedPlays(), endings);
    echo = new EchoRefs(endings);
    digits = new DigitSender(io, endings);
    lastHeardNanos = nowNanos;
  }

  /// Text of the leg's id.
  public String leg() {
    return leg;
  }

  /// Where its packets come from; for the thread that hands the pipeline over.
  public PacketIo packets() {
    return io;
  }

  /// From now on another worker's.
  void belongsTo(Consumer<MediaEvent> to) {
    events = to;
  }

  void change(MediaSpec to, long nowNanos) {
    if (to.direction().receives() && !spec.direction().receives()) {
      heardSomething(nowNanos);
    }
    spec = to;
    packetizer.change(to);
    io.change(to);
  }

  void play(MediaCommand.Play play) {
    playlist.add(play);
  }

  void echo(String ref) {
    echo.add(ref);
  }

  void press(MediaCommand.SendDigits command) {
    digits.add(command);
  }

  /// Ends what is called `ref`. What has ended already has said so, and nothing more is said.
  void stop(String ref) {
    if (!playlist.stop(ref) && !echo.stop(ref)) {
      digits.stop(ref);
    }
  }

  /// Ends everything; [MediaEvent.Closed] is the last word.
  void close(long nowNanos) {
    playlist.closeAll();
    echo.closeAll();
    digits.closeAll();
    MediaStats counted = MediaStats.NONE;
    try {
      counted = io.close(nowNanos);
    } finally {
      report(new MediaEvent.Closed(leg, withConcealed(counted)));
    }
  }

  private MediaStats withConcealed(MediaStats counted) {
    return new MediaStats(
        counted.sentPackets(),
        counted.receivedPackets(),
        counted.lost(),
        jitter.concealedFrames(),
        counted.jitterMicros(),
        counted.foreign());
  }

  /// Time that went by without ticks: nothing is made up for it, and nothing is sent in a burst.
  void skip(long nowNanos, int frames) {
    jitter.skip(frames);
    packetizer.pause(nowNanos, frames);
    heardSomething(nowNanos);
  }

  /// Hears and speaks 20 ms.
  void tick(long nowNanos) {
    hear(nowNanos);
    speak(nowNanos);
    io.tick(nowNanos);
  }

  private void hear(long nowNanos) {
    if (io.receive(nowNanos, arrivals) > 0) {
      heardSomething(nowNanos);
    }
    jitter.read(heard);
    if (spec.inBandDigits() && !sendsEvents) {
      detector().listen(heard, 0, FRAME);
    }
    watchSilence(nowNanos);
  }

  private DtmfDetector detector() {
    DtmfDetector made = detector == null ? new DtmfDetector(new InBand()) : detector;
    detector = made;
    return made;
  }

  private void speak(long nowNanos) {
    Arrays.fill(spoken, 0);
    playlist.fade(spoken);
    switch (digits.press(nowNanos, spec, packetizer.sampleTime(), spoken)) {
      case EVENT -> packetizer.pause(nowNanos, 1);
      case SOUND -> packetizer.send(nowNanos, spoken);
      case FREE -> {
        if (echo.isOn()) {
          System.arraycopy(heard, 0, spoken, 0, FRAME);
        }
        playlist.add(spoken, packetizer.sends());
        packetizer.send(nowNanos, spoken);
      }
    }
  }

  private void watchSilence(long nowNanos) {
    long limit = settings.silentAfterMillis() * NANOS_PER_MILLI;
    long silent = nowNanos - lastHeardNanos;
    if (limit > 0 && !reportedSilent && silent >= limit && spec.direction().receives()) {
      reportedSilent = true;
      report(new MediaEvent.Silent(leg, (int) (silent / NANOS_PER_MILLI)));
    }
  }

  private void heardSomething(long nowNanos) {
    lastHeardNanos = nowNanos;
    reportedSilent = false;
  }

  private void reportKey(char key, DigitMethod method, int millis) {
    report(new MediaEvent.Digit(leg, key, method, millis));
  }

  private void report(MediaEvent event) {
    events.accept(event);
  }

  private final class InBand implements DtmfDetector.Keys {
    @Override
    public void began(char key) {
      report(new MediaEvent.DigitBegan(leg, key, DigitMethod.IN_BAND));
    }

    @Override
    public void key(char key, int durationMillis) {
      reportKey(key, DigitMethod.IN_BAND, durationMillis);
    }
  }

  private final class Received implements PacketIo.Arrivals {
    /// RFC 3551 6: comfort noise, sent by some although nobody agreed to it.
    private static final int COMFORT_NOISE = 13;

    private final Codec mu = Codec.of(Encoding.PCMU);
    private final Codec a = Codec.of(Encoding.PCMA);

    @Override
    public void audio(
        long nowNanos,
        int payloadType,
        long sequence,
        long timestamp,
        byte[] buffer,
        int offset,
        int length) {
      if (!spec.direction().receives()) {
        return;
      }
      // RFC 3264 6.1: the peer may change between the agreed encodings at any time, so the packet's
      // own type counts.
      if (payloadType == Encoding.PCMU.staticPayloadType()) {
        jitter.put(mu, sequence, timestamp, buffer, offset, length);
      } else if (payloadType == Encoding.PCMA.staticPayloadType()) {
        jitter.put(a, sequence, timestamp, buffer, offset, length);
      } else if (payloadType == spec.payloadType()) {
        jitter.put(
            spec.encoding() == Encoding.PCMU ? mu : a, sequence, timestamp, buffer, offset, length);
      } else if (payloadType == COMFORT_NOISE) {
        jitter.putSilence(sequence, timestamp, buffer, offset, length);
      }
    }

    @Override
    public void keyBegan(char key) {
      sendsEvents = true;
      report(new MediaEvent.DigitBegan(leg, key, DigitMethod.RTP_EVENT));
    }

    @Override
    public void key(char key, int durationMillis) {
      reportKey(key, DigitMethod.RTP_EVENT, durationMillis);
    }
  }
}
