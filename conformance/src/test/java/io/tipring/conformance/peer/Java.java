package io.tipring.conformance.peer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Programs of ours as their users start them: each in a Java of its own, the one that runs the
/// tests.
public final class Java {
  private Java() {}

  /// The command line of a program.
  ///
  /// @param options of the virtual machine, such as `-Xmx128m`
  public static List<String> command(List<String> options, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return command;
  }

  public static Child start(List<String> options, Class<?> main, List<String> arguments) {
    return Child.start(Path.of("").toAbsolutePath(), command(options, main, arguments));
  }
}
