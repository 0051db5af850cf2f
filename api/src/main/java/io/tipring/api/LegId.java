package io.tipring.api;

/// Opaque, sortable id of one leg, for example `leg_01JD3Q...`.
public record LegId(String value) {
  public static final String PREFIX = "leg_";

  @Override
  public String toString() {
    return value;
  }
}
