package io.tipring.api;

/// Opaque, sortable id of one gather in progress, for example `ivr_01JD3Q...`.
public record IvrId(String value) {
  public static final String PREFIX = "ivr_";

  @Override
  public String toString() {
    return value;
  }
}
