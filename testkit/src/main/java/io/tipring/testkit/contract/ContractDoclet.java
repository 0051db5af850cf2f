package io.tipring.testkit.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import javax.lang.model.SourceVersion;
import javax.tools.DocumentationTool;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import jdk.javadoc.doclet.Doclet;
import jdk.javadoc.doclet.DocletEnvironment;
import jdk.javadoc.doclet.Reporter;
import org.jspecify.annotations.Nullable;

/// Writes every form of the contract into the folder `-d`.
public final class ContractDoclet implements Doclet {
  public static final String SCHEMA = "control-v1.schema.json";
  public static final String ASYNC_API = "control-v1.asyncapi.json";
  public static final String TYPE_SCRIPT = "control-v1.d.ts";
  public static final String TABLES = "control-v1.tables.md";

  private Path folder = Path.of("");

  /// Runs the doclet over the given sources and waits for it.
  ///
  /// @throws IllegalStateException when it fails; standard error tells why
  public static void run(List<Path> sources, Path folder) throws IOException {
    Files.createDirectories(folder);
    DocumentationTool tool = ToolProvider.getSystemDocumentationTool();
    try (StandardJavaFileManager files = tool.getStandardFileManager(null, null, null)) {
      boolean done =
          tool.getTask(
                  null,
                  files,
                  null,
                  ContractDoclet.class,
                  List.of("-d", folder.toString(), "-quiet", "-private"),
                  files.getJavaFileObjectsFromPaths(sources))
              .call();
      if (!done) {
        throw new IllegalStateException("the doclet failed");
      }
    }
  }

  @Override
  public void init(Locale locale, Reporter reporter) {}

  @Override
  public String getName() {
    return "Contract";
  }

  @Override
  public Set<? extends Option> getSupportedOptions() {
    return Set.of(new Folder());
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latest();
  }

  @Override
  public boolean run(DocletEnvironment environment) {
    Contract contract = new ContractReader(environment).read();
    write(SCHEMA, JsonText.of(JsonSchema.document(contract)));
    write(ASYNC_API, JsonText.of(AsyncApi.document(contract)));
    write(TYPE_SCRIPT, TypeScript.document(contract));
    write(TABLES, Tables.document(contract));
    return true;
  }

  private void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where to.
  private final class Folder implements Option {
    @Override
    public int getArgumentCount() {
      return 1;
    }

    @Override
    public String getDescription() {
      return "where the forms of the contract are written";
    }

    @Override
    public Kind getKind() {
      return Kind.STANDARD;
    }

    @Override
    public List<String> getNames() {
      return List.of("-d");
    }

    @Override
    public String getParameters() {
      return "folder";
    }

    @Override
    public boolean process(String option, @Nullable List<String> arguments) {
      folder = Path.of(Objects.requireNonNull(arguments).getFirst());
      return true;
    }
  }
}
