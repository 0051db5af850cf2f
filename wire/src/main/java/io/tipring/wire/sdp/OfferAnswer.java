package io.tipring.wire.sdp;

import io.tipring.wire.sdp.Judgement.Accepted;
import io.tipring.wire.sdp.Judgement.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The offer/answer model (RFC 3264) for calls of one audio stream.
///
/// An answer comes in two steps, because our port is only taken once there is something to answer:
/// [#judge] the offer, reserve a port of the family it wants, then [#answer].
///
/// ```
/// they offer:   judge(offer, ours)  -> Accepted -> answer(accepted, ours, local, previous)
/// we offer:     offer(ours, local, previous)  ...  readAnswer(offer, answer, ours) -> Accepted
/// ```
///
/// `previous` is the description we sent last in this session: its session id stays, its version
/// moves on only when something changed, and its media keep their places (RFC 3264 8).
public final class OfferAnswer {
  private OfferAnswer() {}

  /// Judges the body of a message. What cannot be read is refused, with the line that is wrong.
  public static Judgement judge(byte[] offer, Capabilities ours) {
    try {
      return judge(new SdpParser().parse(offer), ours);
    } catch (SdpSyntaxException e) {
      return new Refused(Refused.MISCELLANEOUS, "Bad session description, " + e.getMessage());
    }
  }

  /// Takes the first audio stream we can do. With none, the reason of the first audio stream
  /// counts.
  public static Judgement judge(SessionDescription offer, Capabilities ours) {
    Optional<Refused> refused = Optional.empty();
    for (int i = 0; i < offer.media().size(); i++) {
      MediaDescription stream = offer.media().get(i);
      if (!stream.line().media().equals("audio") || stream.line().port() == 0) {
        continue;
      }
      switch (StreamJudge.judge(offer, stream, ours)) {
        case StreamJudge.Agreed(NegotiatedAudio audio) -> {
          return new Accepted(offer, i, audio);
        }
        case StreamJudge.Not(Refused why) -> refused = refused.or(() -> Optional.of(why));
      }
    }
    return refused.orElseGet(() -> new Refused(Refused.MEDIA_TYPE, "Only audio is available here"));
  }

  /// Our answer to an offer that was accepted: the same media in the same places, ours answered
  /// with one encoding (and telephone events), every other refused with port 0 (RFC 3264 6).
  public static SessionDescription answer(
      Accepted accepted,
      Capabilities ours,
      LocalMedia local,
      Optional<SessionDescription> previous) {
    SessionDescription offer = accepted.theirs();
    List<MediaDescription> media = new ArrayList<>();
    for (int i = 0; i < offer.media().size(); i++) {
      MediaDescription stream = offer.media().get(i);
      media.add(
          i == accepted.stream()
              ? answerStream(stream, accepted.audio(), ours, local)
              : new MediaDescription(stream.line().refused(), List.of()));
    }
    // RFC 3264 6: the t= lines of the answer are those of the offer.
    List<SdpLine> times = offer.lines().stream().filter(line -> line.type() == 't').toList();
    return versioned(local, times.isEmpty() ? List.of(FOR_EVER) : times, media, previous);
  }

  private static MediaDescription answerStream(
      MediaDescription offered, NegotiatedAudio audio, Capabilities ours, LocalMedia local) {
    Optional<RtpMap> events =
        audio.telephoneEvents().isPresent()
            ? Optional.of(eventMap(audio.telephoneEvents().getAsInt()))
            : Optional.empty();
    boolean mux = offered.rtcpMux() && ours.rtcpMux();
    return stream(
        offered.line().protocol(),
        List.of(audio.encoding()),
        events,
        audio.direction(),
        ours.packetMillis(),
        local,
        mux);
  }

  /// An offer of ours: the first of a session, or a later one when there is a `previous`.
  public static SessionDescription offer(
      Capabilities ours, LocalMedia local, Optional<SessionDescription> previous) {
    // RFC 3264 8.3.2: a payload type keeps its meaning through the session.
    OptionalInt events =
        previous
            .map(OfferAnswer::eventsOf)
            .filter(OptionalInt::isPresent)
            .filter(_ -> ours.telephoneEvents().isPresent())
            .orElse(ours.telephoneEvents());
    Optional<RtpMap> eventMap =
        events.isPresent() ? Optional.of(eventMap(events.getAsInt())) : Optional.empty();
    MediaDescription audio =
        stream(
            "RTP/AVP",
            ours.encodings(),
            eventMap,
            ours.direction(),
            ours.packetMillis(),
            local,
            ours.rtcpMux());
    List<MediaDescription> media = new ArrayList<>();
    boolean placed = false;
    for (MediaDescription before : previous.map(SessionDescription::media).orElse(List.of())) {
      boolean here = !placed && isLiveAudio(before);
      media.add(
          here
              ? keepingProtocol(audio, before)
              : new MediaDescription(before.line().refused(), List.of()));
      placed |= here;
    }
    if (!placed) {
      media.add(audio);
    }
    return versioned(local, List.of(FOR_EVER), media, previous);
  }

  /// Reads the answer to an offer of ours. A refusal here means that the call cannot stand: ACK,
  /// then BYE.
  public static Judgement readAnswer(
      SessionDescription offer, SessionDescription answer, Capabilities ours) {
    for (int i = 0; i < offer.media().size(); i++) {
      MediaDescription offered = offer.media().get(i);
      if (!isLiveAudio(offered)) {
        continue;
      }
      if (i >= answer.media().size()) {
        return new Refused(Refused.MISCELLANEOUS, "The answer has fewer media than the offer");
      }
      MediaDescription stream = answer.media().get(i);
      if (stream.line().port() == 0 || !stream.line().media().equals("audio")) {
        return new Refused(Refused.MEDIA_TYPE, "The answer refuses audio");
      }
      // Only what we offered counts; in the answerer's order (RFC 3264 6.1).
      Capabilities offeredNow =
          ours.withDirection(offer.directionOf(offered))
              .withTelephoneEvents(eventsOf(offer))
              .withRtcpMux(offered.rtcpMux())
              .withOrder(Capabilities.Order.OFFERERS);
      return switch (StreamJudge.judge(answer, stream, offeredNow)) {
        case StreamJudge.Agreed(NegotiatedAudio audio) -> new Accepted(answer, i, audio);
        case StreamJudge.Not(Refused why) -> why;
      };
    }
    return new Refused(Refused.MEDIA_TYPE, "The offer had no audio");
  }

  /// Judges the body of an answer, see the other `readAnswer`.
  public static Judgement readAnswer(SessionDescription offer, byte[] answer, Capabilities ours) {
    try {
      return readAnswer(offer, new SdpParser().parse(answer), ours);
    } catch (SdpSyntaxException e) {
      return new Refused(Refused.MISCELLANEOUS, "Bad session description, " + e.getMessage());
    }
  }

  private static final SdpLine FOR_EVER = new SdpLine('t', "0 0");

  private static boolean isLiveAudio(MediaDescription stream) {
    return stream.line().media().equals("audio") && stream.line().port() != 0;
  }

  private static OptionalInt eventsOf(SessionDescription description) {
    return description.media().stream()
        .filter(OfferAnswer::isLiveAudio)
        .flatMap(stream -> stream.rtpMaps().stream())
        .filter(RtpMap::isTelephoneEvent)
        .mapToInt(RtpMap::payloadType)
        .findFirst();
  }

  private static RtpMap eventMap(int payloadType) {
    return new RtpMap(payloadType, RtpMap.TELEPHONE_EVENT, 8000);
  }

  private static MediaDescription keepingProtocol(MediaDescription audio, MediaDescription before) {
    MediaLine line = audio.line();
    return new MediaDescription(
        MediaLine.of(line.media(), line.port(), before.line().protocol(), line.formats()),
        audio.lines());
  }

  private static MediaDescription stream(
      String protocol,
      List<RtpMap> encodings,
      Optional<RtpMap> events,
      Direction direction,
      int packetMillis,
      LocalMedia local,
      boolean mux) {
    List<RtpMap> maps = new ArrayList<>(encodings);
    events.ifPresent(maps::add);
    List<String> formats = maps.stream().map(map -> Integer.toString(map.payloadType())).toList();
    List<SdpLine> lines = new ArrayList<>();
    maps.forEach(map -> lines.add(map.line()));
    // RFC 4733 2.4.1: the sixteen keys, nothing else.
    events.ifPresent(map -> lines.add(SdpLine.attribute("fmtp", map.payloadType() + " 0-15")));
    lines.add(SdpLine.attribute("ptime", Integer.toString(packetMillis)));
    lines.add(SdpLine.flag(direction.token()));
    if (local.rtcpPort() != local.rtpPort() + 1) {
      lines.add(SdpLine.attribute("rtcp", Integer.toString(local.rtcpPort())));
    }
    if (mux) {
      lines.add(SdpLine.flag("rtcp-mux"));
    }
    return new MediaDescription(MediaLine.of("audio", local.rtpPort(), protocol, formats), lines);
  }

  private static SessionDescription versioned(
      LocalMedia local,
      List<SdpLine> times,
      List<MediaDescription> media,
      Optional<SessionDescription> previous) {
    Origin origin =
        previous
            .map(SessionDescription::origin)
            .orElseGet(() -> Origin.of(local.sessionId(), local.address()));
    List<SdpLine> lines = new ArrayList<>();
    lines.add(new SdpLine('v', "0"));
    lines.add(origin.line());
    lines.add(new SdpLine('s', "-"));
    lines.add(Connection.of(local.address()).line());
    lines.addAll(times);
    SessionDescription described = new SessionDescription(lines, media);
    // RFC 3264 8: the version moves on by one when, and only when, something changed.
    boolean changed = previous.isPresent() && !previous.get().equals(described);
    return changed ? described.withOrigin(origin.next()) : described;
  }
}
