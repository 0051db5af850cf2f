/// A whole telephone network in one thread on a virtual clock: the same seed gives the same bytes,
/// in any process.
@NullMarked
package io.tipring.testkit.world;

import org.jspecify.annotations.NullMarked;
