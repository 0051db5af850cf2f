/// Benchmarks, each beside a peer or a goal, with the machine and the health of the generator in
/// every report.
@NullMarked
package io.tipring.bench;

import org.jspecify.annotations.NullMarked;
