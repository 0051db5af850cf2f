package io.tipring.api;

/// Opaque, sortable id of one call, for example `call_01JD3Q...`.
public record CallId(String value) {
  public static final String PREFIX = "call_";

  @Override
  public String toString() {
    return value;
  }
}
