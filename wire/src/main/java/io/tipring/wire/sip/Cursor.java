package io.tipring.wire.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A position in one header's value: each method reads one element of the grammar and moves behind
/// it.
///
/// Values reach it unfolded, so linear white space is spaces and tabs.
final class Cursor {
  final String text;
  final String header;
  private final int end;
  private int at;

  Cursor(String header, String text) {
    this.header = header;
    this.text = text;
    this.end = text.length();
  }

  SipSyntaxException fail(String phrase) {
    return new SipSyntaxException(header, phrase);
  }

  int at() {
    return at;
  }

  void moveTo(int index) {
    at = index;
  }

  boolean atEnd() {
    return at == end;
  }

  /// The next character, or NUL at the end (which no rule asks for).
  char peek() {
    return at < end ? text.charAt(at) : 0;
  }

  Cursor skipSpace() {
    while (at < end && isSpace(text.charAt(at))) {
      at++;
    }
    return this;
  }

  static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  /// `SWS c SWS`: whether it was there.
  boolean accept(char c) {
    skipSpace();
    if (peek() != c || atEnd()) {
      return false;
    }
    at++;
    skipSpace();
    return true;
  }

  void expect(char c, String otherwise) {
    if (!accept(c)) {
      throw fail(otherwise);
    }
  }

  void expectEnd() {
    skipSpace();
    if (at != end) {
      throw fail("unexpected text at the end");
    }
  }

  String take(CharClass allowed, String otherwise) {
    int from = at;
    at = allowed.endOf(text, at, end);
    if (at == from) {
      throw fail(otherwise);
    }
    return from == 0 && at == end ? text : text.substring(from, at);
  }

  /// A number of at most `max`; leading zeros are allowed.
  long number(long max) {
    int from = at;
    long value = 0;
    while (at < end && CharClass.DIGIT.contains(text.charAt(at))) {
      value = value * 10 + (text.charAt(at++) - '0');
      if (value > max) {
        throw fail("number above " + max);
      }
    }
    if (at == from) {
      throw fail("not a number");
    }
    return value;
  }

  /// A number of any length; what is beyond an `int` counts as the largest one.
  int clampedNumber() {
    long value = 0;
    while (at < end && CharClass.DIGIT.contains(text.charAt(at))) {
      value = Math.min(value * 10 + (text.charAt(at++) - '0'), Integer.MAX_VALUE);
    }
    return (int) value;
  }

  /// A quoted string with its quotes.
  String quotedString() {
    int from = at++;
    while (at < end) {
      char c = text.charAt(at++);
      if (c == '"') {
        return text.substring(from, at);
      }
      if (c == '\\') {
        at++;
      } else if ((c < 0x20 && c != '\t') || c == 0x7F) {
        throw fail("a control character in a quoted string");
      }
    }
    throw fail("quoted string without an end");
  }

  /// `*( SEMI name [ EQUAL value ] )` (generic-param); stops at the first thing that is not a
  /// semicolon.
  Params params() {
    skipSpace();
    if (peek() != ';') {
      return Params.EMPTY;
    }
    var list = new ArrayList<Param>(4);
    while (accept(';')) {
      list.add(param());
    }
    return Params.of(list);
  }

  Param param() {
    String name = take(CharClass.TOKEN, "empty parameter");
    if (!accept('=')) {
      return new Param(name);
    }
    if (peek() == '"') {
      return new Param(name, quotedString());
    }
    return new Param(name, take(CharClass.PARAM_VALUE, "parameter without a value"));
  }

  /// Reads `element *( COMMA element )` to the end of the value.
  static <T> void list(String header, String value, List<T> into, Function<Cursor, T> element) {
    var c = new Cursor(header, value);
    c.skipSpace();
    do {
      into.add(element.apply(c));
    } while (c.accept(','));
    c.expectEnd();
  }

  /// The text from there to here.
  String since(int from) {
    return text.substring(from, at);
  }

  int indexOf(char c) {
    return text.indexOf(c, at);
  }

  int end() {
    return end;
  }
}
