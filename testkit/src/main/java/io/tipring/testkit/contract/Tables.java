package io.tipring.testkit.contract;

import io.tipring.testkit.contract.Contract.Form;
import io.tipring.testkit.contract.Contract.Member;
import io.tipring.testkit.contract.Contract.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// The reference part of docs/protocol/control-v1.md.
final class Tables {
  private final StringBuilder text = new StringBuilder();
  private final Map<String, Contract.Structure> structures = new LinkedHashMap<>();

  private Tables() {}

  static String document(Contract contract) {
    Tables tables = new Tables();
    contract.definitions().stream()
        .filter(Contract.Structure.class::isInstance)
        .map(Contract.Structure.class::cast)
        .forEach(structure -> tables.structures.put(structure.name(), structure));
    tables.messages("What an application says", contract.fromApplication());
    tables.messages("What the exchange says", contract.toApplication());
    tables.text.append("## Parts\n");
    for (Contract.Definition definition : contract.definitions()) {
      tables.part(definition, contract);
    }
    return tables.text.toString();
  }

  private void messages(String title, List<Message> messages) {
    text.append("## ").append(title).append("\n");
    for (Message message : messages) {
      heading(message.type(), message.text());
      members(structure(message.data()));
    }
    text.append("\n");
  }

  private Contract.Structure structure(String name) {
    return Objects.requireNonNull(structures.get(name), name);
  }

  private void heading(String name, String about) {
    text.append("\n### `").append(name).append("`\n");
    if (!about.isEmpty()) {
      text.append(about).append("\n");
    }
  }

  private void members(Contract.Structure structure) {
    if (structure.members().isEmpty()) {
      return;
    }
    text.append("\n| member | is | left out | |\n|---|---|---|---|\n");
    for (Member member : structure.members()) {
      String leftOut =
          member.mandatory() ? "never" : member.fallback().map(it -> "`" + it + "`").orElse("none");
      row(List.of("`" + member.name() + "`", form(member.form()), leftOut, member.text()));
    }
  }

  private void part(Contract.Definition definition, Contract contract) {
    switch (definition) {
      case Contract.Structure structure -> {
        boolean message =
            contract.toApplication().stream().anyMatch(it -> it.data().equals(structure.name()))
                || contract.fromApplication().stream()
                    .anyMatch(it -> it.data().equals(structure.name()));
        if (!message && structure.tag().isEmpty()) {
          heading(structure.name(), structure.text());
          members(structure);
        }
      }
      case Contract.Family(String name, String about, List<String> variants) -> {
        heading(name, about);
        for (String variant : variants) {
          Contract.Structure structure = structure(variant);
          text.append(
              "\n`type` `%s`: %s\n".formatted(structure.tag().orElseThrow(), structure.text()));
          members(structure);
        }
      }
      case Contract.Words(
              String name,
              String about,
              List<String> columns,
              List<Contract.Word> words) -> {
        heading(name, about);
        text.append("\n| word |");
        columns.forEach(column -> text.append(" ").append(column).append(" |"));
        text.append(" |\n|---|").append("---|".repeat(columns.size() + 1)).append("\n");
        for (Contract.Word word : words) {
          text.append("| `%s` | ".formatted(word.name()));
          word.values().forEach(value -> text.append(value).append(" | "));
          text.append(word.text()).append(" |\n");
        }
      }
    }
  }

  private void row(List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static String form(Form form) {
    return switch (form) {
      case Contract.Simple simple ->
          switch (simple) {
            case TEXT -> "text";
            case FLAG -> "`true` or `false`";
            case INT, LONG -> "whole number";
            case MILLIS -> "milliseconds";
            case CURSOR -> "cursor";
            case ID -> "id";
          };
      case Contract.ListOf(Form element) -> "list of " + form(element);
      case Contract.Named(String name) ->
          "[`" + name + "`](#" + name.toLowerCase(Locale.ROOT) + ")";
    };
  }
}
