/// What applications are promised: documents, schemas and journal rows, compared with the code and
/// judged by programs of others.
@org.jspecify.annotations.NullMarked
package io.tipring.conformance.contract;
