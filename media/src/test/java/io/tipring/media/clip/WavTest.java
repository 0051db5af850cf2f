package io.tipring.media.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.tipring.media.ToneProbe;
import io.tipring.media.clip.WavException.Problem;
import io.tipring.media.codec.G711;
import io.tipring.media.spec.Encoding;
import io.tipring.media.spec.Pcm;
import io.tipring.media.tone.Oscillator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WavTest {
  private static final int[] TONE = tone();

  @ParameterizedTest
  @CsvSource({
    "1, 8, 8000, 1, 30", "1, 16, 8000, 1, 70", "1, 24, 8000, 1, 70", "1, 32, 8000, 1, 70",
        "3, 32, 8000, 1, 70",
    "3, 64, 8000, 1, 70", "6, 8, 8000, 1, 35", "7, 8, 8000, 1, 35", "1, 16, 8000, 2, 70",
        "3, 32, 8000, 6, 70",
    "1, 16, 16000, 1, 70", "1, 24, 44100, 2, 70", "1, 16, 48000, 2, 70", "7, 8, 11025, 1, 34",
        "3, 32, 96000, 1, 70",
  })
  void everyKindComesOutAsTheToneThatWentIn(
      int format, int bits, int hertz, int channels, double snr) throws WavException {
    byte[] wav = wav(format, bits, hertz, channels, sine(hertz, hertz), false);
    Waveform waveform = WavReader.read(wav);
    assertThat(waveform.sampleHz()).isEqualTo(hertz);
    assertThat(waveform.millis()).isEqualTo(1000);
    int[] sound = samples(waveform.pcm());
    assertThat(sound).hasSize(8000);
    assertThat(ToneProbe.level(sound, 400, 7200, 1000)).isCloseTo(-10, within(0.06));
    assertThat(ToneProbe.snr(sound, 400, 7200, 1000)).isGreaterThan(snr);
  }

  @Test
  void sixteenBitsAtEightKilohertzComeThroughUnchanged() throws WavException {
    assertThat(WavReader.read(WavWriter.bytes(8000, TONE, TONE.length)).rounded()).isEqualTo(TONE);
  }

  @Test
  void anExtensibleHeaderSaysTheSame() throws WavException {
    byte[] wav = wav(1, 24, 16_000, 2, sine(16_000, 16_000), true);
    assertThat(WavReader.read(wav).length()).isEqualTo(16_000);
  }

  @Test
  void channelsAreMixedToOne() throws WavException {
    ByteBuffer wav =
        ByteBuffer.wrap(wav(1, 16, 8000, 2, new double[] {0, 0}, false))
            .order(ByteOrder.LITTLE_ENDIAN);
    wav.putShort(44, (short) 1000)
        .putShort(46, (short) 3000)
        .putShort(48, (short) -500)
        .putShort(50, (short) 500);
    assertThat(WavReader.read(wav.array()).rounded()).containsExactly(2000, 0);
  }

  @Test
  void otherChunksArePassedOver() throws WavException {
    byte[] plain = WavWriter.bytes(8000, TONE, 100);
    ByteBuffer wav = ByteBuffer.allocate(plain.length + 8 + 5 + 1).order(ByteOrder.LITTLE_ENDIAN);
    wav.put(plain, 0, 36)
        .put("LIST".getBytes(StandardCharsets.US_ASCII))
        .putInt(5)
        .put(new byte[6]);
    wav.put(plain, 36, plain.length - 36);
    assertThat(WavReader.read(wav.array()).length()).isEqualTo(100);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0x7fff_ffff, 0x7fff_ffdb})
  void aLengthThatNobodyFilledInMeansUpToTheEnd(int length) throws WavException {
    byte[] wav = WavWriter.bytes(8000, TONE, 100);
    ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN).putInt(40, length);
    assertThat(WavReader.read(wav).length()).isEqualTo(100);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theReaderOfTheJdkReadsWhatWeWrite(boolean law)
      throws IOException, UnsupportedAudioFileException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    WavWriter writer =
        new WavWriter(file, 8000, law ? Optional.of(Encoding.PCMA) : Optional.empty());
    for (int at = 0; at < TONE.length; at += 160) {
      writer.write(TONE, at, 160);
    }
    byte[] wav = file.toByteArray();
    System.arraycopy(writer.header(), 0, wav, 0, writer.header().length);
    try (AudioInputStream jdk = AudioSystem.getAudioInputStream(new ByteArrayInputStream(wav))) {
      assertThat(jdk.getFormat().getSampleRate()).isEqualTo(8000);
      assertThat(jdk.getFormat().getChannels()).isEqualTo(1);
      assertThat(jdk.getFormat().getEncoding())
          .isEqualTo(law ? AudioFormat.Encoding.ALAW : AudioFormat.Encoding.PCM_SIGNED);
      assertThat(jdk.getFrameLength()).isEqualTo(TONE.length);
    }
  }

  @ParameterizedTest
  @EnumSource
  void lawfulRecordingsAreReadBackAsTheyWereHeard(Encoding law) throws IOException, WavException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    new WavWriter(file, 8000, Optional.of(law)).write(TONE, 0, TONE.length);
    int[] back = WavReader.read(file.toByteArray()).rounded();
    assertThat(ToneProbe.snr(back, 0, back.length, 1000)).isGreaterThan(35);
  }

  @Test
  void whatIsWrongIsSaid() {
    byte[] good = WavWriter.bytes(8000, TONE, 100);
    assertProblem(new byte[0], Problem.NOT_WAV, "it has 0 bytes, a WAV begins with 12");
    assertProblem(
        "hello, this is text".getBytes(StandardCharsets.UTF_8),
        Problem.NOT_WAV,
        "does not begin with RIFF");
    assertProblem(patched(good, 0, "RIFX"), Problem.NOT_WAV, "big-endian");
    assertProblem(patched(good, 0, "OggS"), Problem.NOT_WAV, "another kind of sound file ('OggS')");
    assertProblem(
        Arrays.copyOf(good, 30), Problem.TRUNCATED, "'fmt ' announces 16 bytes, 10 are there");
    assertProblem(Arrays.copyOf(good, 36), Problem.TRUNCATED, "without a chunk 'data'");
    assertProblem(
        Arrays.copyOf(good, 144), Problem.TRUNCATED, "'data' announces 200 bytes, 100 are there");
    assertProblem(patched(good, 16, 0x7000_0000), Problem.TRUNCATED, "announces 1879048192 bytes");
    assertProblem(patched(good, 16, -1), Problem.TRUNCATED, "announces 4294967295 bytes");
    assertProblem(patched(good, 12, "junk"), Problem.BROKEN, "'data' comes before");
    assertProblem(patched(good, 20, 0x0001_0002), Problem.UNSUPPORTED, "format 2");
    assertProblem(patched(good, 20, 1), Problem.BROKEN, "0 channels");
    assertProblem(patched(good, 24, 0), Problem.BROKEN, "0 samples a second");
    assertProblem(patched(good, 24, -1), Problem.BROKEN, "4294967295 samples a second");
    assertProblem(patched(good, 32, 0x0010_0003), Problem.BROKEN, "fill 2 bytes, not 3");
    assertProblem(patched(good, 32, 0x000c_0002), Problem.UNSUPPORTED, "PCM of 12 bits");
    assertProblem(patched(good, 16, 4), Problem.BROKEN, "has 4 bytes, 16 are the least");
  }

  @Test
  void tooLongAStreamIsNotReadToItsEnd() {
    byte[] wav = WavWriter.bytes(8000, TONE, 1000);
    assertThatThrownBy(() -> WavReader.read(new ByteArrayInputStream(wav), 1000))
        .isInstanceOf(WavException.class)
        .hasMessage("it is longer than 1000 bytes");
  }

  @Test
  void whateverIsInAFileItIsReadOrRefusedAndNothingElse() {
    byte[] good = wav(1, 24, 44_100, 2, sine(500, 44_100), true);
    for (long seed = 0; seed < 20_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] bad =
          Arrays.copyOf(good, random.nextInt(4) == 0 ? random.nextInt(good.length) : good.length);
      for (int i = random.nextInt(8); i >= 0 && bad.length > 0; i--) {
        bad[random.nextInt(Math.min(bad.length, 80))] = (byte) random.nextInt();
      }
      try {
        assertThat(WavReader.read(bad).length()).isLessThanOrEqualTo(good.length);
      } catch (WavException refused) {
        assertThat(refused.getMessage()).as("seed %d", seed).isNotBlank().matches("[ -~]+");
      }
    }
  }

  @Test
  void notANumberIsSilence() throws WavException {
    double[] odd = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.5};
    assertThat(WavReader.read(wav(3, 32, 8000, 1, odd, false)).rounded())
        .containsExactly(0, 32_767, -32_768, 16_384);
  }

  private static void assertProblem(byte[] wav, Problem problem, String message) {
    WavException refused = catchThrowableOfType(WavException.class, () -> WavReader.read(wav));
    assertThat(refused).as(message).isNotNull();
    assertThat(refused).hasMessageContaining(message);
    assertThat(refused.problem()).as(message).isEqualTo(problem);
  }

  private static byte[] patched(byte[] wav, int at, int value) {
    byte[] copy = wav.clone();
    ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
    return copy;
  }

  private static byte[] patched(byte[] wav, int at, String name) {
    byte[] copy = wav.clone();
    ByteBuffer.wrap(copy).put(at, name.getBytes(StandardCharsets.US_ASCII));
    return copy;
  }

  /// A file made without our writer. Samples are -1..1, the same in all channels.
  private static byte[] wav(
      int format, int bits, int hertz, int channels, double[] samples, boolean extensible) {
    int formatLength = extensible ? 40 : 16;
    int align = channels * bits / 8;
    ByteBuffer wav =
        ByteBuffer.allocate(28 + formatLength + align * samples.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(wav.capacity() - 8);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(formatLength);
    wav.putShort((short) (extensible ? 0xFFFE : format)).putShort((short) channels).putInt(hertz);
    wav.putInt(hertz * align).putShort((short) align).putShort((short) bits);
    if (extensible) {
      wav.putShort((short) 22)
          .putShort((short) bits)
          .putInt(3)
          .putShort((short) format)
          .put(new byte[14]);
    }
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(align * samples.length);
    for (double sample : samples) {
      for (int channel = 0; channel < channels; channel++) {
        put(wav, format, bits, sample);
      }
    }
    return wav.array();
  }

  private static void put(ByteBuffer wav, int format, int bits, double sample) {
    int[] whole = {(int) Math.rint(sample * 32_767)};
    byte[] law = new byte[1];
    switch (format * 100 + bits) {
      case 108 -> wav.put((byte) (Math.rint(sample * 127) + 128));
      case 116 -> wav.putShort((short) whole[0]);
      case 124 -> {
        int value = (int) Math.rint(sample * 8_388_607);
        wav.put((byte) value).putShort((short) (value >> 8));
      }
      case 132 -> wav.putInt((int) Math.rint(sample * 2_147_483_647.0));
      case 332 -> wav.putFloat((float) sample);
      case 364 -> wav.putDouble(sample);
      case 608 -> {
        G711.PCMA.encode(whole, 0, 1, law, 0);
        wav.put(law);
      }
      case 708 -> {
        G711.PCMU.encode(whole, 0, 1, law, 0);
        wav.put(law);
      }
      default -> throw new AssertionError(format + "/" + bits);
    }
  }

  private static double[] sine(int count, int hertz) {
    double[] samples = new double[count];
    double peak = Math.pow(10, -13.14 / 20);
    for (int i = 0; i < count; i++) {
      samples[i] = peak * Math.sin(2 * Math.PI * 1000 * i / hertz);
    }
    return samples;
  }

  private static int[] tone() {
    int[] sound = new int[8000];
    new Oscillator(1000, -10).add(sound, 0, sound.length);
    return sound;
  }

  private static int[] samples(Pcm pcm) {
    int[] samples = new int[pcm.length()];
    pcm.read(0, samples, 0, samples.length);
    return samples;
  }
}
