/// Phones that really speak SIP and RTP, in a World or over real sockets, and that can behave
/// badly.
@NullMarked
package io.tipring.testkit.phone;

import org.jspecify.annotations.NullMarked;
