package io.tipring.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.testkit.contract.ContractDoclet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The committed forms of the contract are those that its records make. With `-Dtipring.regenerate`
/// they are written instead of judged.
class ContractDocumentsTest {
  private static final String MARK =
      "<!-- Made by ContractDocumentsTest from the records of the contract: -->";

  @Test
  void documentsAndSchemasSayWhatTheRecordsSay(@TempDir Path made) throws IOException {
    try (Stream<Path> sources = Files.walk(Checkout.ROOT.resolve("api/src/main/java/io"))) {
      ContractDoclet.run(
          sources.filter(file -> file.toString().endsWith(".java")).sorted().toList(), made);
    }
    for (String name :
        List.of(ContractDoclet.SCHEMA, ContractDoclet.ASYNC_API, ContractDoclet.TYPE_SCRIPT)) {
      mustSay(Checkout.SCHEMAS.resolve(name), Checkout.text(made.resolve(name)));
    }
    String byHand = Checkout.text(Checkout.PROTOCOL).split(Pattern.quote(MARK), 2)[0];
    String tables = Checkout.text(made.resolve(ContractDoclet.TABLES));
    mustSay(Checkout.PROTOCOL, byHand + MARK + "\n\n" + tables);
  }

  private static void mustSay(Path file, String text) throws IOException {
    if (System.getProperty("tipring.regenerate") != null) {
      Files.writeString(file, text);
    }
    assertThat(Checkout.text(file))
        .as(
            "%s is not up to date: mvn -pl conformance -am test -Dtest=ContractDocumentsTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dtipring.regenerate",
            file)
        .isEqualTo(text);
  }
}
