package io.tipring.conformance.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Who may know whom, and what pure code may not touch, read from the class files. CONTRIBUTING.md
/// gives the reasons.
final class ArchitectureTest {
  private static final List<CompiledClass> CLASSES =
      CompiledClass.of(List.of("wire", "media", "api", "core", "edge", "app", "testkit", "bench"));

  /// The modules whose packages a module's classes may need beside its own.
  private static final Map<String, Set<String>> DIRECTIONS =
      Map.of(
          "wire", Set.of(),
          "media", Set.of(),
          "api", Set.of(),
          "core", Set.of("media", "api"),
          "edge", Set.of("wire", "media", "api", "core"),
          "app", Set.of("wire", "media", "api", "core", "edge"),
          "testkit", Set.of("wire", "media", "api", "core", "edge"),
          "bench", Set.of("wire", "media", "api", "core", "edge", "app", "testkit"));

  private static final Set<String> GROUND_FLOOR =
      Set.of(
          "io.tipring.edge.net",
          "io.tipring.edge.http",
          "io.tipring.edge.store",
          "io.tipring.edge.json");

  @Test
  void everyModuleWasCompiled() {
    assertThat(CLASSES.stream().map(CompiledClass::module).distinct())
        .contains("wire", "media", "api", "core", "edge", "app");
  }

  @Test
  void modulesNeedOnlyWhatTheyAreAllowedToKnow() {
    List<String> faults = new ArrayList<>();
    for (CompiledClass one : CLASSES) {
      for (String needed : one.needs()) {
        String module = needed.split("\\.", 4)[2];
        if (!module.equals(one.module()) && !DIRECTIONS.get(one.module()).contains(module)) {
          faults.add(one.name() + " needs " + needed);
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void classesLieInPackagesOfTheirModule() {
    assertThat(CLASSES)
        .allSatisfy(one ->
            assertThat(one.packageName() + ".").startsWith("io.tipring." + one.module() + "."));
  }

  @Test
  void edgesMeetOnlyOnTheGroundFloor() {
    List<String> faults = new ArrayList<>();
    for (CompiledClass one : inModules("edge")) {
      for (String needed : one.needs()) {
        boolean otherEdge =
            needed.startsWith("io.tipring.edge.") && !edge(needed).equals(edge(one.packageName()));
        if (otherEdge && !GROUND_FLOOR.contains(edge(needed))) {
          faults.add(one.name() + " needs " + needed + ": they meet in core or in app.Wiring");
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  /// `io.tipring.edge.sip` of `io.tipring.edge.sip.transport`.
  private static String edge(String packageName) {
    String[] parts = packageName.split("\\.");
    return String.join(".", List.of(parts).subList(0, 4));
  }

  @Test
  void builtinApplicationsNeedNothingButTheApi() {
    assertThat(CLASSES.stream().filter(one -> one.packageName().equals("io.tipring.app.builtin")))
        .isNotEmpty()
        .allSatisfy(
            one -> assertThat(one.needs()).isSubsetOf("io.tipring.api", "io.tipring.api.script"));
  }

  @Test
  void packagesFormNoCycle() {
    Map<String, Set<String>> graph = new TreeMap<>();
    for (CompiledClass one : CLASSES) {
      graph.computeIfAbsent(one.packageName(), _ -> new TreeSet<>()).addAll(one.needs());
    }
    List<String> faults = new ArrayList<>();
    for (String start : graph.keySet()) {
      findCycle(graph, start).ifPresent(faults::add);
    }
    assertThat(faults).isEmpty();
  }

  /// The shortest way from `start` back to it.
  private static Optional<String> findCycle(Map<String, Set<String>> graph, String start) {
    Map<String, String> waysTo = new LinkedHashMap<>();
    List<String> open = new ArrayList<>(List.of(start));
    waysTo.put(start, start);
    for (int i = 0; i < open.size(); i++) {
      for (String next : graph.getOrDefault(open.get(i), Set.of())) {
        String way = waysTo.get(open.get(i)) + " -> " + next;
        if (next.equals(start)) {
          return Optional.of(way);
        }
        if (waysTo.putIfAbsent(next, way) == null) {
          open.add(next);
        }
      }
    }
    return Optional.empty();
  }

  @Test
  void pureCodeTouchesNothingOutside() {
    List<String> faults = new ArrayList<>();
    for (CompiledClass one : inModules("wire", "media", "core", "api")) {
      one.classes().stream()
          .filter(Purity::bansClass)
          .forEach(name -> faults.add(one.name() + " uses " + name));
      one.members().stream()
          .filter(Purity::bansMember)
          .forEach(name -> faults.add(one.name() + " calls " + name));
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void pureCodeNeedsNothingButItselfAFewPackagesOfTheJdkAndJspecify() {
    List<String> faults = new ArrayList<>();
    for (CompiledClass one : inModules("wire", "media", "core", "api")) {
      one.classes().stream()
          .filter(name -> !name.startsWith("io.tipring."))
          .filter(name -> !Purity.allowsPackage(CompiledClass.packageOf(name)))
          .forEach(name -> faults.add(one.name() + " needs " + name));
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void thePurityBansStillFindWhatTheyBan() {
    assertThat(
            Stream.of(
                "java.net.Socket",
                "java.nio.file.Files",
                "java.io.File",
                "java.util.concurrent.Future",
                "java.lang.Thread",
                "java.util.Formatter",
                "java.util.HashMap"))
        .allMatch(Purity::bansClass);
    assertThat(
            Stream.of(
                "java.util.LinkedHashMap",
                "java.util.EnumMap",
                "java.io.ByteArrayOutputStream",
                "java.nio.ByteBuffer"))
        .noneMatch(Purity::bansClass);
    assertThat(Stream.of("java.net.http", "java.text", "java.util.concurrent", "io.netty.buffer"))
        .noneMatch(Purity::allowsPackage);
    assertThat(
            Stream.of(
                "java.lang.System.nanoTime()J",
                "java.util.Set.of(Ljava/lang/Object;)Ljava/util/Set;",
                "java.util.Random.<init>()V",
                "java.lang.String.formatted([Ljava/lang/Object;)Ljava/lang/String;",
                "java.lang.String.format(Ljava/lang/String;[Ljava/lang/Object;)Ljava/lang/String;",
                "java.lang.String.toLowerCase()Ljava/lang/String;",
                "java.lang.String.getBytes()[B",
                "java.lang.String.<init>([B)V",
                "java.lang.Math.sin(D)D"))
        .allMatch(Purity::bansMember);
    assertThat(
            Stream.of(
                "java.util.Random.<init>(J)V",
                "java.util.List.of()Ljava/util/List;",
                "java.lang.String.toLowerCase(Ljava/util/Locale;)Ljava/lang/String;",
                "java.lang.String.format(Ljava/util/Locale;Ljava/lang/String;[Ljava/lang/Object;)Ljava/lang/String;",
                "java.lang.String.<init>([BLjava/nio/charset/Charset;)V",
                "java.lang.Math.max(II)I"))
        .noneMatch(Purity::bansMember);
  }

  private static List<CompiledClass> inModules(String... modules) {
    return CLASSES.stream().filter(one -> List.of(modules).contains(one.module())).toList();
  }
}
