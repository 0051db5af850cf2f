package io.tipring.app.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Tables whose names are the operator's own: `[applications.NAME]`.
///
/// @param usual what a table means that says nothing
/// @param tables by name, in the order of the file
public record Named<R extends Record>(R usual, Map<String, R> tables) {
  public Named {
    tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
  }
}
