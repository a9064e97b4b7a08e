package io.modeldepot.events.settings;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import io.modeldepot.events.contract.Documents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What may be said of a setting, by the type that it is read into. */
final class Values {
  private Values() {}

  /**
   * In words.
   *
   * @throws IllegalStateException if the type is none that is known here, and no enumeration
   */
  static String of(Tree type, CompilationUnitTree unit) {
    if (type instanceof ParameterizedTypeTree whole) {
      String of = of(whole.getTypeArguments().getFirst(), unit);
      return whole.getType().toString().equals("List") ? "list of " + of : of;
    }
    return switch (type.toString()) {
      case "boolean", "Boolean" -> "`true` `false`";
      case "int", "long", "double", "Integer", "Long", "Double", "OptionalInt" -> "number";
      case "Duration" -> "time";
      case "MemorySize" -> "size";
      case "Path" -> Setting.PATH;
      case "URI" -> "address";
      case "String" -> "text";
      default -> enumeration(type.toString(), unit);
    };
  }

  private static String enumeration(String name, CompilationUnitTree unit) {
    List<String> constants = constants(unit, name);
    if (constants.isEmpty()) {
      constants = constants(Source.of(List.of(file(name, unit))).getFirst().unit(), name);
    }
    if (constants.isEmpty()) {
      throw new IllegalStateException(name + " is no enumeration; say here how it is written.");
    }
    return constants.stream().map(it -> "`" + it + "`").collect(Collectors.joining(" "));
  }

  /** The constants as a configuration spells them, without the one for values of the future. */
  private static List<String> constants(CompilationUnitTree unit, String enumeration) {
    List<String> constants = new ArrayList<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitClass(ClassTree type, Void none) {
        if (type.getKind() == Tree.Kind.ENUM && type.getSimpleName().contentEquals(enumeration)) {
          for (Tree member : type.getMembers()) {
            if (member instanceof VariableTree constant
                && constant.getInitializer() instanceof NewClassTree
                && Source.annotation(constant.getModifiers(), "JsonEnumDefaultValue").isEmpty()) {
              constants.add(
                  constant.getName().toString().toLowerCase(Locale.ROOT).replace('_', '-'));
            }
          }
        }
        return super.visitClass(type, none);
      }
    }.scan(unit, null);
    return constants;
  }

  /** The file of a type that a source imports, or that lies beside it. */
  private static Path file(String name, CompilationUnitTree unit) {
    String whole =
        unit.getImports().stream()
            .map(ImportTree::getQualifiedIdentifier)
            .map(Tree::toString)
            .filter(it -> it.endsWith("." + name))
            .findFirst()
            .orElseGet(() -> unit.getPackageName() + "." + name);
    String below = "src/main/java/" + whole.replace('.', '/') + ".java";
    try (Stream<Path> modules = Files.list(Documents.root())) {
      return modules
          .map(module -> module.resolve(below))
          .filter(Files::exists)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("There is no source of " + whole + "."));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
