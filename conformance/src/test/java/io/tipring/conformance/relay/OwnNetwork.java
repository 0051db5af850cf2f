package io.tipring.conformance.relay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// Two hosts of our own on one wire: a pair of network namespaces joined by a veth, which can be
/// cut without either side being told. Needs root and iproute2; elsewhere what needs it is *not
/// run*.
public final class OwnNetwork implements AutoCloseable {
  public static final String NEAR = "10.231.77.1";
  public static final String FAR = "10.231.77.2";

  private final String near;
  private final String far;

  private OwnNetwork(String near, String far) {
    this.near = near;
    this.far = far;
  }

  public static OwnNetwork lay() {
    long id = ProcessHandle.current().pid();
    OwnNetwork network = new OwnNetwork("tpn" + id, "tpf" + id);
    boolean laid =
        runs("ip", "netns", "add", network.near)
            && runs("ip", "netns", "add", network.far)
            && runs(
                "ip",
                "-n",
                network.near,
                "link",
                "add",
                "wire",
                "type",
                "veth",
                "peer",
                "name",
                "wire",
                "netns",
                network.far)
            && network.up(network.near, NEAR)
            && network.up(network.far, FAR);
    if (!laid) {
      network.close();
      Assumptions.abort(
          "needs root and iproute2 to make network namespaces (apt-get install iproute2)");
    }
    return network;
  }

  private boolean up(String host, String address) {
    return runs("ip", "-n", host, "link", "set", "lo", "up")
        && runs("ip", "-n", host, "address", "add", address + "/30", "dev", "wire")
        && runs("ip", "-n", host, "link", "set", "wire", "up");
  }

  /// A command that runs on the host where the exchange is.
  public List<String> onNear(List<String> command) {
    return on(near, command);
  }

  /// A command that runs on the host where the phone is.
  public List<String> onFar(List<String> command) {
    return on(far, command);
  }

  /// From now on nothing passes, and nobody is told.
  public void cut() {
    require("ip", "-n", far, "link", "set", "wire", "down");
  }

  public void mend() {
    require("ip", "-n", far, "link", "set", "wire", "up");
  }

  private static List<String> on(String host, List<String> command) {
    List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", host));
    all.addAll(command);
    return all;
  }

  private static void require(String... command) {
    if (!runs(command)) {
      throw new AssertionError("failed: " + String.join(" ", command));
    }
  }

  private static boolean runs(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean done = process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
      if (!done) {
        System.out.println(String.join(" ", command) + ": " + said.strip());
      }
      return done;
    } catch (IOException noSuchProgram) {
      System.out.println(noSuchProgram.getMessage());
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    runs("ip", "netns", "del", near);
    runs("ip", "netns", "del", far);
  }
}
