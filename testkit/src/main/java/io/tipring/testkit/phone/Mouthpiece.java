package io.tipring.testkit.phone;

import io.tipring.media.codec.Codec;
import io.tipring.media.spec.MediaSpec;
import io.tipring.media.spec.Source;
import io.tipring.media.tone.DtmfGenerator;
import io.tipring.media.tone.Oscillator;
import io.tipring.media.worker.PacketIo;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What is spoken into a phone: tones, clips, keys, else silence; 20 ms a packet. Written apart
/// from the sender in `media`, so that a fault there is not met by the same fault here.
final class Mouthpiece {
  static final int FRAME = 160;
  private static final int KEY_FRAMES = 5;
  private static final int END_PACKETS = 3;
  private static final int GAP_FRAMES = 5;
  private static final int PAUSE_FRAMES = 25;
  private static final char PAUSE = ',';

  private final PacketIo io;
  private final boolean marksSpurts;
  private final DtmfGenerator generator = new DtmfGenerator();
  private final ArrayDeque<Character> keys = new ArrayDeque<>();
  private final int[] frame = new int[FRAME];
  private final byte[] payload = new byte[FRAME];

  private @Nullable Source source;
  private @Nullable Oscillator oscillator;
  private int clipAt;
  private long sampleTime;
  private boolean spurtBegins = true;
  private char key;
  private int keyFrame = -1;
  private int gapFrames;

  Mouthpiece(PacketIo io, boolean marksSpurts) {
    this.io = io;
    this.marksSpurts = marksSpurts;
  }

  /// Begins to play; null is silence.
  void play(@Nullable Source next) {
    source = next;
    clipAt = 0;
    oscillator =
        next instanceof Source.Tone(int hertz, int level) ? new Oscillator(hertz, level) : null;
  }

  /// Whether a clip has been played to its end, or nothing was to be played.
  boolean isSilent() {
    return source == null && keys.isEmpty() && keyFrame < 0;
  }

  void press(String more) {
    more.chars().forEach(c -> keys.add((char) c));
  }

  /// Speaks 20 ms.
  void tick(long nowNanos, MediaSpec spec) {
    if (keyFrame < 0 && gapFrames == 0 && !keys.isEmpty()) {
      pressNext();
    }
    if (keyFrame >= 0 && spec.telephoneEvents().isPresent()) {
      sendKey(nowNanos, spec, spec.telephoneEvents().getAsInt());
    } else {
      sendSound(nowNanos, spec);
    }
    sampleTime += FRAME;
    gapFrames = Math.max(0, gapFrames - 1);
  }

  private void pressNext() {
    char next = keys.remove();
    if (next == PAUSE) {
      gapFrames = PAUSE_FRAMES;
    } else {
      key = next;
      keyFrame = 0;
      generator.press(key);
    }
  }

  /// RFC 4733 2.5.1: the timestamp of all packets is the key's beginning; its end is told three
  /// times.
  private void sendKey(long nowNanos, MediaSpec spec, int payloadType) {
    keyFrame++;
    boolean end = keyFrame >= KEY_FRAMES;
    long began = sampleTime - (keyFrame - 1L) * FRAME;
    boolean marker = marksSpurts && keyFrame == 1;
    for (int copy = 0; copy < (end ? END_PACKETS : 1); copy++) {
      if (spec.direction().sends()) {
        io.sendEvent(nowNanos, payloadType, marker, began, key, keyFrame * FRAME, end);
      }
    }
    if (end) {
      letGo();
    }
  }

  private void letGo() {
    keyFrame = -1;
    gapFrames = GAP_FRAMES;
    spurtBegins = true;
  }

  private void sendSound(long nowNanos, MediaSpec spec) {
    Arrays.fill(frame, 0);
    if (keyFrame >= 0) {
      generator.add(frame, 0, FRAME);
      keyFrame++;
      if (keyFrame >= KEY_FRAMES) {
        letGo();
      }
    } else {
      speak();
    }
    if (spec.direction().sends()) {
      int length = Codec.of(spec.encoding()).encode(frame, 0, FRAME, payload, 0);
      io.sendAudio(
          nowNanos, spec.payloadType(), marksSpurts && spurtBegins, sampleTime, payload, length);
      spurtBegins = false;
    }
  }

  private void speak() {
    switch (source) {
      case null -> {}
      case Source.Tone _ -> {
        if (oscillator != null) {
          oscillator.add(frame, 0, FRAME);
        }
      }
      case Source.Clip(_, var pcm, _) -> {
        int read = pcm.read(clipAt, frame, 0, FRAME);
        clipAt += read;
        if (read == 0) {
          source = null;
        }
      }
      case Source.Progress _, Source.Keys _, Source.Silence _ ->
          throw new IllegalArgumentException("a phone does not play " + source);
    }
  }
}
