package io.tipring.conformance.relay;

import java.time.Duration;

/// How bad the line is, each way. Probabilities are per datagram, 0.0 to 1.0.
///
/// @param loss never arrives
/// @param delay what every datagram takes
/// @param reorder is held back by `holdBack`, so that later ones overtake it
/// @param seed of the dice
public record BadLine(double loss, Duration delay, double reorder, Duration holdBack, long seed) {}
