package io.tipring.edge.sip.door;

import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.SipHeaders;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/// Keeps new work out while the exchange is behind (ADR 0009): above the watermark what would begin
/// something is answered 503 by the transport thread itself, without a transaction; what ends or
/// continues something always passes. The watermark lies below T1 = 500 ms, at which waiting
/// clients begin to send everything twice.
///
/// Any thread; remembers nothing of what it refused: the tag of such an answer is computed from the
/// request, which is how its ACK is known again (RFC 3261 8.2.7, 17.2.3).
public final class OverloadDoor {
  private static final List<Method> BEGINNING =
      List.of(Method.INVITE, Method.REGISTER, Method.SUBSCRIBE, Method.MESSAGE, Method.OPTIONS);

  /// Our tags begin with the two characters of the lane (ADR 0009); nobody else's third one is
  /// this.
  private static final String TAG_PREFIX = "00~";

  private static final int SHORTEST_WAIT_SECONDS = 5;
  private static final int WAITS = 11;
  private static final int REMEMBERED = 1 << 14;

  private final LongSupplier lagNanos;
  private final LongSupplier queueDepth;
  private final Watermark watermark;
  private final long secret;

  /// Fingerprints of INVITEs that were let in: their copies must not meet a 503 while the first one
  /// is being served. Each overwrites whichever had its place.
  private final AtomicLongArray admitted = new AtomicLongArray(REMEMBERED);

  /// @param lag age of the oldest input that the lane has not done
  /// @param queueDepth inputs that wait
  public record Watermark(Duration lag, long queueDepth) {
    public static final Watermark STANDARD = new Watermark(Duration.ofMillis(200), 20_000);
  }

  /// What becomes of a request.
  public sealed interface Verdict {
    record Pass() implements Verdict {}

    /// The ACK of an answer of ours: there is nothing to be done about it.
    record Absorb() implements Verdict {}

    record Refuse(SipResponse answer) implements Verdict {}
  }

  /// @param secret random, so that nobody can make up ACKs that vanish
  public OverloadDoor(
      LongSupplier lagNanos, LongSupplier queueDepth, Watermark watermark, long secret) {
    this.lagNanos = lagNanos;
    this.queueDepth = queueDepth;
    this.watermark = watermark;
    this.secret = secret;
  }

  public boolean isOverloaded() {
    return lagNanos.getAsLong() >= watermark.lag().toNanos()
        || queueDepth.getAsLong() >= watermark.queueDepth();
  }

  public Verdict judge(SipRequest request) {
    Method method = request.method();
    if (method.equals(Method.ACK)) {
      boolean ours =
          request.headers().to().tag().filter(tag -> tag.equals(tag(request))).isPresent();
      return ours ? new Verdict.Absorb() : new Verdict.Pass();
    }
    if (!BEGINNING.contains(method) || request.headers().to().tag().isPresent()) {
      return new Verdict.Pass();
    }
    long fingerprint = fingerprint(request);
    int place = (int) fingerprint & (REMEMBERED - 1);
    if (isOverloaded() && admitted.get(place) != fingerprint) {
      return new Verdict.Refuse(refusal(request, fingerprint));
    }
    admitted.lazySet(place, fingerprint);
    return new Verdict.Pass();
  }

  private SipResponse refusal(SipRequest request, long fingerprint) {
    // Spread, so that they do not all come back at once.
    long wait = SHORTEST_WAIT_SECONDS + Long.remainderUnsigned(fingerprint >>> 20, WAITS);
    SipResponse answer = SipResponse.to(request, 503).withToTag(tag(fingerprint));
    SipHeaders headers = answer.headers().with("Retry-After", Long.toString(wait));
    return answer.withHeaders(headers);
  }

  private String tag(SipRequest request) {
    return tag(fingerprint(request));
  }

  private static String tag(long fingerprint) {
    return TAG_PREFIX + Long.toHexString(fingerprint);
  }

  /// The same for a request, its copies and its ACK (RFC 3261 17.1.1.3): Call-ID, From tag, CSeq
  /// number, branch.
  private long fingerprint(SipRequest request) {
    SipHeaders headers = request.headers();
    long hash = mix(secret, headers.callId());
    hash = mix(hash, headers.from().tag().orElse(""));
    hash = mix(hash, headers.topVia().branch().orElse(""));
    return scramble(hash ^ headers.cseq().number());
  }

  private static long mix(long seed, String text) {
    long hash = seed;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
    }
    return scramble(hash);
  }

  private static long scramble(long value) {
    long v = (value ^ (value >>> 32)) * 0x9E3779B97F4A7C15L;
    v = (v ^ (v >>> 29)) * 0xBF58476D1CE4E5B9L;
    return v ^ (v >>> 32);
  }
}
