package io.tipring.edge.rtp;

/// How sessions behave, the same for all legs.
///
/// @param relatchMillis the latched source must have been silent for so long before another may
///   take its place
/// @param maxPacketsPerReceive what is taken off one leg's socket at a time; a flood beyond it
///   waits in the kernel
public record RtpSettings(int relatchMillis, int maxPacketsPerReceive) {
  public static final RtpSettings STANDARD = new RtpSettings(3_000, 64);

  public RtpSettings {
    if (relatchMillis < 100 || maxPacketsPerReceive < 4) {
      throw new IllegalArgumentException(
          "relatchMillis must be 100 or more and maxPacketsPerReceive 4 or more: "
              + relatchMillis
              + ", "
              + maxPacketsPerReceive);
    }
  }
}
