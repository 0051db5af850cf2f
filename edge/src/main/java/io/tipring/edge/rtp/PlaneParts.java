package io.tipring.edge.rtp;

import io.tipring.core.lane.Randomness;
import java.util.function.LongSupplier;

/// What all workers of a media plane share.
///
/// @param clock monotonic, nanoseconds
record PlaneParts(
    PortPool pool,
    RtpMeters meters,
    Randomness randomness,
    WallClock wallClock,
    LongSupplier clock) {}
