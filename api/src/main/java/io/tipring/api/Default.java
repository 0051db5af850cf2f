package io.tipring.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What a member is taken to be when a message leaves it out. Members that are neither [Optional]
/// nor marked so must be there; lists, when left out, are empty.
///
/// The codec, the schema and the documents all read it here.
///
/// [Optional]: java.util.Optional
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
  /// As it would stand in JSON: `15000`, `true`, `#`.
  String value();
}
