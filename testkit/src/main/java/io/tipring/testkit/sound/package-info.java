/// Listening: is that tone in there, how loud, which keys were heard. "200 OK" is never proof of a
/// call.
@NullMarked
package io.tipring.testkit.sound;

import org.jspecify.annotations.NullMarked;
