/// Makes the outside forms of the contract from its records: JSON Schema, AsyncAPI, TypeScript and
/// the tables of docs/protocol/control-v1.md.
///
/// [io.tipring.testkit.contract.ContractDoclet] is a doclet, because only there comments, sealed
/// families and record components are seen together. It runs in the tests, which compare what it
/// makes with what is committed.
@org.jspecify.annotations.NullMarked
package io.tipring.testkit.contract;
