package io.modeldepot.events.settings;

import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePathScanner;
import io.modeldepot.events.contract.Javadoc;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The settings that are handed to a method one by one: parameters with {@code @ConfigProperty}, of
 * which the method's comment tells; and constants that hold the name of a variable.
 */
final class Injected extends TreePathScanner<Void, Void> {
  private static final Pattern VARIABLE = Pattern.compile("(DEPOT|HF)(_[A-Z]+)+");

  private final Source source;
  private final List<Setting> settings = new ArrayList<>();

  private Injected(Source source) {
    this.source = source;
  }

  static List<Setting> in(Source source) {
    Injected injected = new Injected(source);
    injected.scan(source.unit(), null);
    return injected.settings;
  }

  @Override
  public Void visitMethod(MethodTree method, Void none) {
    String comment = source.comment(getCurrentPath());
    for (VariableTree parameter : method.getParameters()) {
      Source.annotation(parameter.getModifiers(), "ConfigProperty")
          .ifPresent(
              it ->
                  settings.add(
                      Setting.of(
                          Source.text(it, "name").orElseThrow(),
                          Values.of(parameter.getType(), source.unit()),
                          Source.text(it, "defaultValue"),
                          sentence(Javadoc.parameter(comment, parameter.getName().toString())))));
    }
    return super.visitMethod(method, none);
  }

  /** What is said of a parameter begins small and has no full stop. */
  private static String sentence(String text) {
    return text.isEmpty()
        ? ""
        : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
  }

  @Override
  public Void visitVariable(VariableTree variable, Void none) {
    if (variable.getInitializer() instanceof LiteralTree literal
        && literal.getValue() instanceof String text
        && VARIABLE.matcher(text).matches()) {
      settings.add(Setting.ofEnvironment(text, Javadoc.plain(source.comment(getCurrentPath()))));
    }
    return super.visitVariable(variable, none);
  }
}
