/// A whole exchange in the World.
@NullMarked
package io.tipring.testkit.exchange;

import org.jspecify.annotations.NullMarked;
