/// Control v1: what an exchange and a remote application say to each other about one call
/// (docs/protocol/control-v1.md). These records are the source of the schema and of the documents.
@org.jspecify.annotations.NullMarked
package io.tipring.api.control;
