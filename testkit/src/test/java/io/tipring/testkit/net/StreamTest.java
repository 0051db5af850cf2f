package io.tipring.testkit.net;

import static io.tipring.testkit.net.Network.address;
import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.testkit.world.World;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamTest {
  private static final InetAddress CALLER = InetAddress.ofLiteral("10.0.0.1");
  private static final InetSocketAddress SERVER = address("10.0.0.2:5060");

  private final World world = new World(3);
  private final Network network = new Network(world);
  private final Ear atServer = new Ear();
  private final Ear atCaller = new Ear();
  private final List<Stream> accepted = new ArrayList<>();

  @Test
  void whatIsSentArrivesWholeAndInOrderOverABadLink() {
    network.everywhere(Impairments.NONE.withLoss(0.3).withJitter(Duration.ofMillis(100)));
    Stream stream = connected();
    StringBuilder sent = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      String chunk = "message " + i + ';';
      sent.append(chunk);
      stream.send(chunk.getBytes(StandardCharsets.US_ASCII));
      world.run(Duration.ofMillis(10));
    }
    world.run(Duration.ofMinutes(1));
    assertThat(atServer.heard.toString()).isEqualTo(sent.toString());
  }

  @Test
  void bothEndsLearnOfACloseAfterWhatWasSent() {
    Stream stream = connected();
    accepted.getFirst().send("bye".getBytes(StandardCharsets.US_ASCII));
    accepted.getFirst().close();
    world.run(Duration.ofSeconds(1));
    assertThat(atCaller.heard.toString()).isEqualTo("bye");
    assertThat(atCaller.closed).isEqualTo(1);
    assertThat(atServer.closed).isEqualTo(1);
    assertThat(stream.isClosed()).isTrue();
  }

  @Test
  void aConnectionToNobodyIsClosed() {
    network.connect(CALLER, SERVER, atCaller);
    world.run(Duration.ofSeconds(1));
    assertThat(atCaller.closed).isEqualTo(1);
  }

  @Test
  void aShortCutDelaysAndALongOneBreaks() {
    Stream stream = connected();
    network.cut(CALLER, SERVER.getAddress());
    stream.send("late".getBytes(StandardCharsets.US_ASCII));
    world.run(Duration.ofSeconds(10));
    assertThat(atServer.heard.toString()).isEmpty();
    network.heal(CALLER, SERVER.getAddress());
    world.run(Duration.ofSeconds(2));
    assertThat(atServer.heard.toString()).isEqualTo("late");
    network.cut(CALLER, SERVER.getAddress());
    stream.send("never".getBytes(StandardCharsets.US_ASCII));
    world.run(Duration.ofSeconds(40));
    assertThat(atServer.heard.toString()).isEqualTo("late");
    assertThat(atCaller.closed).isEqualTo(1);
  }

  @Test
  void aConnectionThroughARouterShowsItsOutsideAndIsCutLikeAnyOther() {
    InetAddress outside = InetAddress.ofLiteral("203.0.113.9");
    network.nat(outside, Nat.Kind.SYMMETRIC, Duration.ofMinutes(1), CALLER);
    Stream stream = connected();
    assertThat(accepted.getFirst().remote().getAddress()).isEqualTo(outside);
    assertThat(stream.remote()).isEqualTo(SERVER);
    network.cut(CALLER, SERVER.getAddress());
    accepted.getFirst().send("never".getBytes(StandardCharsets.US_ASCII));
    world.run(Duration.ofSeconds(40));
    assertThat(atCaller.heard.toString()).isEmpty();
    assertThat(atCaller.closed).isEqualTo(1);
  }

  @Test
  void aRouterLetsAConnectionInOnlyWhereItIsForwarded() {
    InetAddress outside = InetAddress.ofLiteral("203.0.113.9");
    Nat nat = network.nat(outside, Nat.Kind.FULL_CONE, Duration.ofMinutes(1), SERVER.getAddress());
    network.listen(SERVER, _ -> atServer);
    network.connect(CALLER, SERVER, atCaller);
    network.connect(CALLER, new InetSocketAddress(outside, 5060), atCaller);
    world.run(Duration.ofSeconds(1));
    assertThat(atCaller.closed).isEqualTo(2);
    nat.forward(5060, 5060, SERVER.getAddress());
    Stream stream = network.connect(CALLER, new InetSocketAddress(outside, 5060), atCaller);
    world.run(Duration.ofSeconds(1));
    stream.send("hello".getBytes(StandardCharsets.US_ASCII));
    world.run(Duration.ofSeconds(1));
    assertThat(atServer.heard.toString()).isEqualTo("hello");
  }

  private Stream connected() {
    network.listen(
        SERVER,
        stream -> {
          accepted.add(stream);
          return atServer;
        });
    Stream stream = network.connect(CALLER, SERVER, atCaller);
    world.run(Duration.ofSeconds(1));
    assertThat(accepted).hasSize(1);
    return stream;
  }

  private static final class Ear implements Stream.Events {
    final StringBuilder heard = new StringBuilder();
    int closed;

    @Override
    public void received(byte[] chunk) {
      heard.append(new String(chunk, StandardCharsets.US_ASCII));
    }

    @Override
    public void closed() {
      closed++;
    }
  }
}
