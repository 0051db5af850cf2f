package io.tipring.edge.speech;

import com.sun.speech.freetts.en.us.cmu_us_kal.KevinVoiceDirectory;
import io.tipring.media.clip.Waveform;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Level;
import java.util.logging.Logger;

/// English speech from within the process, by FreeTTS: voices `kevin16` and, of half the rate,
/// `kevin`.
///
/// A voice of FreeTTS serves one thread at a time; so many are loaded as render at once. What one
/// sentence costs grows with the square of its length, so long text is spoken in pieces.
public final class FreeTts implements SpeechSynthesizer {
  private static final String USUAL = "kevin16";

  /// Characters of a piece, at most: a line of 3,000 figures takes 20 s in one, and 0.3 s in many.
  private static final int PIECE = 200;

  /// Held, or the collector takes the logger with its level.
  private static final Logger LOG = Logger.getLogger("com.sun.speech.freetts");

  private final ConcurrentLinkedQueue<com.sun.speech.freetts.Voice> idle =
      new ConcurrentLinkedQueue<>();

  public FreeTts() {
    LOG.setLevel(Level.OFF);
  }

  @Override
  public Waveform render(String text, Voice voice) throws SpeechException, InterruptedException {
    if (!voice.language().isEmpty()
        && !Locale.forLanguageTag(voice.language()).getLanguage().equals("en")) {
      throw new SpeechException(
          "freetts speaks English only, not " + voice.language() + "; set another speech.engine");
    }
    com.sun.speech.freetts.Voice speaker = speaker(voice.name().isEmpty() ? USUAL : voice.name());
    SpeechCapture capture = new SpeechCapture();
    speaker.setAudioPlayer(capture);
    for (int at = 0; at < text.length(); ) {
      int end = pieceEnd(text, at);
      if (Thread.interrupted()) {
        idle.add(speaker);
        throw new InterruptedException();
      }
      if (!speaker.speak(text.substring(at, end))) {
        throw new SpeechException("freetts could not speak the text");
      }
      at = end;
    }
    // One that threw is not used again.
    idle.add(speaker);
    return capture.sound();
  }

  /// After the last sentence, else the last word, that fits into a piece; never within a character.
  private static int pieceEnd(String text, int from) {
    int most = from + PIECE;
    if (text.length() <= most) {
      return text.length();
    }
    int word = -1;
    for (int i = most; i > from + 1; i--) {
      if (Character.isWhitespace(text.charAt(i - 1))) {
        if (".!?".indexOf(text.charAt(i - 2)) >= 0) {
          return i;
        }
        word = Math.max(word, i);
      }
    }
    return word > 0 ? word : Character.isLowSurrogate(text.charAt(most)) ? most - 1 : most;
  }

  private com.sun.speech.freetts.Voice speaker(String name) throws SpeechException {
    for (int i = idle.size(); i > 0; i--) {
      com.sun.speech.freetts.Voice speaker = idle.poll();
      if (speaker == null) {
        break;
      }
      if (speaker.getName().equals(name)) {
        return speaker;
      }
      idle.add(speaker);
    }
    com.sun.speech.freetts.Voice speaker =
        Arrays.stream(new KevinVoiceDirectory().getVoices())
            .filter(one -> one.getName().equals(name))
            .findFirst()
            .orElseThrow(
                () -> new SpeechException("freetts has the voices kevin16 and kevin, not " + name));
    speaker.allocate();
    return speaker;
  }
}
