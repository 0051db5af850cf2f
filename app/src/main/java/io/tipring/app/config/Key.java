package io.tipring.app.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What a setting means, in the words that `./tipring config` prints above it.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Key {
  String value();

  /// Its name in the file where that cannot be the component's own, which is a Java keyword.
  String name() default "";
}
