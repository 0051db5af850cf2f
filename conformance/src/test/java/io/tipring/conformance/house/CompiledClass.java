package io.tipring.conformance.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One class of main code, and whatever it mentions.
///
/// @param module the Maven module it lies in
/// @param name with dots; a nested class ends in `$Nested`
/// @param classes all class names in code, signatures and annotations
/// @param members what it calls or reads, `java.lang.System.nanoTime()J`
record CompiledClass(String module, String name, Set<String> classes, Set<String> members) {
  private static final Pattern CLASS_IN_DESCRIPTOR =
      Pattern.compile("L([a-zA-Z][\\w/$]*/[\\w$]+)[;<]");

  /// Main classes of `modules`, as they were compiled last.
  static List<CompiledClass> of(List<String> modules) {
    return modules.stream()
        .flatMap(module ->
            House.files(House.ROOT.resolve(module).resolve("target/classes"), ".class").stream()
                .filter(file -> !file.endsWith("module-info.class"))
                .map(file -> read(module, file)))
        .toList();
  }

  private static CompiledClass read(String module, Path file) {
    ClassModel model;
    try {
      model = ClassFile.of().parse(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Set<String> classes = new TreeSet<>();
    Set<String> members = new TreeSet<>();
    for (PoolEntry entry : model.constantPool()) {
      switch (entry) {
        case ClassEntry type -> descriptorNames(type.asSymbol().descriptorString(), classes);
        case MemberRefEntry member ->
            members.add(
                dotted(member.owner().asInternalName())
                    + "."
                    + member.name().stringValue()
                    + member.type().stringValue());
        case Utf8Entry text -> descriptorNames(text.stringValue(), classes);
        default -> {} // numbers and pairs of the above
      }
    }
    return new CompiledClass(module, dotted(model.thisClass().asInternalName()), classes, members);
  }

  private static void descriptorNames(String descriptor, Set<String> into) {
    Matcher matcher = CLASS_IN_DESCRIPTOR.matcher(descriptor);
    while (matcher.find()) {
      into.add(dotted(matcher.group(1)));
    }
  }

  private static String dotted(String internalName) {
    return internalName.replace('/', '.');
  }

  String packageName() {
    return packageOf(name);
  }

  static String packageOf(String className) {
    return className.substring(0, Math.max(0, className.lastIndexOf('.')));
  }

  /// The packages of ours that it needs, without its own.
  Set<String> needs() {
    Set<String> needs = new TreeSet<>();
    for (String type : classes) {
      if (type.startsWith("io.tipring.") && !packageOf(type).equals(packageName())) {
        needs.add(packageOf(type));
      }
    }
    return needs;
  }
}
