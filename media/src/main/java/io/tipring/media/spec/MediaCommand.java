package io.tipring.media.spec;

/// What signalling and calls ask of the media plane. Every command names the leg; those that end
/// later carry a `ref` that comes back in exactly one [MediaEvent.Finished].
public sealed interface MediaCommand {
  /// Text of the leg's id.
  String leg();

  /// Start the pipeline on the port that was reserved for `leg`.
  record Open(String leg, MediaSpec spec) implements MediaCommand {}

  /// Apply a later answer: codec, direction or address changed. SSRC, sequence and timestamp go on.
  record Change(String leg, MediaSpec spec) implements MediaCommand {}

  /// Play once, or until stopped when `forever`. Plays after what is already playing on the leg.
  record Play(String leg, String ref, Source source, boolean forever) implements MediaCommand {}

  /// Send the leg's own sound back to it until stopped.
  record Echo(String leg, String ref) implements MediaCommand {}

  /// Send DTMF, as RFC 4733 events when negotiated, else as tones.
  ///
  /// @param digits of `0-9*#A-D`; `,` is a pause of 500 ms
  record SendDigits(String leg, String ref, String digits, int toneMillis, int gapMillis)
      implements MediaCommand {}

  /// End the play, echo or digits called `ref` now; it finishes as STOPPED.
  record Stop(String leg, String ref) implements MediaCommand {}

  /// Hand the pipeline to another worker at a frame boundary.
  record Move(String leg, int worker) implements MediaCommand {}

  /// End the pipeline, or give back the reservation. Everything unfinished ends as GONE, then
  /// [MediaEvent.Closed].
  record Close(String leg) implements MediaCommand {}
}
