package io.tipring.edge.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Proof towards an application that it is this exchange which asks for a connection (Standard
/// Webhooks; docs/protocol/control-v1.md "The signature").
final class Signature {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String VERSION = "v1,";

  private Signature() {}

  /// The header's value: one signature per secret, so that secrets can be exchanged while calls
  /// come in.
  ///
  /// @param target as it stands in the first line of the request
  static String of(List<SigningSecret> secrets, String id, long epochSeconds, String target) {
    byte[] signed = (id + '.' + epochSeconds + '.' + target).getBytes(UTF_8);
    return secrets.stream().map(secret -> sign(secret, signed)).collect(Collectors.joining(" "));
  }

  private static String sign(SigningSecret secret, byte[] signed) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.key(), ALGORITHM));
      return VERSION + Base64.getEncoder().encodeToString(mac.doFinal(signed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
