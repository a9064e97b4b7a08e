package io.modeldepot.events.settings;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import io.modeldepot.events.contract.Documents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A Java source as the compiler reads it before it knows any type.
 *
 * @param docs finds the comments of its declarations
 */
record Source(CompilationUnitTree unit, DocTrees docs) {

  /** The product's sources of a module. */
  static List<Source> ofModule(String module) {
    try (Stream<Path> files = Files.walk(folder(module))) {
      return of(files.filter(file -> file.toString().endsWith(".java")).sorted().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Source> of(List<Path> files) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files));
      DocTrees docs = DocTrees.instance(task);
      List<Source> sources = new ArrayList<>();
      task.parse().forEach(unit -> sources.add(new Source(unit, docs)));
      return sources;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path folder(String module) {
    return Documents.root().resolve(module).resolve("src/main/java");
  }

  /** The comment of a declaration without its stars; empty where there is none. */
  String comment(TreePath declaration) {
    return Optional.ofNullable(docs.getDocComment(declaration)).orElse("");
  }

  static Optional<? extends AnnotationTree> annotation(ModifiersTree modifiers, String name) {
    return modifiers.getAnnotations().stream()
        .filter(it -> it.getAnnotationType().toString().equals(name))
        .findFirst();
  }

  /** What an annotation says under a name, which is {@code value} where none is written. */
  static Optional<String> text(AnnotationTree annotation, String name) {
    for (ExpressionTree argument : annotation.getArguments()) {
      String key =
          argument instanceof AssignmentTree named ? named.getVariable().toString() : "value";
      ExpressionTree value =
          argument instanceof AssignmentTree named ? named.getExpression() : argument;
      if (key.equals(name)) {
        if (value instanceof LiteralTree literal) {
          return Optional.of(String.valueOf(literal.getValue()));
        }
        throw new IllegalStateException(annotation + " says " + name + " by no literal.");
      }
    }
    return Optional.empty();
  }
}
