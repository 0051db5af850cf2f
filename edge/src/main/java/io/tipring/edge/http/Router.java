package io.tipring.edge.http;

import java.util.HashMap;
import java.util.Map;

/// Which path is answered by what. Filled once, before the server starts. Every path is a resource
/// that is only read.
public final class Router {
  private final Map<String, Handler> handlers = new HashMap<>();

  /// Answers GET and HEAD of `path`, which is compared whole and without its query.
  public Router get(String path, Handler handler) {
    if (handlers.putIfAbsent(path, handler) != null) {
      throw new IllegalArgumentException("two handlers for " + path);
    }
    return this;
  }

  Reply route(String method, String uri) {
    int query = uri.indexOf('?');
    Handler handler = handlers.get(query < 0 ? uri : uri.substring(0, query));
    if (handler == null) {
      return Reply.problem(404, "Not Found", "Nothing is here. The start page / names what is.");
    }
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return Reply.problem(405, "Method Not Allowed", "This can only be read: use GET.");
    }
    return handler.answer();
  }
}
