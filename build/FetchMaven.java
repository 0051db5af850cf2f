import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Fetches a pinned Maven from Maven Central, once, for machines that have none: `java build/FetchMaven.java`.
/// Prints the path of its `mvn`. The archive is unpacked only when its SHA-512 is the one written here.
final class FetchMaven {
  private static final String VERSION = "3.9.11";
  private static final String SHA_512 =
      "03e2d65d4483a3396980629f260e25cac0d8b6f7f2791e4dc20bc83f9514db8d"
          + "0f05b0479e699a5f34679250c49c8e52e961262ded468a20de0be254d8207076";
  private static final URI ARCHIVE = URI.create("https://repo.maven.apache.org/maven2/org/apache/maven/apache-maven/"
      + VERSION + "/apache-maven-" + VERSION + "-bin.zip");
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration FETCH_TIMEOUT = Duration.ofMinutes(5);

  private FetchMaven() {}

  public static void main(String[] args) throws Exception {
    Path cache = cacheFolder();
    Path mvn = cache.resolve("apache-maven-" + VERSION).resolve("bin").resolve("mvn");
    if (!Files.isExecutable(mvn)) {
      System.err.println("tipring: no mvn on PATH, fetching Maven " + VERSION + " into " + cache);
      try {
        install(cache);
      } catch (IOException e) {
        System.err.println("tipring: cannot fetch Maven from " + ARCHIVE + ": " + e);
        System.err.println("Install Maven 3.8 or newer yourself (Debian: apt-get install maven) and try again.");
        System.exit(2);
      }
    }
    System.out.println(mvn);
  }

  private static Path cacheFolder() {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base = cache == null || cache.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
    return base.resolve("tipring");
  }

  private static void install(Path cache) throws Exception {
    Files.createDirectories(cache);
    Path zip = Files.createTempFile(cache, "maven", ".zip");
    Path unpacked = Files.createTempDirectory(cache, "maven");
    try {
      fetch(zip);
      check(zip);
      unpack(zip, unpacked);
      // One move makes it visible whole, or not at all when another process was first.
      Files.move(unpacked.resolve("apache-maven-" + VERSION), cache.resolve("apache-maven-" + VERSION));
    } finally {
      Files.deleteIfExists(zip);
      Files.deleteIfExists(unpacked);
    }
  }

  private static void fetch(Path to) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build()) {
      HttpRequest request = HttpRequest.newBuilder(ARCHIVE).timeout(FETCH_TIMEOUT).build();
      var response = client.send(request, BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != 200) {
          throw new IOException("HTTP status " + response.statusCode());
        }
        Files.copy(body, to, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static void check(Path zip) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-512");
    try (InputStream in = new DigestInputStream(Files.newInputStream(zip), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    String found = HexFormat.of().formatHex(digest.digest());
    if (!found.equals(SHA_512)) {
      throw new IOException("its SHA-512 is " + found + ", expected " + SHA_512);
    }
  }

  private static void unpack(Path zip, Path into) throws IOException {
    try (ZipFile archive = new ZipFile(zip.toFile())) {
      for (ZipEntry entry : Collections.list(archive.entries())) {
        Path target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
          throw new IOException("the archive names a file outside its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
          continue;
        }
        Files.createDirectories(target.getParent());
        try (InputStream in = archive.getInputStream(entry)) {
          Files.copy(in, target);
        }
        if (target.getParent().endsWith("bin")) {
          target.toFile().setExecutable(true);
        }
      }
    }
  }
}
