package io.tipring.edge.sip;

/// What the transaction table counts. Live ones of a kind are those begun less those ended.
public enum TransactionMeter {
  INVITE_CLIENT_BEGUN,
  INVITE_CLIENT_ENDED,
  NON_INVITE_CLIENT_BEGUN,
  NON_INVITE_CLIENT_ENDED,
  INVITE_SERVER_BEGUN,
  INVITE_SERVER_ENDED,
  NON_INVITE_SERVER_BEGUN,
  NON_INVITE_SERVER_ENDED,
  /// Copies of a request that found their transaction.
  REQUESTS_REPEATED,
  /// The same request on a second way (RFC 3261 8.2.2.2).
  REQUESTS_MERGED,
  /// Answered 503 since there are too many transactions.
  REQUESTS_REFUSED,
  /// Answered 500 by the table since the user did not answer: a fault of ours.
  REQUESTS_UNANSWERED,
  /// Answers of the user whose transaction was gone.
  ANSWERS_TOO_LATE,
  /// Responses that belong to no transaction.
  RESPONSES_STRAY,
  TIMEOUTS,
  TRANSPORT_FAILURES
}
