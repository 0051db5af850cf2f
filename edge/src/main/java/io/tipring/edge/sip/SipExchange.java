package io.tipring.edge.sip;

import io.tipring.api.CallId;
import io.tipring.core.call.CallLimits;
import io.tipring.core.call.Directory;
import io.tipring.core.call.Exchange;
import io.tipring.core.call.LegEvent;
import io.tipring.core.call.Sounds;
import io.tipring.core.journal.Journal;
import io.tipring.core.lane.Ids;
import io.tipring.core.lane.Lane;
import io.tipring.core.lane.Randomness;
import io.tipring.edge.net.OwnAddress;
import io.tipring.edge.sip.transport.Arrivals;
import io.tipring.edge.sip.transport.FlowId;
import io.tipring.edge.sip.transport.Flows;
import io.tipring.media.spec.MediaEvent;
import io.tipring.media.spec.MediaPlane;
import io.tipring.wire.sdp.Capabilities;
import io.tipring.wire.sdp.RtpMap;
import io.tipring.wire.sip.HostPort;
import io.tipring.wire.sip.dialog.SessionSettings;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// All that lives on the exchange lane, put together: transactions, sessions, the user agent,
/// calls. It has no thread and no socket of its own, so the World runs the very same object over
/// its network.
public final class SipExchange {
  private final Lane lane;
  private final TransactionTable table;
  private final Sessions sessions;
  private final UserAgent userAgent;
  private final Exchange exchange;

  /// @param wallMillis milliseconds since 1970, for ids
  public record Ground(Lane lane, Randomness randomness, LongSupplier wallMillis) {}

  /// How peers are reached, and under which name they reach us.
  ///
  /// @param own what SDP calls us
  /// @param ownName what Via and Contact call us
  public record Reach(Flows flows, OwnAddress own, Function<FlowId, HostPort> ownName) {}

  /// Who answers, and where it is written down.
  ///
  /// @param faults told of what was thrown in a call's turn
  public record Service(
      Directory directory,
      UserAgent.Callees callees,
      Sounds sounds,
      Journal journal,
      BiConsumer<CallId, Throwable> faults) {}

  /// @param inBandDigits listen for keys in the sound of phones that have no other way
  public record Settings(
      TransactionSettings transactions,
      SessionSettings sessions,
      CallLimits calls,
      boolean inBandDigits) {
    public static final Settings STANDARD =
        new Settings(
            TransactionSettings.STANDARD, SessionSettings.USUAL, CallLimits.STANDARD, false);
  }

  public SipExchange(
      Ground ground, Reach reach, MediaPlane media, Service service, Settings settings) {
    lane = ground.lane();
    Ids ids = new Ids(ground.randomness(), ground.wallMillis());
    SipIdentifiers identifiers = new SipIdentifiers(ground.randomness());
    table =
        new TransactionTable(
            lane, reach.flows(), identifiers, reach.ownName(), settings.transactions());
    userAgent =
        new UserAgent(
            lane,
            ids,
            ground.randomness(),
            new LegMedia.Terms(media, reach.own(), capabilities(), settings.inBandDigits()),
            reach.ownName(),
            service.callees(),
            this::toExchange);
    sessions =
        new Sessions(lane, table, reach.flows(), identifiers, settings.sessions(), userAgent);
    table.attach(sessions);
    exchange =
        new Exchange(
            new Exchange.Ground(lane, ids, ground.wallMillis()),
            new Exchange.Surroundings(
                userAgent, media, service.directory(), service.sounds(), service.journal()),
            settings.calls(),
            service.faults());
  }

  /// What we can do with sound, in our order; an answer follows the offerer's.
  public static Capabilities capabilities() {
    return Capabilities.of(List.of(new RtpMap(0, "PCMU", 8000), new RtpMap(8, "PCMA", 8000)));
  }

  /// Where transports hand what has passed the doors. Any thread.
  public Arrivals arrivals() {
    return table.arrivals();
  }

  /// Where media workers hand what they saw. Any thread.
  public void tell(MediaEvent event) {
    lane.post(event.leg(), () -> exchange.tell(event));
  }

  /// Takes no new calls, ends those left at the deadline, then runs `whenEmpty`, once, on the lane.
  /// Any thread.
  public void drain(long patienceNanos, Runnable whenEmpty) {
    lane.post("exchange", () -> exchange.drain(lane.nowNanos() + patienceNanos, whenEmpty));
  }

  /// Calls that have not ended. Only on the lane.
  public int calls() {
    return exchange.size();
  }

  /// Legs, sessions and transactions that are not forgotten yet; 0 when nothing has leaked. Only on
  /// the lane.
  public int residue() {
    return userAgent.size() + sessions.size() + table.size();
  }

  public TransactionTable transactions() {
    return table;
  }

  private void toExchange(LegEvent event) {
    exchange.tell(event);
  }
}
