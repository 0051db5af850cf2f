/// The internet of a World: hosts, datagrams, streams, bad links, NATs and partitions.
@NullMarked
package io.tipring.testkit.net;

import org.jspecify.annotations.NullMarked;
