package io.tipring.edge.control;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How an application knows this exchange, and this exchange it. Never printed.
///
/// @param token for `Authorization: Bearer`
/// @param secrets that are valid now; requests are signed with each
/// @param authorities who may have signed its certificate; with none the JDK's own list decides
public record Access(
    Optional<String> token, List<SigningSecret> secrets, List<X509Certificate> authorities) {
  /// For applications that ask nobody who they are.
  public static final Access OPEN = new Access(Optional.empty(), List.of(), List.of());

  /// RFC 6750 2.1
  private static final String TOKEN = "[A-Za-z0-9._~+/-]+=*";

  /// @throws IllegalArgumentException for a token that fits into no header
  public Access {
    if (token.isPresent() && !token.get().matches(TOKEN)) {
      throw new IllegalArgumentException(
          "a token consists of letters, digits and . _ ~ + / - (RFC 6750 2.1)");
    }
    secrets = List.copyOf(secrets);
    authorities = List.copyOf(authorities);
  }

  /// Reads the certificates of a PEM file. For the start: it waits for the disk.
  ///
  /// @throws IOException naming the file, when it cannot be read or holds no certificate
  public static List<X509Certificate> authorities(Path pem) throws IOException {
    List<X509Certificate> all = new ArrayList<>();
    try (InputStream in = Files.newInputStream(pem)) {
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        all.add((X509Certificate) each);
      }
    } catch (CertificateException e) {
      throw new IOException(pem + " holds no certificates in PEM: " + e.getMessage(), e);
    }
    if (all.isEmpty()) {
      throw new IOException(pem + " holds no certificates in PEM");
    }
    return List.copyOf(all);
  }

  @Override
  public String toString() {
    return "Access[token=%s, secrets=%d, authorities=%d]"
        .formatted(token.isPresent() ? "***" : "none", secrets.size(), authorities.size());
  }
}
