package io.tipring.api.control;

import io.tipring.api.CallId;
import java.time.Instant;
import java.util.Optional;

/// One message to an application.
///
/// @param id unlike that of any other message of the session; an event that is sent again after a
///   resume keeps the id it had
/// @param time when it happened, not when it was sent
/// @param seq where in the call's events it stands; only events have it
/// @param ref the operation it is about
public record Envelope(
    String id,
    Instant time,
    Optional<Cursor> seq,
    CallId call,
    Optional<String> ref,
    ToApplication message) {}
