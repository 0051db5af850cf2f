package io.tipring.core.control;

import io.tipring.api.CallId;
import io.tipring.api.SessionId;
import java.net.URI;
import java.time.Duration;

/// Where a connection goes, and what it is for.
///
/// @param application its name in the configuration, by which the link finds credentials and
///   certificates
/// @param handshake when it has not opened by then, the link refuses it and says how far it came
public record Destination(
    String application, URI url, SessionId session, CallId call, Duration handshake) {}
