/// Applications written as plain blocking code: a [CallScript] is handed a [Call] and drives it
/// from its first ring to its end.
@org.jspecify.annotations.NullMarked
package io.tipring.api.script;
