package io.tipring.testkit.phone;

import io.tipring.media.spec.Encoding;
import io.tipring.media.spec.MediaSpec;
import io.tipring.media.spec.PeerAddress;
import io.tipring.wire.sdp.Capabilities;
import io.tipring.wire.sdp.Direction;
import io.tipring.wire.sdp.Judgement;
import io.tipring.wire.sdp.LocalMedia;
import io.tipring.wire.sdp.NegotiatedAudio;
import io.tipring.wire.sdp.OfferAnswer;
import io.tipring.wire.sdp.RtpMap;
import io.tipring.wire.sdp.SessionDescription;
import io.tipring.wire.sip.Body;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Offers and answers of one call.
final class PhoneSdp {
  private static final Capabilities ABILITIES =
      Capabilities.of(List.of(new RtpMap(0, "PCMU", 8000), new RtpMap(8, "PCMA", 8000)));

  private final LocalMedia local;
  private final Capabilities ours;
  private @Nullable SessionDescription described;
  private Direction direction = Direction.SENDRECV;

  PhoneSdp(LocalMedia local, boolean telephoneEvents) {
    this.local = local;
    this.ours = telephoneEvents ? ABILITIES : ABILITIES.withTelephoneEvents(OptionalInt.empty());
  }

  /// What the next offers and answers want of the stream.
  void want(Direction wanted) {
    direction = wanted;
  }

  Body offer() {
    SessionDescription offer =
        OfferAnswer.offer(ours.withDirection(direction), local, Optional.ofNullable(described));
    described = offer;
    return Body.of(offer.bytes());
  }

  /// Our answer and what it means for the sound; empty when the offer is refused.
  Optional<Answer> answer(Body offer) {
    Capabilities now = ours.withDirection(direction);
    return switch (OfferAnswer.judge(offer.toByteArray(), now)) {
      case Judgement.Accepted accepted -> {
        SessionDescription answer =
            OfferAnswer.answer(accepted, now, local, Optional.ofNullable(described));
        described = answer;
        yield Optional.of(new Answer(Body.of(answer.bytes()), spec(accepted.audio())));
      }
      case Judgement.Refused _ -> Optional.empty();
    };
  }

  record Answer(Body body, MediaSpec spec) {}

  /// What the peer's answer to our offer means; empty when it is no answer to it.
  Optional<MediaSpec> settle(Body answer) {
    if (described == null) {
      return Optional.empty();
    }
    return switch (OfferAnswer.readAnswer(described, answer.toByteArray(), ours)) {
      case Judgement.Accepted accepted -> Optional.of(spec(accepted.audio()));
      case Judgement.Refused _ -> Optional.empty();
    };
  }

  private static MediaSpec spec(NegotiatedAudio audio) {
    Encoding encoding =
        audio.encoding().encoding().equalsIgnoreCase("PCMA") ? Encoding.PCMA : Encoding.PCMU;
    return new MediaSpec(
        encoding,
        audio.encoding().payloadType(),
        audio.telephoneEvents(),
        audio.packetMillis(),
        direction(audio.direction()),
        false,
        new PeerAddress(audio.address().text(), audio.rtpPort(), audio.rtcpPort()));
  }

  private static io.tipring.media.spec.Direction direction(Direction direction) {
    return switch (direction) {
      case SENDRECV -> io.tipring.media.spec.Direction.SEND_RECEIVE;
      case SENDONLY -> io.tipring.media.spec.Direction.SEND_ONLY;
      case RECVONLY -> io.tipring.media.spec.Direction.RECEIVE_ONLY;
      case INACTIVE -> io.tipring.media.spec.Direction.INACTIVE;
    };
  }
}
