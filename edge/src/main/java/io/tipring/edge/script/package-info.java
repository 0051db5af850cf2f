/// Runs [io.tipring.api.script.CallScript]s: each on a thread of its own that waits while the lane
/// works. Threads and web come from ports, so that a World can hand a script its turn and nobody
/// else runs meanwhile.
@NullMarked
package io.tipring.edge.script;

import org.jspecify.annotations.NullMarked;
