package io.tipring.conformance.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// The types and methods of one source file and how large they are, as javac's parser sees them.
record Outline(Path file, String packageName, int lines, List<Type> types, List<Method> methods) {
  enum Kind {
    CLASS,
    INTERFACE,
    RECORD
  }

  /// @param size methods that an interface asks for, components of a record, 0 else
  record Type(String name, String simpleName, Kind kind, int size) {}

  /// @param lines from its first line to its closing brace
  record Method(String name, int lines) {}

  static List<Outline> of(List<Path> sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      List<Outline> outlines = new ArrayList<>();
      for (CompilationUnitTree unit : task.parse()) {
        outlines.add(outline(unit, positions));
      }
      return outlines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Outline outline(CompilationUnitTree unit, SourcePositions positions) {
    Path file = Path.of(unit.getSourceFile().toUri());
    String packageName = unit.getPackageName() == null ? "" : unit.getPackageName().toString();
    List<Type> types = new ArrayList<>();
    List<Method> methods = new ArrayList<>();
    new TreeScanner<@Nullable Void, String>() {
      @Override
      public @Nullable Void visitClass(ClassTree tree, String owner) {
        String name = owner + "." + tree.getSimpleName();
        types.add(type(tree, name));
        return super.visitClass(tree, name);
      }

      @Override
      public @Nullable Void visitMethod(MethodTree tree, String owner) {
        methods.add(new Method(owner + "." + tree.getName(), length(tree)));
        return super.visitMethod(tree, owner);
      }

      private int length(Tree tree) {
        var lines = unit.getLineMap();
        long first = lines.getLineNumber(positions.getStartPosition(unit, tree));
        return (int) (lines.getLineNumber(positions.getEndPosition(unit, tree)) - first + 1);
      }
    }.scan(unit, packageName);
    return new Outline(file, packageName, (int) House.text(file).lines().count(), types, methods);
  }

  private static Type type(ClassTree tree, String name) {
    String simpleName = tree.getSimpleName().toString();
    return switch (tree.getKind()) {
      case INTERFACE -> new Type(name, simpleName, Kind.INTERFACE, asked(tree));
      case RECORD -> new Type(name, simpleName, Kind.RECORD, components(tree));
      default -> new Type(name, simpleName, Kind.CLASS, 0);
    };
  }

  private static int asked(ClassTree tree) {
    return (int)
        tree.getMembers().stream()
            .filter(member ->
                member instanceof MethodTree method
                    && !method.getModifiers().getFlags().contains(Modifier.STATIC))
            .count();
  }

  /// The parser keeps components as fields; no other field of a record is an instance's.
  private static int components(ClassTree tree) {
    return (int)
        tree.getMembers().stream()
            .filter(member ->
                member instanceof VariableTree field
                    && !field.getModifiers().getFlags().contains(Modifier.STATIC))
            .count();
  }

  @Override
  public String toString() {
    return House.name(file) + " (" + lines + " lines)";
  }
}
