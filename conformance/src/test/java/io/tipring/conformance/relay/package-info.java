/// A bad network between a peer and the exchange, in user space: datagrams are lost, late and out
/// of order.
@NullMarked
package io.tipring.conformance.relay;

import org.jspecify.annotations.NullMarked;
