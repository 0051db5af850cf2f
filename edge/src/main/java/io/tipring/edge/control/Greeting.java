package io.tipring.edge.control;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tipring.api.CallId;
import io.tipring.core.lane.Randomness;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// What sets one attempt at a connection apart from all others.
///
/// @param id for `webhook-id`
/// @param epochSeconds for `webhook-timestamp`: seconds since 1970
/// @param key for `Sec-WebSocket-Key`
/// @param traceparent W3C Trace Context: one trace per call, one span per attempt
record Greeting(String id, long epochSeconds, String key, String traceparent) {
  private static final int ID_BYTES = 10;
  private static final int KEY_BYTES = 16;
  private static final int TRACE_BYTES = 16;
  private static final int SPAN_BYTES = 8;

  /// RFC 6455 1.3
  private static final String ACCEPTED = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private static final HexFormat HEX = HexFormat.of();

  static Greeting make(CallId call, Randomness randomness, long wallMillis) {
    return new Greeting(
        "conn_" + HEX.formatHex(random(randomness, ID_BYTES)),
        Math.floorDiv(wallMillis, 1000L),
        Base64.getEncoder().encodeToString(random(randomness, KEY_BYTES)),
        traceparent(call, random(randomness, SPAN_BYTES)));
  }

  /// The trace follows from the call, so that all that is done for one call is found together.
  static String traceparent(CallId call, byte[] span) {
    byte[] trace = Arrays.copyOf(digest("SHA-256", call.value().getBytes(UTF_8)), TRACE_BYTES);
    byte[] parent = span.clone();
    parent[0] |= (byte) 0x80; // neither may be all zeros
    trace[0] |= (byte) 0x80;
    return "00-" + HEX.formatHex(trace) + '-' + HEX.formatHex(parent) + "-01";
  }

  /// What `Sec-WebSocket-Accept` must be. RFC 6455 4.2.2
  String accept() {
    return Base64.getEncoder().encodeToString(digest("SHA-1", (key + ACCEPTED).getBytes(US_ASCII)));
  }

  private static byte[] random(Randomness randomness, int bytes) {
    byte[] noise = new byte[bytes];
    randomness.fill(noise);
    return noise;
  }

  private static byte[] digest(String algorithm, byte[] of) {
    try {
      return MessageDigest.getInstance(algorithm).digest(of);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}
