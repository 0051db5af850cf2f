package io.tipring.edge.sip.transport;

import io.tipring.wire.sip.HostPort;
import io.tipring.wire.sip.SipHeaders;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.Via;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;

/// The way back to whoever sent a request: RFC 3261 18.2 and RFC 3581. Pure.
public final class ResponseRoute {
  private ResponseRoute() {}

  /// The request with what we saw of its source on the top Via (RFC 3261 18.2.1, RFC 3581 4).
  public static SipRequest received(SipRequest request, InetSocketAddress source) {
    return request.withHeaders(received(request.headers(), source));
  }

  /// The same for an answer that copied the Vias of its request before anybody marked them.
  public static SipResponse received(SipResponse answer, InetSocketAddress source) {
    return answer.withHeaders(received(answer.headers(), source));
  }

  private static SipHeaders received(SipHeaders headers, InetSocketAddress source) {
    Via top = headers.topVia();
    // One IPv6 address has many spellings: the client's own is no news.
    String claimed = top.sentBy().address();
    boolean same = numeric(claimed).filter(source.getAddress()::equals).isPresent();
    Via marked = top.withReceived(same ? claimed : numeric(source.getAddress()), source.getPort());
    return marked.equals(top) ? headers : headers.withTopVia(marked);
  }

  /// Where the response to a request goes that came by `arrived` (RFC 3261 18.2.2).
  ///
  /// A connection takes its own answers back. A datagram goes to the source address; to its source
  /// port when the client asked for that (RFC 3581 4), else to the port of sent-by. `maddr` is not
  /// obeyed: it would let anybody aim our answers at a third party.
  public static FlowId of(FlowId arrived, Via top) {
    if (arrived.isReliable()) {
      return arrived;
    }
    return top.asksForRport() ? arrived : arrived.withRemotePort(portOf(top.sentBy()));
  }

  /// Where to connect when the connection that a request came by is gone: the address we saw, the
  /// port the client says it listens at (RFC 3261 18.2.2). Empty when that is a name: no answer is
  /// worth a DNS query on the way.
  static Optional<InetSocketAddress> fallback(Via top) {
    String address = top.received().orElseGet(() -> top.sentBy().address());
    return numeric(address).map(a -> new InetSocketAddress(a, portOf(top.sentBy())));
  }

  private static int portOf(HostPort sentBy) {
    OptionalInt port = sentBy.port();
    return port.isPresent() && port.getAsInt() > 0 ? port.getAsInt() : Transport.DEFAULT_PORT;
  }

  /// As text, without brackets and without an interface name: that means nothing to the peer.
  private static String numeric(InetAddress address) {
    String text = address.getHostAddress();
    int scope = text.indexOf('%');
    return scope < 0 ? text : text.substring(0, scope);
  }

  private static Optional<InetAddress> numeric(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
