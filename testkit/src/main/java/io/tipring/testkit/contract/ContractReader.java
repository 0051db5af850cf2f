package io.tipring.testkit.contract;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.TreePath;
import io.tipring.api.Default;
import io.tipring.api.Event;
import io.tipring.api.Operation;
import io.tipring.api.control.FromApplication;
import io.tipring.api.control.ToApplication;
import io.tipring.edge.json.WireNames;
import io.tipring.testkit.contract.Contract.Definition;
import io.tipring.testkit.contract.Contract.Form;
import io.tipring.testkit.contract.Contract.Member;
import io.tipring.testkit.contract.Contract.Message;
import io.tipring.testkit.contract.Contract.Simple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import jdk.javadoc.doclet.DocletEnvironment;

/// Reads the contract from the records: families from `permits`, members from components, texts
/// from comments.
final class ContractReader {
  private final DocletEnvironment environment;
  private final Comments comments;
  private final Map<String, Definition> definitions = new LinkedHashMap<>();

  ContractReader(DocletEnvironment environment) {
    this.environment = environment;
    this.comments = new Comments(environment.getDocTrees());
  }

  Contract read() {
    List<Message> toApplication = new ArrayList<>();
    List<Message> fromApplication = new ArrayList<>();
    messages(Event.class, WireNames::dotted, true, toApplication);
    messages(ToApplication.class, WireNames::dotted, false, toApplication);
    messages(Operation.class, WireNames::snake, false, fromApplication);
    messages(FromApplication.class, WireNames::snake, false, fromApplication);
    return new Contract(toApplication, fromApplication, List.copyOf(definitions.values()));
  }

  private void messages(
      Class<?> family, UnaryOperator<String> naming, boolean events, List<Message> messages) {
    boolean incoming = family == Operation.class || family == FromApplication.class;
    for (TypeElement type : permitted(element(family.getCanonicalName()))) {
      String name = type.getSimpleName().toString();
      // Both stand for a family that has its own names.
      if (!name.equals("Happened") && !name.equals("Ask")) {
        structure(type, Optional.empty(), incoming);
        messages.add(new Message(naming.apply(name), comments.text(type), name, events));
      }
    }
  }

  private TypeElement element(String name) {
    return Objects.requireNonNull(environment.getElementUtils().getTypeElement(name), name);
  }

  private static List<TypeElement> permitted(TypeElement sealed) {
    return sealed.getPermittedSubclasses().stream()
        .map(type -> (TypeElement) ((DeclaredType) type).asElement())
        .toList();
  }

  private void structure(TypeElement type, Optional<String> tag, boolean incoming) {
    List<Member> members = new ArrayList<>();
    for (RecordComponentElement component : type.getRecordComponents()) {
      String name = component.getSimpleName().toString();
      boolean inEnvelope =
          name.equals("id") && type.getInterfaces().toString().endsWith("FromApplication");
      if (!inEnvelope) {
        members.add(member(type, component, incoming));
      }
    }
    String name = type.getSimpleName().toString();
    definitions.put(name, new Contract.Structure(name, comments.text(type), tag, members));
  }

  private Member member(TypeElement type, RecordComponentElement component, boolean incoming) {
    String name = component.getSimpleName().toString();
    TypeMirror declared = component.asType();
    boolean maybe = erased(declared).equals("java.util.Optional");
    Form form = form(maybe ? argument(declared) : declared, incoming);
    Default fallback = component.getAnnotation(Default.class);
    Optional<String> leftOut =
        Optional.ofNullable(fallback)
            .map(Default::value)
            .map(text -> form == Simple.TEXT ? '"' + text + '"' : text)
            .or(() -> form instanceof Contract.ListOf ? Optional.of("[]") : Optional.empty());
    return new Member(
        WireNames.snake(name),
        comments.parameter(type, name),
        form,
        !maybe && (!incoming || leftOut.isEmpty()),
        incoming ? leftOut : Optional.empty());
  }

  private static TypeMirror argument(TypeMirror type) {
    return ((DeclaredType) type).getTypeArguments().getFirst();
  }

  private String erased(TypeMirror type) {
    return environment.getTypeUtils().erasure(type).toString();
  }

  private Form form(TypeMirror type, boolean incoming) {
    if (type.getKind() == TypeKind.BOOLEAN) {
      return Simple.FLAG;
    } else if (type.getKind() == TypeKind.INT) {
      return Simple.INT;
    } else if (type.getKind() == TypeKind.LONG) {
      return Simple.LONG;
    }
    String name = erased(type);
    return switch (name) {
      case "java.lang.String" -> Simple.TEXT;
      case "java.time.Duration" -> Simple.MILLIS;
      case "io.tipring.api.control.Cursor" -> Simple.CURSOR;
      case "java.util.List" -> new Contract.ListOf(form(argument(type), incoming));
      default -> named(element(name), incoming);
    };
  }

  private Form named(TypeElement type, boolean incoming) {
    String name = type.getSimpleName().toString();
    if (type.getKind() == ElementKind.RECORD && isIdentifier(type)) {
      return Simple.ID;
    } else if (!definitions.containsKey(name)) {
      if (type.getKind() == ElementKind.ENUM) {
        definitions.put(name, words(type));
      } else if (type.getKind() == ElementKind.RECORD) {
        structure(type, Optional.empty(), incoming);
      } else {
        family(type, incoming);
      }
    }
    return new Contract.Named(name);
  }

  private void family(TypeElement type, boolean incoming) {
    List<String> names = new ArrayList<>();
    for (TypeElement variant : permitted(type)) {
      String name = variant.getSimpleName().toString();
      names.add(name);
      structure(variant, Optional.of(WireNames.snake(name)), incoming);
    }
    String name = type.getSimpleName().toString();
    definitions.put(name, new Contract.Family(name, comments.text(type), names));
  }

  private static boolean isIdentifier(TypeElement type) {
    List<? extends RecordComponentElement> components = type.getRecordComponents();
    return components.size() == 1 && components.getFirst().getSimpleName().contentEquals("value");
  }

  private Definition words(TypeElement type) {
    List<String> columns =
        ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
            .map(ExecutableElement::getParameters)
            .findFirst()
            .orElseThrow()
            .stream()
            .map(parameter -> WireNames.snake(parameter.getSimpleName().toString()))
            .toList();
    List<Contract.Word> words = new ArrayList<>();
    for (Element constant : type.getEnclosedElements()) {
      if (constant.getKind() == ElementKind.ENUM_CONSTANT) {
        words.add(
            new Contract.Word(
                WireNames.constant(constant.getSimpleName().toString()),
                comments.text(constant),
                arguments(constant)));
      }
    }
    return new Contract.Words(type.getSimpleName().toString(), comments.text(type), columns, words);
  }

  /// What a constant is made with: `Blame.CALLER, 487` is `caller`, `487`. It is read from the
  /// source, since the tool that runs doclets forgets what variables are made with.
  private List<String> arguments(Element constant) {
    TreePath path = environment.getDocTrees().getPath(constant);
    CompilationUnitTree file = path.getCompilationUnit();
    long start =
        environment.getDocTrees().getSourcePositions().getStartPosition(file, path.getLeaf());
    Matcher made =
        Pattern.compile("\\G[^(),;]*\\b" + constant.getSimpleName() + "\\s*\\(([^()]*)\\)")
            .matcher(source(file));
    if (!made.find((int) start)) {
      return List.of();
    }
    return Arrays.stream(made.group(1).split(","))
        .map(argument -> argument.strip().replaceFirst(".*\\.", "").toLowerCase(Locale.ROOT))
        .toList();
  }

  private static CharSequence source(CompilationUnitTree file) {
    try {
      return file.getSourceFile().getCharContent(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
