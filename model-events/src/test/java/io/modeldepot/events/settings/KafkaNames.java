package io.modeldepot.events.settings;

import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;

/** The names of Kafka's client that the kit looks for by themselves: its constant {@code KNOWN}. */
final class KafkaNames {
  private KafkaNames() {}

  /**
   * In the order that they are written in.
   *
   * @throws IllegalStateException if the kit has no such list any more
   */
  static List<String> in(List<Source> kit) {
    List<String> names = new ArrayList<>();
    TreeScanner<Void, Void> scanner =
        new TreeScanner<>() {
          @Override
          public Void visitVariable(VariableTree variable, Void none) {
            if (variable.getName().contentEquals("KNOWN")
                && variable.getInitializer() instanceof MethodInvocationTree list) {
              list.getArguments().stream()
                  .map(it -> (String) ((LiteralTree) it).getValue())
                  .forEach(names::add);
            }
            return super.visitVariable(variable, none);
          }
        };
    kit.forEach(source -> scanner.scan(source.unit(), null));
    if (names.isEmpty()) {
      throw new IllegalStateException("The kit's list of Kafka's names is not found.");
    }
    return names;
  }
}
