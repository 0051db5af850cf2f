/// Connections to remote applications: WebSocket as a client (RFC 6455), one per call.
///
/// [io.tipring.edge.control.WebSocketLink] is the lane's end of a connection; an attempt at one is
/// an [io.tipring.edge.control.Attempt], and what is said on it an
/// [io.tipring.edge.control.Conversation], both on an event loop. What they have to tell goes to
/// the lane through [io.tipring.edge.control.Turns], a few at a time.
@org.jspecify.annotations.NullMarked
package io.tipring.edge.control;
