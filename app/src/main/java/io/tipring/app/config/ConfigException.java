package io.tipring.app.config;

import java.util.List;

/// The configuration cannot be used. Each problem says where it is, what is wrong and what was
/// expected.
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  ConfigException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
