package io.tipring.testkit.phone;

import io.tipring.core.lane.Lane;
import io.tipring.edge.rtp.PortPair;
import io.tipring.edge.rtp.RtpMeters;
import io.tipring.edge.rtp.RtpSession;
import io.tipring.edge.rtp.RtpSettings;
import io.tipring.edge.sip.Sessions;
import io.tipring.edge.sip.SipSession;
import io.tipring.edge.sip.transport.FlowId;
import io.tipring.media.spec.MediaSpec;
import io.tipring.media.spec.MediaStats;
import io.tipring.media.spec.Source;
import io.tipring.testkit.phone.Manners.Quirk;
import io.tipring.testkit.sound.Tape;
import io.tipring.testkit.sound.ToneProbe;
import io.tipring.wire.sdp.Direction;
import io.tipring.wire.sdp.IpAddress;
import io.tipring.wire.sdp.LocalMedia;
import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.DigestClient;
import io.tipring.wire.sip.Header;
import io.tipring.wire.sip.NameAddr;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.SipUri;
import io.tipring.wire.sip.dialog.SessionCommand;
import io.tipring.wire.sip.dialog.SessionNotice;
import io.tipring.wire.sip.dialog.Target;
import io.tipring.wire.sip.transaction.ServerKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One call of a phone. What does not fit its state is no news, as on a real phone. Owner: the
/// phone's lane.
public final class PhoneCall {
  private static final long FRAME_NANOS = 20_000_000;
  private static final int TAPE_SECONDS = 120;
  private static final int HEARD_MILLIS = 1000;
  private static final int TONE_DBM0 = -10;
  private static final int GLARE = 491;

  private final Phone phone;
  private final Lane lane;
  private final PortPair ports;
  private final PhoneSdp sdp;
  private final List<Integer> statuses = new ArrayList<>();
  private final List<String> infos = new ArrayList<>();
  private @Nullable SipSession session;
  private Body offered = Body.EMPTY;
  private boolean isCaller;
  private boolean answered;
  private int changes;
  private SessionNotice.@Nullable Ended ended;
  private DigestClient digest;
  private Optional<String> notRecognised = Optional.empty();
  private @Nullable Handset handset;
  private Optional<Source> toPlay = Optional.empty();
  private Optional<MediaStats> stats = Optional.empty();
  private long tickNanos;

  PhoneCall(Phone phone) {
    this.phone = phone;
    this.lane = phone.jack().lane();
    this.ports = phone.openPorts();
    this.digest = phone.credentials().map(DigestClient::of).orElseGet(DigestClient::anonymous);
    LocalMedia local =
        new LocalMedia(
            phone.identifiers().sessionId(),
            IpAddress.parse(phone.jack().address().getHostAddress()).orElseThrow(),
            ports.rtp().port(),
            ports.rtcp().port());
    this.sdp = new PhoneSdp(local, !phone.manners().has(Quirk.NO_TELEPHONE_EVENTS));
  }

  void dial(Sessions sessions, FlowId flow, SipUri uri) {
    isCaller = true;
    Body offer = phone.manners().has(Quirk.DELAYED_OFFER) ? Body.EMPTY : sdp.offer();
    List<Header> headers =
        phone.manners().has(Quirk.REQUIRES_100REL)
            ? List.of(new Header("Require", "100rel"))
            : List.of();
    NameAddr self = NameAddr.of(phone.uri());
    session =
        sessions.call(
            flow,
            new Target(uri, self, NameAddr.of(uri), self, List.of(), headers),
            offer,
            this::on);
  }

  void offered(Sessions sessions, ServerKey ref, FlowId flow, SipRequest invite) {
    session = sessions.offered(ref, flow, invite, NameAddr.of(phone.uri()), this::on);
  }

  // What one does with a phone

  /// Lets the caller know that it rings.
  public void ring() {
    tell(new SessionCommand.Progress(180, Body.EMPTY));
  }

  /// Lets the caller hear us before the call is answered.
  public void earlyMedia() {
    withAnswer(body -> new SessionCommand.Progress(183, body));
  }

  /// Picks up.
  public void answer() {
    withAnswer(SessionCommand.Answer::new);
  }

  /// @param status 300..699
  public void reject(int status) {
    tell(new SessionCommand.Reject(status));
  }

  /// Ends it: BYE, CANCEL or 603, whichever fits.
  public void hangUp() {
    tell(new SessionCommand.HangUp());
  }

  /// We do not want to hear the other side for a while.
  public void hold() {
    offerChange(Direction.SENDONLY);
  }

  public void resume() {
    offerChange(Direction.SENDRECV);
  }

  /// Asks for nothing new: a re-INVITE with what is agreed.
  public void refresh() {
    tell(new SessionCommand.Reinvite(sdp.offer()));
  }

  /// Keys out of `0-9*#A-D`; a comma waits half a second.
  public void press(String keys) {
    handset().press(keys);
  }

  /// Plays from now on, or as soon as the call has sound.
  public void play(Source source) {
    toPlay = Optional.of(source);
    if (handset != null) {
      handset.play(source);
    }
  }

  public void playTone(int hertz) {
    play(new Source.Tone(hertz, TONE_DBM0));
  }

  public void beSilent() {
    toPlay = Optional.empty();
    if (handset != null) {
      handset.play(null);
    }
  }

  // What one learns from a phone

  public String callId() {
    return Objects.requireNonNull(session).callId();
  }

  /// Every status of the first INVITE, in order, sent by us or the other side; the last one is
  /// final.
  public List<Integer> statuses() {
    return List.copyOf(statuses);
  }

  public boolean isRinging() {
    return statuses.contains(180);
  }

  /// The call was picked up; for a callee, and the caller has confirmed it.
  public boolean isAnswered() {
    return answered;
  }

  public boolean isEnded() {
    return ended != null;
  }

  public Optional<SessionNotice.Ended> ending() {
    return Optional.ofNullable(ended);
  }

  /// Why a challenge was not answered, or not to the other side's liking.
  public Optional<String> notRecognised() {
    return notRecognised;
  }

  /// How many changes of the session have been agreed.
  public int changes() {
    return changes;
  }

  /// Bodies of the INFO requests that came.
  public List<String> infos() {
    return List.copyOf(infos);
  }

  public boolean hasSound() {
    return handset != null;
  }

  /// Whether the tone was there throughout the last second.
  public boolean hears(double hertz) {
    return handset != null && lastHeard().millis() >= HEARD_MILLIS && lastHeard().hears(hertz);
  }

  /// The last second.
  public ToneProbe lastHeard() {
    return tape().last(HEARD_MILLIS);
  }

  /// Everything heard so far.
  public Tape tape() {
    return handset().tape();
  }

  /// Keys that came as RFC 4733 events.
  public String keys() {
    return handset == null ? "" : handset.keys();
  }

  /// Packets of sound that came.
  public long soundPackets() {
    return handset == null ? 0 : handset.packets();
  }

  /// Whether everything has been played and pressed.
  public boolean isSilent() {
    return handset != null && handset.isSilent();
  }

  /// What was agreed for the sound, once it is.
  public Optional<MediaSpec> spec() {
    return Optional.ofNullable(handset).map(Handset::spec);
  }

  /// What was counted, once the call has ended; empty when it never had sound.
  public Optional<MediaStats> stats() {
    return stats;
  }

  // What the session says

  private void on(SessionNotice notice) {
    switch (notice) {
      case SessionNotice.Offered(Body offer) -> onOffered(offer);
      case SessionNotice.Progressed(int status, Body body) -> {
        statuses.add(status);
        settle(body);
      }
      case SessionNotice.Answered(Body body) -> {
        statuses.add(200);
        answered = true;
        settle(body);
      }
      case SessionNotice.Confirmed(Body body) -> {
        statuses.add(200);
        answered = true;
        settle(body);
      }
      case SessionNotice.ChangeOffered(Body offer) -> onChangeOffered(offer);
      case SessionNotice.Changed(Body body) -> {
        changes++;
        settle(body);
      }
      case SessionNotice.ChangeRefused(int status) -> onChangeRefused(status);
      case SessionNotice.InfoReceived(_, Body body) -> infos.add(body.text());
      case SessionNotice.Challenged(SipRequest request, SipResponse challenge) ->
          onChallenged(request, challenge);
      case SessionNotice.Ended end -> onEnded(end);
    }
  }

  private void onOffered(Body offer) {
    offered = offer;
    if (isCaller) {
      answer();
    } else {
      phone.ringBell(this);
    }
  }

  private void onChangeOffered(Body offer) {
    offered = offer;
    withAnswer(SessionCommand.AcceptChange::new);
  }

  /// RFC 3261 14.1: after glare, whoever made the Call-ID waits longer before it tries again.
  private void onChangeRefused(int status) {
    phone.note("change refused: " + status);
    if (status == GLARE) {
      long millis = (isCaller ? 2_100 : 0) + 10 * phone.identifiers().below(190);
      lane.wakeAt(lane.nowNanos() + millis * 1_000_000, Phone.RESOURCE, this::refresh);
    }
  }

  private void onChallenged(SipRequest request, SipResponse challenge) {
    switch (digest.challenged(request, challenge, phone.identifiers().tag())) {
      case DigestClient.Outcome.Answered(DigestClient next, List<Header> credentials) -> {
        digest = next;
        tell(new SessionCommand.Retry(credentials));
      }
      case DigestClient.Outcome.GivenUp(String why) -> {
        phone.note(why);
        notRecognised = Optional.of(why);
        tell(new SessionCommand.Retry(List.of()));
      }
    }
  }

  private void onEnded(SessionNotice.Ended end) {
    ended = end;
    if (end.status() != 0) {
      statuses.add(end.status());
    }
    phone.note("ended: " + end.cause());
    if (handset != null) {
      stats = Optional.of(handset.close(lane.nowNanos()));
    } else {
      ports.close();
    }
  }

  private void offerChange(Direction direction) {
    sdp.want(direction);
    refresh();
  }

  /// Answers the offer at hand, or makes one when there is none; an offer that we cannot do is
  /// refused.
  private void withAnswer(Function<Body, SessionCommand> command) {
    if (offered.isEmpty()) {
      tell(command.apply(sdp.offer()));
      return;
    }
    Optional<PhoneSdp.Answer> answer = sdp.answer(offered);
    if (answer.isEmpty()) {
      tell(answered ? new SessionCommand.RefuseChange(488) : new SessionCommand.Reject(488));
      return;
    }
    open(answer.get().spec());
    tell(command.apply(answer.get().body()));
  }

  private void settle(Body answer) {
    if (!answer.isEmpty()) {
      sdp.settle(answer).ifPresentOrElse(this::open, this::hangUp);
    }
  }

  // Sound

  private void open(MediaSpec spec) {
    if (handset != null) {
      handset.change(spec);
      return;
    }
    Jack jack = phone.jack();
    RtpSession.Surroundings surroundings =
        new RtpSession.Surroundings(
            RtpSettings.STANDARD,
            new RtpMeters(),
            jack.randomness(),
            jack.wallClock(),
            PortPair::close);
    RtpSession rtp = new RtpSession(ports, spec, surroundings, lane.nowNanos());
    handset = new Handset(rtp, spec, !phone.manners().has(Quirk.NO_MARKER), TAPE_SECONDS);
    toPlay.ifPresent(handset::play);
    tickNanos = lane.nowNanos();
    tick();
  }

  private void tick() {
    if (ended == null) {
      boolean unheard = soundPackets() == 0;
      handset().tick(lane.nowNanos());
      if (unheard && soundPackets() > 0) {
        phone.note("(sound)");
      }
      tickNanos += FRAME_NANOS * 1_000_000 / (1_000_000 + phone.manners().driftPpm());
      lane.wakeAt(tickNanos, Phone.RESOURCE, this::tick);
    }
  }

  private Handset handset() {
    return Objects.requireNonNull(handset, "the call has no sound yet");
  }

  private void tell(SessionCommand command) {
    Objects.requireNonNull(session).tell(command);
  }
}
