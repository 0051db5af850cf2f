/// Bytes that no honest phone sends.
@NullMarked
package io.tipring.conformance.abuse;

import org.jspecify.annotations.NullMarked;
