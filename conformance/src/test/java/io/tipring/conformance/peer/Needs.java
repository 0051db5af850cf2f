package io.tipring.conformance.peer;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// The peers without which a test class cannot run. A missing one is reported as *not run*, never
/// as passed.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RefereeReport.class)
public @interface Needs {
  Peer[] value();
}
