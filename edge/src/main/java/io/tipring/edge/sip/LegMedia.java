package io.tipring.edge.sip;

import io.tipring.edge.net.LocalAddresses;
import io.tipring.edge.net.OwnAddress;
import io.tipring.media.spec.Encoding;
import io.tipring.media.spec.MediaCommand;
import io.tipring.media.spec.MediaPlane;
import io.tipring.media.spec.MediaPlane.Reservation;
import io.tipring.media.spec.MediaSpec;
import io.tipring.media.spec.PeerAddress;
import io.tipring.wire.rtp.TelephoneEvent;
import io.tipring.wire.sdp.Capabilities;
import io.tipring.wire.sdp.Direction;
import io.tipring.wire.sdp.IpAddress;
import io.tipring.wire.sdp.Judgement;
import io.tipring.wire.sdp.Judgement.Accepted;
import io.tipring.wire.sdp.Judgement.Refused;
import io.tipring.wire.sdp.LocalMedia;
import io.tipring.wire.sdp.NegotiatedAudio;
import io.tipring.wire.sdp.OfferAnswer;
import io.tipring.wire.sdp.SessionDescription;
import io.tipring.wire.sip.Body;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One leg's offers and answers, and the pipeline that follows from them: reserves a port when
/// there is something to answer, opens the pipeline when both sides agree, changes it when they
/// agree anew. Owner: the lane.
///
/// Nothing is sent before the peer has shown that it reads what we answer. A datagram's source is
/// easily forged: one INVITE would otherwise aim 32 s of sound, hundreds of times its own size, at
/// whatever address its SDP names.
public final class LegMedia {
  private static final int ANY_PORT = 0;

  private final String leg;
  private final MediaPlane plane;
  private final OwnAddress own;
  private final Capabilities ours;
  private final boolean inBandDigits;
  private final InetAddress signallingPeer;
  private final long sessionId;

  private @Nullable Accepted considered;
  private @Nullable Reservation reserved;
  private @Nullable SessionDescription described;
  private @Nullable NegotiatedAudio agreed;
  private boolean open;
  private boolean confirmed;
  private boolean held;

  /// @param sessionId random, for `o=`
  /// @param signallingPeer where SIP comes from; decides the family while the peer has not said
  ///   where its media are
  public LegMedia(String leg, Terms terms, InetAddress signallingPeer, long sessionId) {
    this.leg = leg;
    this.plane = terms.plane();
    this.own = terms.own();
    this.ours = terms.ours();
    this.inBandDigits = terms.inBandDigits();
    this.signallingPeer = signallingPeer;
    this.sessionId = sessionId;
  }

  /// What all legs have in common.
  ///
  /// @param inBandDigits listen for DTMF in the sound of those who did not negotiate events
  public record Terms(MediaPlane plane, OwnAddress own, Capabilities ours, boolean inBandDigits) {}

  /// The other side sends nothing to hear us with: it holds us.
  public boolean held() {
    return held;
  }

  /// Judges a peer's offer and remembers it for [#answer]. Empty when we can do it.
  public Optional<Refused> consider(Body offer) {
    return switch (OfferAnswer.judge(offer.toByteArray(), ours)) {
      case Accepted accepted -> {
        considered = accepted;
        yield Optional.empty();
      }
      case Refused refused -> Optional.of(refused);
    };
  }

  /// Our answer to the offer that was considered last, and the pipeline that it means. Empty when
  /// no port is free.
  public Optional<Body> answer() {
    Accepted offer = considered;
    if (offer == null || !reserve(offer.audio().address())) {
      return Optional.empty();
    }
    SessionDescription answer =
        OfferAnswer.answer(
            offer, ours, local(offer.audio().address()), Optional.ofNullable(described));
    considered = null;
    described = answer;
    apply(offer.audio());
    return Optional.of(Body.of(answer.bytes()));
  }

  /// Our own offer: the first, or the next in a session. Empty when no port is free.
  public Optional<Body> offer(Direction direction) {
    Optional<IpAddress> peer = IpAddress.parse(signallingPeer.getHostAddress());
    if (peer.isEmpty() || !reserve(peer.get())) {
      return Optional.empty();
    }
    SessionDescription offer =
        OfferAnswer.offer(
            ours.withDirection(direction), local(peer.get()), Optional.ofNullable(described));
    described = offer;
    return Optional.of(Body.of(offer.bytes()));
  }

  /// The peer's answer to our offer. When it is refused the call cannot stand.
  public Optional<Refused> settle(Body answer) {
    SessionDescription offer = described;
    if (offer == null) {
      return Optional.of(new Refused(Refused.MISCELLANEOUS, "An answer without an offer"));
    }
    Judgement judgement = OfferAnswer.readAnswer(offer, answer.toByteArray(), ours);
    return switch (judgement) {
      case Accepted accepted -> {
        confirmed = true; // it answers what it has read
        apply(accepted.audio());
        yield Optional.empty();
      }
      case Refused refused -> Optional.of(refused);
    };
  }

  /// The peer has our answer: its ACK carries our tag. From now on sound may go out.
  public void confirm() {
    if (!confirmed) {
      confirmed = true;
      if (agreed != null) {
        apply(agreed);
      }
    }
  }

  /// Gives everything back. More than once is no news.
  public void close() {
    if (reserved != null) {
      reserved = null;
      plane.tell(new MediaCommand.Close(leg));
    }
  }

  private boolean reserve(IpAddress peer) {
    if (reserved == null) {
      MediaPlane.Family family =
          switch (peer.family()) {
            case IPV4 -> MediaPlane.Family.IPV4;
            case IPV6 -> MediaPlane.Family.IPV6;
          };
      reserved = plane.reserve(leg, family).orElse(null);
    }
    return reserved != null;
  }

  private LocalMedia local(IpAddress peer) {
    Reservation ports = Objects.requireNonNull(reserved);
    InetSocketAddress anywhere = new InetSocketAddress(address(anyOf(peer.family())), ANY_PORT);
    String host = own.towards(anywhere, soundPeer(peer));
    return new LocalMedia(
        sessionId, IpAddress.parse(host).orElseThrow(), ports.rtpPort(), ports.rtcpPort());
  }

  /// Where the peer's sound comes from, as far as that decides what we are called. A private
  /// address behind a public one is that of another network than ours: a NAT is between.
  private InetAddress soundPeer(IpAddress peer) {
    InetAddress named = address(peer);
    boolean hidden =
        LocalAddresses.isLocal(named)
            && !LocalAddresses.isLocal(signallingPeer)
            && named instanceof Inet6Address == signallingPeer instanceof Inet6Address;
    return hidden || peer.isUnspecified() ? signallingPeer : named;
  }

  private void apply(NegotiatedAudio audio) {
    agreed = audio;
    held = !audio.direction().sends();
    MediaSpec spec =
        new MediaSpec(
            encoding(audio),
            audio.encoding().payloadType(),
            audio.telephoneEvents(),
            keys(audio),
            audio.packetMillis(),
            confirmed ? direction(audio.direction()) : onlyReceiving(audio.direction()),
            inBandDigits && audio.telephoneEvents().isEmpty(),
            new PeerAddress(audio.address().text(), audio.rtpPort(), audio.rtcpPort()));
    plane.tell(open ? new MediaCommand.Change(leg, spec) : new MediaCommand.Open(leg, spec));
    open = true;
  }

  /// Only what is in our capabilities can have been agreed.
  private static Encoding encoding(NegotiatedAudio audio) {
    return Arrays.stream(Encoding.values())
        .filter(e -> e.rtpName().equalsIgnoreCase(audio.encoding().encoding()))
        .findFirst()
        .orElseThrow();
  }

  private static String keys(NegotiatedAudio audio) {
    StringBuilder keys = new StringBuilder();
    audio.eventKeys().forEach(code -> keys.append(TelephoneEvent.keyOf(code)));
    return keys.toString();
  }

  private static io.tipring.media.spec.Direction direction(Direction direction) {
    return switch (direction) {
      case SENDRECV -> io.tipring.media.spec.Direction.SEND_RECEIVE;
      case SENDONLY -> io.tipring.media.spec.Direction.SEND_ONLY;
      case RECVONLY -> io.tipring.media.spec.Direction.RECEIVE_ONLY;
      case INACTIVE -> io.tipring.media.spec.Direction.INACTIVE;
    };
  }

  private static io.tipring.media.spec.Direction onlyReceiving(Direction direction) {
    return switch (direction) {
      case SENDRECV, RECVONLY -> io.tipring.media.spec.Direction.RECEIVE_ONLY;
      case SENDONLY, INACTIVE -> io.tipring.media.spec.Direction.INACTIVE;
    };
  }

  private static IpAddress anyOf(IpAddress.Family family) {
    return switch (family) {
      case IPV4 -> new IpAddress(family, "0.0.0.0");
      case IPV6 -> new IpAddress(family, "::");
    };
  }

  /// A literal: nothing is looked up.
  private static InetAddress address(IpAddress literal) {
    try {
      return InetAddress.getByName(literal.text());
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(literal.text(), impossible);
    }
  }
}
