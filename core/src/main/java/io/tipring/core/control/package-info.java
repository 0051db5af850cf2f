/// What joins a call to an application that lives in another process: connecting, being told where
/// to go on, loss, giving up. Connections themselves come from a port, [Links].
@org.jspecify.annotations.NullMarked
package io.tipring.core.control;
