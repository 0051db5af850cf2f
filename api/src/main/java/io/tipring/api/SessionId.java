package io.tipring.api;

/// Opaque, sortable id of what joins one call to one remote application, however often their
/// connection is made anew; for example `sess_01JD3Q...`.
public record SessionId(String value) {
  public static final String PREFIX = "sess_";

  @Override
  public String toString() {
    return value;
  }
}
