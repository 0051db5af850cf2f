/// Applications in other processes: the examples, alone and behind the real exchange.
@org.jspecify.annotations.NullMarked
package io.tipring.conformance.application;
