package io.tipring.testkit.contract;

import io.tipring.testkit.contract.Contract.Form;
import io.tipring.testkit.contract.Contract.Member;
import io.tipring.testkit.contract.Contract.Message;
import java.util.List;
import java.util.stream.Collectors;

/// TypeScript types: `switch (message.type)` knows the `data`.
final class TypeScript {
  private TypeScript() {}

  static String document(Contract contract) {
    StringBuilder text =
        new StringBuilder(
            """
            // Control v1 of Tipring. Made from the records of the contract; see docs/protocol/control-v1.md.
            // Pass over messages whose type, and words of enumerations, that are not known here.

            /** 1 to 64 of A-Z a-z 0-9 _ . : - */
            export type Id = string;
            /** `epoch:seq` */
            export type Cursor = string;
            /** Whole milliseconds. */
            export type Millis = number;

            /** What an exchange says. */
            export interface To<Type extends string, Data> {
              id: Id;
              type: Type;
              /** RFC 3339, UTC, with milliseconds. */
              time: string;
              call: Id;
              /** The operation it is about. */
              ref?: Id;
              data: Data;
            }

            /** What happened; has its place among the events of the call. */
            export interface Happened<Type extends string, Data> extends To<Type, Data> {
              seq: Cursor;
            }

            /** What an application says; `id` is its choice, another for each operation of a call. */
            export interface From<Type extends string, Data> {
              id: Id;
              type: Type;
              data: Data;
            }

            """);
    union(text, "ToApplication", contract.toApplication(), "To");
    union(text, "FromApplication", contract.fromApplication(), "From");
    for (Contract.Definition definition : contract.definitions()) {
      comment(text, "", definition.text());
      switch (definition) {
        case Contract.Structure structure -> structure(text, structure);
        case Contract.Family(String name, _, List<String> structures) ->
            text.append("export type %s = %s;\n\n".formatted(name, String.join(" | ", structures)));
        case Contract.Words(String name, _, _, List<Contract.Word> words) ->
            text.append(
                "export type %s =\n  | %s;\n\n"
                    .formatted(
                        name,
                        words.stream()
                            .map(word -> "'" + word.name() + "'")
                            .collect(Collectors.joining("\n  | "))));
      }
    }
    return text.toString().stripTrailing() + "\n";
  }

  private static void union(StringBuilder text, String name, List<Message> messages, String kind) {
    text.append("export type ").append(name).append(" =");
    for (Message message : messages) {
      String form = message.isEvent() ? "Happened" : kind;
      text.append("\n  | %s<'%s', %s>".formatted(form, message.type(), message.data()));
    }
    text.append(";\n\n");
  }

  private static void structure(StringBuilder text, Contract.Structure structure) {
    text.append("export interface ").append(structure.name()).append(" {\n");
    structure.tag().ifPresent(tag -> text.append("  type: '").append(tag).append("';\n"));
    for (Member member : structure.members()) {
      String leftOut = member.fallback().map(it -> " Left out: `" + it + "`.").orElse("");
      comment(text, "  ", (member.text() + leftOut).strip());
      text.append("  ")
          .append(member.name())
          .append(member.mandatory() ? ": " : "?: ")
          .append(form(member.form()))
          .append(";\n");
    }
    text.append("}\n\n");
  }

  private static void comment(StringBuilder text, String indent, String comment) {
    if (!comment.isEmpty()) {
      text.append(indent).append("/** ").append(comment.replace("*/", "* /")).append(" */\n");
    }
  }

  private static String form(Form form) {
    return switch (form) {
      case Contract.Simple simple ->
          switch (simple) {
            case TEXT -> "string";
            case FLAG -> "boolean";
            case INT, LONG -> "number";
            case MILLIS -> "Millis";
            case CURSOR -> "Cursor";
            case ID -> "Id";
          };
      case Contract.ListOf(Form element) -> form(element) + "[]";
      case Contract.Named(String name) -> name;
    };
  }
}
