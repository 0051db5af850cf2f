package io.tipring.edge.sip;

import io.tipring.api.EndReason;
import io.tipring.api.LegId;
import io.tipring.core.call.LegCommand;
import io.tipring.core.call.LegEvent;
import io.tipring.wire.sdp.Direction;
import io.tipring.wire.sdp.Judgement.Refused;
import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.DtmfInfo;
import io.tipring.wire.sip.Header;
import io.tipring.wire.sip.ReasonHeader;
import io.tipring.wire.sip.dialog.EndCause;
import io.tipring.wire.sip.dialog.SessionCommand;
import io.tipring.wire.sip.dialog.SessionNotice;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A caller's leg: joins the INVITE session, its offers and answers, and the exchange. Owner: the
/// lane.
final class SipLeg {
  private final LegId id;
  private final LegMedia media;
  private final LegEvent.LegOffered introduction;
  private final Consumer<LegEvent> exchange;
  private final Runnable gone;
  private @Nullable SipSession session;

  /// Why we end it, when it is us.
  private Optional<EndReason> ours = Optional.empty();

  private boolean introduced;
  private boolean answered;

  /// The caller asked us for the offer (RFC 3261 13.2.1), so its ACK brings the answer.
  private boolean offerIsOurs;

  SipLeg(
      LegEvent.LegOffered introduction,
      LegMedia media,
      Consumer<LegEvent> exchange,
      Runnable gone) {
    this.id = introduction.leg();
    this.introduction = introduction;
    this.media = media;
    this.exchange = exchange;
    this.gone = gone;
  }

  void join(SipSession ownSession) {
    session = ownSession;
  }

  void on(LegCommand command) {
    switch (command) {
      case LegCommand.RingLeg _ -> tell(new SessionCommand.Progress(180, Body.EMPTY));
      case LegCommand.AnswerLeg _ -> answer();
      case LegCommand.RejectLeg(LegId _, int status, EndReason reason) -> reject(status, reason);
      case LegCommand.HangUpLeg(LegId _, EndReason reason) -> hangUp(reason);
    }
  }

  void on(SessionNotice notice) {
    switch (notice) {
      case SessionNotice.Offered(Body offer) -> offered(offer);
      case SessionNotice.Confirmed(Body answer) -> confirmed(answer);
      case SessionNotice.ChangeOffered(Body offer) -> changeOffered(offer);
      case SessionNotice.Changed(Body answer) -> changed(answer);
      case SessionNotice.InfoReceived(String type, Body body) ->
          DtmfInfo.read(type, body)
              .ifPresent(
                  key -> exchange.accept(new LegEvent.LegKey(id, key.key(), key.durationMillis())));
      case SessionNotice.Ended(EndCause cause, int _, Optional<String> _) -> ended(cause);
      case SessionNotice.Progressed _,
          SessionNotice.Answered _,
          SessionNotice.Challenged _,
          SessionNotice.ChangeRefused
              _ -> {} // Only who calls hears these; we do not ask for changes.
    }
  }

  private void offered(Body offer) {
    offerIsOurs = offer.isEmpty();
    Optional<Refused> refused = offerIsOurs ? Optional.empty() : media.consider(offer);
    if (refused.isPresent()) {
      // RFC 3261 13.3.1.3
      Header reason = ReasonHeader.q850(EndReason.NOT_ACCEPTABLE.q850());
      tell(new SessionCommand.Reject(488, List.of(warning(refused.get()), reason)));
    } else {
      introduced = true;
      exchange.accept(introduction);
    }
  }

  private void answer() {
    Optional<Body> description = offerIsOurs ? media.offer(Direction.SENDRECV) : media.answer();
    if (description.isEmpty()) {
      reject(503, EndReason.OVERLOADED); // No port is free.
    } else {
      answered = true;
      tell(new SessionCommand.Answer(description.get()));
    }
  }

  private void confirmed(Body answer) {
    Optional<Refused> refused = offerIsOurs ? media.settle(answer) : Optional.empty();
    if (refused.isPresent()) {
      hangUp(EndReason.NOT_ACCEPTABLE);
    } else {
      media.confirm();
      exchange.accept(new LegEvent.LegAnswered(id));
    }
  }

  private void changeOffered(Body offer) {
    Optional<Refused> refused = offer.isEmpty() ? Optional.empty() : media.consider(offer);
    if (refused.isPresent()) {
      tell(new SessionCommand.RefuseChange(488, List.of(warning(refused.get()))));
      return;
    }
    Optional<Body> description = offer.isEmpty() ? media.offer(Direction.SENDRECV) : media.answer();
    if (description.isEmpty()) {
      tell(new SessionCommand.RefuseChange(488));
    } else {
      tell(new SessionCommand.AcceptChange(description.get()));
    }
  }

  /// A change is agreed: by our answer, or by theirs, which comes as the body.
  private void changed(Body answer) {
    if (!answer.isEmpty() && media.settle(answer).isPresent()) {
      hangUp(EndReason.NOT_ACCEPTABLE);
    } else {
      exchange.accept(new LegEvent.LegChanged(id, media.held()));
    }
  }

  private void reject(int status, EndReason reason) {
    ours = ours.or(() -> Optional.of(reason));
    List<Header> headers =
        status == 503
            ? List.of(ReasonHeader.q850(reason.q850()), new Header("Retry-After", "10"))
            : List.of(ReasonHeader.q850(reason.q850()));
    tell(new SessionCommand.Reject(status, headers));
  }

  /// Before the answer the caller is told why: that an exchange is being stopped is no *decline*,
  /// and a proxy may try another one (RFC 3261 16.7 6).
  private void hangUp(EndReason reason) {
    if (!answered && reason.sipStatus() != 0) {
      reject(reason.sipStatus(), reason);
      return;
    }
    ours = ours.or(() -> Optional.of(reason));
    tell(new SessionCommand.HangUp(List.of(ReasonHeader.q850(reason.q850()))));
  }

  private void ended(EndCause cause) {
    if (introduced) {
      // Said first: what plays breaks off with the sound, and must not seem to have lost it.
      exchange.accept(new LegEvent.LegEnded(id, reason(cause, ours)));
    }
    media.close();
    gone.run();
  }

  /// @param ours why we ended it, when it was us
  static EndReason reason(EndCause cause, Optional<EndReason> ours) {
    return switch (cause) {
      case CANCELLED -> EndReason.CALLER_CANCELLED;
      case REMOTE_BYE -> EndReason.CALLER_HUNG_UP;
      case LOCAL_BYE, LOCAL_CANCEL -> ours.orElse(EndReason.APP_HUNG_UP);
      case REJECTED -> ours.orElse(EndReason.APP_REJECTED);
      case UNACCEPTABLE, NO_SESSION_DESCRIPTION -> EndReason.NOT_ACCEPTABLE;
      case NO_ANSWER, REFUSED -> EndReason.APP_DID_NOT_ANSWER;
      case NOT_CONFIRMED -> EndReason.NOT_CONFIRMED;
      case SESSION_EXPIRED -> EndReason.SESSION_EXPIRED;
      case DIALOG_GONE, TRANSPORT_FAILED -> EndReason.PEER_LOST;
    };
  }

  private void tell(SessionCommand command) {
    if (session != null) {
      session.tell(command);
    }
  }

  private static Header warning(Refused refused) {
    return new Header("Warning", refused.warning("tipring"));
  }
}
