package io.tipring.wire;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The section that a test shows to be kept. docs/rfc-coverage.md is made from these.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@Repeatable(Rfc.All.class)
public @interface Rfc {
  /// RFC number and section, for example `@Rfc("3261 17.2.1")`.
  String value();

  /// Several of them.
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.METHOD, ElementType.TYPE})
  @interface All {
    Rfc[] value();
  }
}
