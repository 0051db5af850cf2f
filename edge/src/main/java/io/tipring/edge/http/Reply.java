package io.tipring.edge.http;

/// What the server answers. Never cached by anybody.
public record Reply(int status, String contentType, String body) {
  public static Reply text(int status, String text) {
    return new Reply(status, "text/plain; charset=utf-8", text);
  }

  public static Reply html(String page) {
    return new Reply(200, "text/html; charset=utf-8", page);
  }

  /// An error that says what to do about it (RFC 9457). Neither text may come from the request.
  public static Reply problem(int status, String title, String detail) {
    String json =
        "{\"type\":\"about:blank\",\"title\":\""
            + title
            + "\",\"status\":"
            + status
            + ",\"detail\":\""
            + detail
            + "\"}\n";
    return new Reply(status, "application/problem+json", json);
  }
}
