package io.tipring.conformance.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A program nobody here wrote, which judges us.
public enum Peer {
  SIPP("sipp", "sip-tester", "-v", "SIPp v([0-9.]+)"),
  BARESIP("baresip", "baresip-core", "-h", "baresip v([0-9.]+)"),
  KAMAILIO("kamailio", "kamailio", "-v", "kamailio ([0-9.]+)"),
  NODE("node", "nodejs", "--version", "v([0-9.]+)");

  private final String command;
  private final String debianPackage;
  private final String versionOption;
  private final Pattern version;

  Peer(String command, String debianPackage, String versionOption, String version) {
    this.command = command;
    this.debianPackage = debianPackage;
    this.versionOption = versionOption;
    this.version = Pattern.compile(version);
  }

  public String command() {
    return command;
  }

  /// What to do when it is missing.
  public String cure() {
    return "apt-get install " + debianPackage;
  }

  /// Its version, `?` when it does not tell; empty when it cannot be started.
  public Optional<String> version() {
    try {
      Process process =
          new ProcessBuilder(command, versionOption).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Matcher matcher = version.matcher(said);
      return Optional.of(matcher.find() ? matcher.group(1) : "?");
    } catch (IOException _) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
