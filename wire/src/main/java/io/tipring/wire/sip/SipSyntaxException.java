package io.tipring.wire.sip;

/// A header (or the start line) that does not follow the grammar of RFC 3261 25.1.
///
/// Carries no stack trace: a peer that sends garbage must not be able to make us pay for one, and
/// the place that matters is the header, not the line of our code. The phrase is made of our own
/// words and of header names only, never of the text that was received, so it may be put on a
/// status line.
public final class SipSyntaxException extends RuntimeException {
  private final String headerName;
  private final String phrase;

  public SipSyntaxException(String headerName, String phrase) {
    super(null, null, false, false);
    this.headerName = headerName;
    this.phrase = phrase;
  }

  /// Header and phrase in one line, fit for a reason phrase.
  @Override
  public String getMessage() {
    return "Bad " + headerName + ": " + phrase;
  }

  /// The header's full name, or `Request-Line`, `Request-URI`, `Status-Line`.
  public String headerName() {
    return headerName;
  }

  /// What is wrong with it, in a few words.
  public String phrase() {
    return phrase;
  }
}
