package io.tipring.conformance.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Keeps the code small enough to read. CONTRIBUTING.md gives the reasons.
final class TidyTest {
  private static final int FILE_LINES = 500;
  private static final int METHOD_LINES = 60;
  private static final int INTERFACE_METHODS = 7;
  private static final int RECORD_COMPONENTS = 8;
  private static final int PACKAGE_FILES = 25;

  /// Packages that may be larger, and how large. Each reason: one sealed model or machine, whose
  /// family must lie together.
  private static final Map<String, Integer> LARGER_PACKAGES =
      Map.of(
          "wire/src/main/java/io/tipring/wire/sip", 45, // the grammar of RFC 3261, a file a header
          "core/src/main/java/io/tipring/core/call", 55, // a call and its operations, a file each
          "wire/src/main/java/io/tipring/wire/sip/dialog",
              30); // the INVITE session, a file a state and an exchange

  /// Drawers: a thing lies there because nobody knew what it is.
  private static final Pattern DRAWER =
      Pattern.compile(".*\\.(util|utils|helper|helpers|common|impl|misc|shared)(\\..*)?");

  private static final Pattern EMPTY_NAME =
      Pattern.compile("(Abstract|Default)[A-Z].*|.*(Manager|Helper|Utils?|Impl)");

  // Taken apart so that this file does not find itself.
  private static final List<String> BANNED_WORDS =
      List.of(
          "Thread" + ".sleep",
          "@" + "Disabled",
          "TO" + "DO",
          "FIX" + "ME",
          "X" + "XX",
          "System.out." + "println(\"DEBUG");

  private static final List<Outline> OUTLINES = Outline.of(House.sources());

  @Test
  void filesAreShort() {
    assertThat(OUTLINES.stream().filter(file -> file.lines() > FILE_LINES).map(Outline::toString))
        .isEmpty();
  }

  @Test
  void methodsAreShort() {
    assertThat(
            OUTLINES.stream()
                .flatMap(file -> file.methods().stream())
                .filter(method -> method.lines() > METHOD_LINES)
                .map(method -> method.name() + " has " + method.lines() + " lines"))
        .isEmpty();
  }

  @Test
  void interfacesAskLittle() {
    assertThat(types(Outline.Kind.INTERFACE, INTERFACE_METHODS)).isEmpty();
  }

  @Test
  void recordsCarryLittle() {
    assertThat(types(Outline.Kind.RECORD, RECORD_COMPONENTS)).isEmpty();
  }

  private static List<String> types(Outline.Kind kind, int most) {
    return OUTLINES.stream()
        .flatMap(file -> file.types().stream())
        .filter(type -> type.kind() == kind && type.size() > most)
        .map(type -> type.name() + " has " + type.size())
        .toList();
  }

  @Test
  void packagesAreSmall() {
    Map<String, Integer> sizes = new TreeMap<>();
    House.sources().forEach(file -> sizes.merge(House.name(file.getParent()), 1, Integer::sum));
    assertThat(
            sizes.entrySet().stream()
                .filter(size ->
                    size.getValue() > LARGER_PACKAGES.getOrDefault(size.getKey(), PACKAGE_FILES)))
        .isEmpty();
  }

  @Test
  void namesSayWhatAThingIs() {
    List<String> faults = new ArrayList<>();
    for (Outline file : OUTLINES) {
      if (DRAWER.matcher(file.packageName()).matches()) {
        faults.add(file + " lies in a drawer");
      }
      file.types().stream()
          .filter(type -> EMPTY_NAME.matcher(type.simpleName()).matches())
          .forEach(type -> faults.add(type.name() + " has a name that says nothing"));
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void nothingIsPutOffMutedOrSleptThrough() {
    List<String> faults = new ArrayList<>();
    for (Path file : House.sources()) {
      String text = House.text(file);
      BANNED_WORDS.stream()
          .filter(text::contains)
          .forEach(word -> faults.add(House.name(file) + " has " + word));
    }
    assertThat(faults).isEmpty();
  }
}
