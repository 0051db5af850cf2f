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
/// A voice of FreeTTS serves one thread at a time; so many are loaded as render at once.
public final class FreeTts implements SpeechSynthesizer {
  private static final String USUAL = "kevin16";

  /// Held, or the collector takes the logger with its level.
  private static final Logger LOG = Logger.getLogger("com.sun.speech.freetts");

  private final ConcurrentLinkedQueue<com.sun.speech.freetts.Voice> idle =
      new ConcurrentLinkedQueue<>();

  public FreeTts() {
    LOG.setLevel(Level.OFF);
  }

  @Override
  public Waveform render(String text, Voice voice) throws SpeechException {
    if (!voice.language().isEmpty()
        && !Locale.forLanguageTag(voice.language()).getLanguage().equals("en")) {
      throw new SpeechException(
          "freetts speaks English only, not " + voice.language() + "; set another speech.engine");
    }
    com.sun.speech.freetts.Voice speaker = speaker(voice.name().isEmpty() ? USUAL : voice.name());
    SpeechCapture capture = new SpeechCapture();
    speaker.setAudioPlayer(capture);
    if (!speaker.speak(text)) {
      throw new SpeechException("freetts could not speak the text");
    }
    // One that threw is not used again.
    idle.add(speaker);
    return capture.sound();
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
