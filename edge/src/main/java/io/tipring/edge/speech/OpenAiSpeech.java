package io.tipring.edge.speech;

import io.tipring.media.clip.Waveform;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Speech from a server that speaks OpenAI's `/v1/audio/speech`, which many do: JSON goes there,
/// raw PCM of 24 kHz, 16 bit, little endian comes back.
public final class OpenAiSpeech implements SpeechSynthesizer {
  private static final int HERTZ = 24_000;

  /// Ten minutes.
  private static final int MOST_BYTES = 2 * HERTZ * 600;

  private static final int MOST_SAID = 200;

  /// What a server sends that does not heed `response_format`, or a proxy in its place. Raw PCM has
  /// many names, and none at times.
  private static final Pattern NOT_PCM =
      Pattern.compile(
          "(text/|application/(json|xml|problem)|audio/(mpeg|mp3|ogg|opus|x?-?flac|aac|mp4|webm)).*");

  private final Service service;

  /// Made for the first text: to make one costs more than the rest of a start.
  private @Nullable HttpClient client;

  /// @param url of the whole resource, such as `https://api.openai.com/v1/audio/speech`
  /// @param key sent as a bearer token, `""` for none; never printed
  /// @param model as the server calls it
  /// @param voice when none is asked for
  public record Service(URI url, String key, String model, String voice, Duration deadline) {
    @Override
    public String toString() {
      return "Service[" + url + ", " + model + "]";
    }
  }

  public OpenAiSpeech(Service service) {
    this.service = service;
  }

  private synchronized HttpClient client() {
    HttpClient made = client;
    if (made == null) {
      made =
          HttpClient.newBuilder()
              .connectTimeout(service.deadline())
              .followRedirects(HttpClient.Redirect.NEVER)
              .build();
      client = made;
    }
    return made;
  }

  @Override
  public Waveform render(String text, Voice voice) throws SpeechException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(service.url())
            .timeout(service.deadline())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body(text, voice)));
    if (!service.key().isEmpty()) {
      request.header("Authorization", "Bearer " + service.key());
    }
    HttpResponse<byte[]> response;
    try {
      response =
          client()
              .send(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
    } catch (IOException e) {
      throw new SpeechException("the speech server cannot be used: " + e, e);
    }
    if (response.statusCode() != 200) {
      throw new SpeechException(
          "the speech server answered " + response.statusCode() + ": " + said(response.body()));
    }
    String type = response.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (NOT_PCM.matcher(type).matches()) {
      throw new SpeechException(
          "the speech server answered with "
              + said(type.getBytes(StandardCharsets.UTF_8))
              + ", not with PCM; does it know response_format pcm?");
    }
    return pcm(response.body());
  }

  private String body(String text, Voice voice) {
    String name = voice.name().isEmpty() ? service.voice() : voice.name();
    return "{\"model\":"
        + quoted(service.model())
        + ",\"voice\":"
        + quoted(name)
        + ",\"response_format\":\"pcm\",\"input\":"
        + quoted(text)
        + "}";
  }

  /// RFC 8259 7. The text has no control characters any more, a voice may.
  private static String quoted(String text) {
    return '"'
        + text.replaceAll("\\p{Cntrl}", " ").replace("\\", "\\\\").replace("\"", "\\\"")
        + '"';
  }

  private String said(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}+", " ").strip();
    // Some servers repeat the key that they do not like.
    String safe = service.key().isEmpty() ? text : text.replace(service.key(), "***");
    return safe.substring(0, Math.min(safe.length(), MOST_SAID));
  }

  private static Waveform pcm(byte[] body) {
    ByteBuffer bytes = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
    int[] samples = new int[body.length / 2];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = bytes.getShort(2 * i);
    }
    return Waveform.of(HERTZ, samples, samples.length);
  }
}
