/// Remote applications in the World: what they hear and say is records, the connection to them is
/// virtual.
@NullMarked
package io.tipring.testkit.application;

import org.jspecify.annotations.NullMarked;
