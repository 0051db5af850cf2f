package io.tipring.api;

/// Opaque, sortable id of one operation, for example `op_01JD3Q...`.
public record OperationId(String value) {
  public static final String PREFIX = "op_";

  @Override
  public String toString() {
    return value;
  }
}
