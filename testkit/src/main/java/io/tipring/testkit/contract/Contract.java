package io.tipring.testkit.contract;

import java.util.List;
import java.util.Optional;

/// What is said in Control v1, as a schema sees it.
///
/// @param toApplication events first
/// @param fromApplication operations first
/// @param definitions what the messages are made of, in the order in which they are met
record Contract(
    List<Message> toApplication, List<Message> fromApplication, List<Definition> definitions) {
  /// @param data the name of its definition
  /// @param isEvent it has a cursor
  record Message(String type, String text, String data, boolean isEvent) {}

  /// A type with a name.
  sealed interface Definition {
    String name();

    String text();
  }

  /// @param tag its `type`, when it belongs to a family
  record Structure(String name, String text, Optional<String> tag, List<Member> members)
      implements Definition {}

  record Family(String name, String text, List<String> structures) implements Definition {}

  /// @param columns names of what each constant carries
  record Words(String name, String text, List<String> columns, List<Word> words)
      implements Definition {}

  record Word(String name, String text, List<String> values) {}

  /// @param mandatory it must be there, or always is
  /// @param fallback what it is taken to be when it is left out
  record Member(
      String name, String text, Form form, boolean mandatory, Optional<String> fallback) {}

  /// What a value is.
  sealed interface Form {}

  enum Simple implements Form {
    TEXT,
    FLAG,
    INT,
    LONG,
    MILLIS,
    CURSOR,
    ID
  }

  record ListOf(Form element) implements Form {}

  record Named(String definition) implements Form {}
}
