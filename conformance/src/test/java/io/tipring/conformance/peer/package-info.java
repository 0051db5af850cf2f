/// Programs that others wrote, how to run them, and the report of which have judged us.
@NullMarked
package io.tipring.conformance.peer;

import org.jspecify.annotations.NullMarked;
