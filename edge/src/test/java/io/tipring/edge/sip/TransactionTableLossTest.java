package io.tipring.edge.sip;

import static io.tipring.edge.sip.Requesting.ALICE;
import static io.tipring.edge.sip.Requesting.BOB;
import static io.tipring.edge.sip.Requesting.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.edge.sip.transport.FlowId;
import io.tipring.edge.sip.transport.FlowLoss;
import io.tipring.edge.sip.transport.Flows;
import io.tipring.edge.sip.transport.ResponseRoute;
import io.tipring.edge.sip.transport.Transport;
import io.tipring.wire.sip.HostPort;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.SipMessage;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.transaction.ClientKey;
import io.tipring.wire.sip.transaction.Failure;
import io.tipring.wire.sip.transaction.ServerKey;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two tables and a network between them that loses, repeats and reorders.
class TransactionTableLossTest {
  private static final int REQUESTS = 300;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyRequestEndsExactlyOnceAndNothingIsLeftBehind(long seed) {
    Net net = new Net(seed, 0.3);
    Random random = new Random(seed + 1);
    for (int i = 0; i < REQUESTS; i++) {
      Method method = random.nextBoolean() ? Method.INVITE : Method.OPTIONS;
      ClientKey ref = new ClientKey("z9hG4bK" + i, method);
      net.alice.send(ref, request(method, "c" + i, 1), FlowId.datagrams(ALICE, BOB));
      net.lane.pass(Duration.ofMillis(random.nextInt(40)));
    }
    net.lane.pass(Duration.ofSeconds(140));
    assertThat(net.finals)
        .as("seed %d", seed)
        .hasSize(REQUESTS)
        .allSatisfy((_, n) -> assertThat(n).isEqualTo(1));
    assertThat(net.offered).as("seed %d: none offered twice", seed).doesNotHaveDuplicates();
    assertThat(net.failed)
        .as("seed %d: copies overcome 30 %% loss", seed)
        .isLessThan(REQUESTS / 20);
    assertThat(net.alice.size() + net.bob.size() + net.lane.armed()).as("seed %d", seed).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void aDeadNetworkEndsEveryRequestToo(long seed) {
    Net net = new Net(seed, 1);
    for (int i = 0; i < REQUESTS; i++) {
      Method method = i % 2 == 0 ? Method.INVITE : Method.OPTIONS;
      net.alice.send(
          new ClientKey("z9hG4bK" + i, method),
          request(method, "c" + i, 1),
          FlowId.datagrams(ALICE, BOB));
    }
    net.lane.pass(Duration.ofSeconds(33));
    assertThat(net.failed).isEqualTo(REQUESTS);
    assertThat(net.alice.size() + net.lane.armed()).isZero();
  }

  private static final class Net {
    final SimulatedLane lane = new SimulatedLane(-5_000_000_000L);
    final TransactionTable alice;
    final TransactionTable bob;
    final Map<ClientKey, Integer> finals = new LinkedHashMap<>();
    final List<String> offered = new ArrayList<>();
    int failed;
    private final Random random;
    private final double loss;

    Net(long seed, double loss) {
      random = new Random(seed);
      this.loss = loss;
      alice = table("alice", ALICE);
      bob = table("bob", BOB);
      alice.attach(new Caller());
      bob.attach(new Callee());
    }

    private TransactionTable table(String name, InetSocketAddress at) {
      HostPort here = HostPort.of(at.getAddress().getHostAddress(), at.getPort());
      Flows wire = new Wire();
      return new TransactionTable(
          lane, wire, new CountedIdentifiers(name), _ -> here, TransactionSettings.STANDARD);
    }

    private final class Wire implements Flows {
      @Override
      public void send(FlowId flow, SipMessage message) {
        int copies = random.nextDouble() < 0.05 ? 2 : 1;
        for (int i = 0; i < copies; i++) {
          if (random.nextDouble() >= loss) {
            long delay = 5_000_000L + random.nextInt(60_000_000);
            lane.wakeAt(lane.nowNanos() + delay, "net", () -> deliver(flow, message));
          }
        }
      }

      private void deliver(FlowId flow, SipMessage message) {
        TransactionTable to = flow.remote().equals(BOB) ? bob : alice;
        FlowId there = FlowId.datagrams(flow.remote(), flow.local());
        switch (message) {
          case SipRequest request ->
              to.onMessage(there, ResponseRoute.received(request, flow.local()));
          case SipResponse response -> to.onMessage(there, response);
        }
      }

      @Override
      public Optional<FlowId> flowTo(Transport transport, InetSocketAddress remote) {
        return Optional.empty();
      }
    }

    private final class Callee implements TransactionUser {
      @Override
      public void onRequest(ServerKey ref, FlowId flow, SipRequest request) {
        offered.add(request.headers().callId());
        if (request.method().equals(Method.INVITE) && random.nextBoolean()) {
          bob.respond(ref, SipResponse.to(request, 180).withToTag("b"));
        }
        SipResponse answer =
            SipResponse.to(request, random.nextBoolean() ? 486 : 404).withToTag("b");
        lane.wakeAt(
            lane.nowNanos() + random.nextInt(3_000) * 1_000_000L,
            "bob",
            () -> bob.respond(ref, answer));
      }

      @Override
      public void onCancel(ServerKey ref, ServerKey invite, SipRequest cancel) {}

      @Override
      public void onAck(FlowId flow, SipRequest ack) {}

      @Override
      public void onResponse(ClientKey ref, FlowId flow, SipResponse response) {}

      @Override
      public void onClientFailed(ClientKey ref, Failure failure) {}

      @Override
      public void onServerFailed(ServerKey ref, Failure failure) {}

      @Override
      public void onFlowLost(FlowId flow, FlowLoss why) {}
    }

    private final class Caller implements TransactionUser {
      @Override
      public void onResponse(ClientKey ref, FlowId flow, SipResponse response) {
        if (!response.isProvisional()) {
          finals.merge(ref, 1, Integer::sum);
        }
      }

      @Override
      public void onClientFailed(ClientKey ref, Failure failure) {
        failed++;
        finals.merge(ref, 1, Integer::sum);
      }

      @Override
      public void onRequest(ServerKey ref, FlowId flow, SipRequest request) {}

      @Override
      public void onCancel(ServerKey ref, ServerKey invite, SipRequest cancel) {}

      @Override
      public void onAck(FlowId flow, SipRequest ack) {}

      @Override
      public void onServerFailed(ServerKey ref, Failure failure) {}

      @Override
      public void onFlowLost(FlowId flow, FlowLoss why) {}
    }
  }
}
