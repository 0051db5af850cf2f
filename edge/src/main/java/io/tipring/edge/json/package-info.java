/// The one place where records of the contract become JSON and come back: control sessions, the
/// journal and web doors all use it.
///
/// What a record looks like follows from its Java form alone ([io.tipring.edge.json.WireNames],
/// [io.tipring.api.Default]); nobody writes a mapping. A type's [io.tipring.edge.json.Shape] is
/// made once, by reflection; [io.tipring.edge.json.ShapeWriter] and
/// [io.tipring.edge.json.ShapeReader] walk it.
@org.jspecify.annotations.NullMarked
package io.tipring.edge.json;
