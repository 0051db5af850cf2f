import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/// One page about a test run, from Surefire's reports: `java build/TestSummary.java STATUS`. Its last line is `passed` only
/// when Maven ended with status 0, tests ran in every stage, and none failed.
final class TestSummary {
  private static final Map<String, List<String>> STAGES = stages();

  private static Map<String, List<String>> stages() {
    Map<String, List<String>> stages = new LinkedHashMap<>();
    stages.put("unit", List.of("wire", "media", "api", "core", "edge", "app"));
    stages.put("world", List.of("testkit"));
    stages.put("conformance", List.of("conformance"));
    return stages;
  }

  private final List<String> failures = new ArrayList<>();
  private final List<String> skips = new ArrayList<>();
  private final List<String> emptyStages = new ArrayList<>();
  private int tests;

  private TestSummary() {}

  public static void main(String[] args) throws Exception {
    TestSummary summary = new TestSummary();
    System.out.println();
    System.out.printf("%-12s %-12s %7s %7s %8s %9s%n", "stage", "module", "tests", "failed", "not run", "seconds");
    for (Map.Entry<String, List<String>> stage : STAGES.entrySet()) {
      summary.stage(stage.getKey(), stage.getValue());
    }
    summary.peers();
    summary.end(Integer.parseInt(args[0]));
  }

  private void stage(String stage, List<String> modules) throws Exception {
    int before = tests;
    for (String module : modules) {
      module(stage, module);
    }
    if (tests == before) {
      emptyStages.add(stage);
    }
  }

  private void module(String stage, String module) throws Exception {
    int ran = 0;
    int failed = failures.size();
    int skipped = skips.size();
    double seconds = 0;
    for (Path report : files(Path.of(module, "target", "surefire-reports"), ".xml")) {
      Element suite = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile()).getDocumentElement();
      seconds += Double.parseDouble(suite.getAttribute("time").replace(",", ""));
      NodeList cases = suite.getElementsByTagName("testcase");
      for (int i = 0; i < cases.getLength(); i++) {
        ran++;
        judge((Element) cases.item(i));
      }
    }
    tests += ran;
    System.out.printf(
        "%-12s %-12s %7d %7d %8d %9.1f%n", stage, module, ran, failures.size() - failed, skips.size() - skipped, seconds);
  }

  private void judge(Element test) {
    String name = test.getAttribute("classname").replaceFirst(".*\\.", "") + "." + test.getAttribute("name");
    if (test.getElementsByTagName("failure").getLength() + test.getElementsByTagName("error").getLength() > 0) {
      failures.add(name);
    } else if (test.getElementsByTagName("skipped").item(0) instanceof Element skipped) {
      String why = skipped.getAttribute("message") + skipped.getTextContent();
      skips.add(name + ": " + why.strip().lines().findFirst().orElse("it does not say why"));
    }
  }

  /// What each outside peer said; the conformance module writes it.
  private void peers() throws IOException {
    Path report = Path.of("conformance", "target", "conformance.txt");
    System.out.println();
    if (Files.exists(report)) {
      Files.readAllLines(report).forEach(System.out::println);
    } else {
      System.out.println("no outside peer has run");
    }
  }

  private void end(int status) {
    print("failed", failures);
    print("not run", skips);
    print("stage without a test", emptyStages);
    if (status != 0) {
      System.out.println("\nMaven ended with status " + status + ": target/test.log tells why");
    }
    int failed = failures.size();
    System.out.printf("%n%d passed, %d failed, %d skipped%n", tests - failed - skips.size(), failed, skips.size());
    System.out.println(status == 0 && failed == 0 && emptyStages.isEmpty() ? "passed" : "FAILED");
  }

  private static void print(String title, List<String> lines) {
    if (!lines.isEmpty()) {
      System.out.println("\n" + title + ":");
      lines.forEach(line -> System.out.println("  " + line));
    }
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
