package io.tipring.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Which section is shown to be kept by which test. The upper part of the document is kept by hand:
/// it says what is *not yet* there. What follows the mark is made here, from the annotations.
class RfcCoverageTest {
  private static final String MARK =
      "<!-- Made by RfcCoverageTest from the annotations of the tests of wire: -->";
  private static final Pattern ANNOTATION = Pattern.compile("@Rfc\\(\"(\\d+) ([\\d.]+)\"\\)");
  private static final Pattern CITATION =
      Pattern.compile("RFC (\\d{4})((?:,? (?:and )?\\d+(?:\\.\\d+)*(?![\\d/-]))+)");

  /// Cited for what the owner must do, or for what a word means.
  private static final Set<String> ELSEWHERE =
      new TreeSet<>(List.of("3261 18.2.2", "3261 19.3", "5057 3", "6337 2"));

  private static final Path WIRE = GeneratedDocument.root().resolve("wire/src");

  private static final Comparator<Section> BY_NUMBER =
      Comparator.comparing(Section::rfc)
          .thenComparing(
              Section::numbers,
              (a, b) -> {
                for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
                  int order = Integer.compare(a.get(i), b.get(i));
                  if (order != 0) {
                    return order;
                  }
                }
                return Integer.compare(a.size(), b.size());
              });

  private record Section(int rfc, List<Integer> numbers) implements Comparable<Section> {
    static Section of(String rfc, String section) {
      return new Section(
          Integer.parseInt(rfc),
          Pattern.compile("\\.").splitAsStream(section).map(Integer::valueOf).toList());
    }

    boolean contains(Section other) {
      int size = numbers.size();
      return rfc == other.rfc
          && other.numbers.size() >= size
          && other.numbers.subList(0, size).equals(numbers);
    }

    @Override
    public int compareTo(Section other) {
      return BY_NUMBER.compare(this, other);
    }

    @Override
    public String toString() {
      return rfc + " " + String.join(".", numbers.stream().map(String::valueOf).toList());
    }
  }

  @Test
  void theDocumentNamesTheTestsOfEachSection() throws IOException {
    GeneratedDocument document = new GeneratedDocument("rfc-coverage.md", RfcCoverageTest.class);
    String byHand = document.text().split(Pattern.quote(MARK), 2)[0].stripTrailing();
    StringBuilder text =
        new StringBuilder(byHand).append("\n\n").append(MARK).append("\n\n## Shown by tests\n");
    text.append("\n| RFC, section | tests |\n|---|---|\n");
    tested()
        .forEach((section, tests) ->
            text.append("| ")
                .append(section)
                .append(" | ")
                .append(String.join(", ", tests))
                .append(" |\n"));
    document.mustSay(text.toString());
  }

  /// A branch that cites a section is worth a test that names it.
  @Test
  void everySectionThatAMachineCitesHasATest() throws IOException {
    Set<Section> tested = tested().keySet();
    Set<Section> bare = new TreeSet<>();
    for (String folder : List.of("transaction", "dialog")) {
      for (Path file : files(WIRE.resolve("main/java/io/tipring/wire/sip").resolve(folder))) {
        Matcher citation = CITATION.matcher(Files.readString(file));
        while (citation.find()) {
          for (String number : citation.group(2).split("[, and]+", 0)) {
            if (!number.isEmpty()) {
              Section section = Section.of(citation.group(1), number);
              if (tested.stream()
                  .noneMatch(test -> section.contains(test) || test.contains(section))) {
                bare.add(section);
              }
            }
          }
        }
      }
    }
    assertThat(bare.stream().map(Section::toString).filter(section -> !ELSEWHERE.contains(section)))
        .isEmpty();
  }

  private static Map<Section, Set<String>> tested() throws IOException {
    Map<Section, Set<String>> tested = new TreeMap<>();
    for (Path file : files(WIRE.resolve("test/java"))) {
      String name = file.getFileName().toString().replace(".java", "");
      Matcher annotation = ANNOTATION.matcher(Files.readString(file));
      while (annotation.find() && !name.equals("Rfc")) {
        tested
            .computeIfAbsent(
                Section.of(annotation.group(1), annotation.group(2)), _ -> new TreeSet<>())
            .add(name);
      }
    }
    return tested;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }
}
