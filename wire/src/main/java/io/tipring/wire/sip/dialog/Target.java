package io.tipring.wire.sip.dialog;

import io.tipring.wire.sip.Header;
import io.tipring.wire.sip.NameAddr;
import io.tipring.wire.sip.Uri;
import java.util.List;

/// Whom to call, and as whom.
///
/// @param uri the Request-URI
/// @param from our name, without tag
/// @param to the callee's name, without tag
/// @param contact ours
/// @param routes proxies to go through, such as an outbound proxy
/// @param headers to add, such as Authorization
public record Target(
    Uri uri,
    NameAddr from,
    NameAddr to,
    NameAddr contact,
    List<NameAddr> routes,
    List<Header> headers) {
  public Target {
    routes = List.copyOf(routes);
    headers = List.copyOf(headers);
  }
}
