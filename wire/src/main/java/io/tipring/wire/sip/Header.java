package io.tipring.wire.sip;

/// One header line: the name as it was written, the value without folding and outer white space.
public record Header(String name, String value) {
  public Header {
    if (!CharClass.TOKEN.containsAll(name)) {
      throw new IllegalArgumentException("a header name must be a token");
    }
    // Whoever puts received text into a header must not be able to add a second one.
    if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("the value of " + name + " holds a line break");
    }
  }

  boolean named(String fullName) {
    return HeaderNames.same(name, fullName);
  }

  @Override
  public String toString() {
    return name + ": " + value;
  }
}
