package io.tipring.conformance.house;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What wire, media, core and api may not touch: the world outside, and whatever makes one run
/// differ from the next.
final class Purity {
  /// All that they may need beside classes of ours. What is banned below lies in these packages,
  /// but for the plain cases that are named to be found with their reason.
  private static final Set<String> PACKAGES =
      Set.of(
          "java.io",
          "java.lang",
          "java.lang.annotation",
          "java.lang.invoke",
          "java.lang.runtime",
          "java.math",
          "java.net",
          "java.nio",
          "java.nio.charset",
          "java.security",
          "java.time",
          "java.util",
          "java.util.function",
          "java.util.random",
          "java.util.regex",
          "java.util.stream",
          "org.jspecify.annotations");

  private static final List<Pattern> CLASSES =
      patterns(
          // The world outside: it is handed in through ports, so that a test can be the world.
          "java\\.net\\.(?!URI(SyntaxException)?$).*", // a URI is only text
          "java\\.nio\\.(channels|file)\\..*",
          "java\\.io\\.(File|RandomAccess).*",
          "java\\.lang\\.(Thread|ThreadLocal|Process|ProcessBuilder|Runtime|InheritableThreadLocal)(\\$.*)?",
          "java\\.util\\.(Timer|TimerTask)",
          "java\\.util\\.concurrent\\..*",
          "java\\.util\\.logging\\..*",
          "java\\.lang\\.System\\$Logger.*",
          "org\\.slf4j\\..*",
          "com\\.fasterxml\\..*",
          "io\\.netty\\..*",
          "java\\.sql\\..*",
          "java\\.security\\.SecureRandom",
          // The language of the machine, which is nobody's who reads the text.
          "java\\.util\\.(Formatter|Scanner|ResourceBundle)",
          // Order that differs from one JVM to the next: identity hashes get into these through
          // enums and records of enums.
          "java\\.util\\.(HashMap|HashSet|IdentityHashMap|WeakHashMap)");

  private static final List<Pattern> MEMBERS =
      patterns(
          "java\\.lang\\.System\\.(nanoTime|currentTimeMillis|getenv|getProperty|identityHashCode|out|err|in|getLogger|exit).*",
          "java\\.time\\.\\w+\\.now\\(.*",
          "java\\.time\\.Clock\\.(system|tick).*",
          // Order that differs from one JVM to the next.
          "java\\.util\\.(Set|Map)\\.(of|copyOf|ofEntries)\\(.*",
          "java\\.util\\.stream\\.Collectors\\.(toSet|toMap|toUnmodifiableSet|toUnmodifiableMap|groupingBy|toConcurrentMap)\\(.*",
          "java\\.util\\..*\\.(parallelStream|parallel)\\(\\).*",
          // The language or the encoding of the machine: digits and cases differ from one to the
          // next.
          "java\\.lang\\.String\\.(formatted\\(|format\\(Ljava/lang/String;|to(Upper|Lower)Case\\(\\)|getBytes\\(\\)).*",
          "java\\.lang\\.String\\.<init>\\(\\[B(II)?\\)V",
          "java\\.util\\.Locale\\.getDefault\\(.*",
          "java\\.nio\\.charset\\.Charset\\.defaultCharset\\(.*",
          // Chance without a seed.
          "java\\.util\\.UUID\\.randomUUID.*",
          "java\\.util\\.(Random|SplittableRandom)\\.<init>\\(\\)V",
          "java\\.util\\.random\\.RandomGenerator\\.(getDefault|of).*",
          "java\\.util\\.Collections\\.shuffle\\(Ljava/util/List;\\)V",
          // Last bits that differ from one processor to the next: StrictMath has the same names.
          "java\\.lang\\.Math\\.(random|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|exp|expm1|log|log10|log1p|pow|cbrt|hypot)\\(.*");

  private Purity() {}

  /// Whether they may need classes of this package, which is not ours.
  static boolean allowsPackage(String name) {
    return PACKAGES.contains(name);
  }

  static boolean bansClass(String name) {
    return CLASSES.stream().anyMatch(pattern -> pattern.matcher(name).matches());
  }

  /// @param member owner, name and descriptor, `java.lang.System.nanoTime()J`
  static boolean bansMember(String member) {
    return MEMBERS.stream().anyMatch(pattern -> pattern.matcher(member).matches());
  }

  private static List<Pattern> patterns(String... expressions) {
    return Arrays.stream(expressions).map(Pattern::compile).toList();
  }
}
