package io.tipring.wire.sdp;

/// What we make of a description that a peer sent.
public sealed interface Judgement {
  /// We can talk.
  ///
  /// @param theirs what they sent
  /// @param stream index of the agreed audio among its media; the others are refused
  record Accepted(SessionDescription theirs, int stream, NegotiatedAudio audio)
      implements Judgement {}

  /// We cannot: 488, with this Warning.
  ///
  /// @param code of RFC 3261 20.43
  /// @param why fit for the quoted text of a Warning
  record Refused(int code, String why) implements Judgement {
    public static final int NETWORK_PROTOCOL = 300;
    public static final int ADDRESS_FORMAT = 301;
    public static final int TRANSPORT_PROTOCOL = 302;
    public static final int MEDIA_TYPE = 304;
    public static final int MEDIA_FORMAT = 305;
    public static final int MULTICAST = 330;
    public static final int MISCELLANEOUS = 399;

    /// The value of a Warning header.
    ///
    /// @param agent host of ours, or a pseudonym
    public String warning(String agent) {
      return code + " " + agent + " \"" + why + "\"";
    }
  }
}
