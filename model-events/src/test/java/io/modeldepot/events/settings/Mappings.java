package io.modeldepot.events.settings;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import io.modeldepot.events.contract.Javadoc;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The settings of interfaces with {@code @ConfigMapping}: a method each, or a group of them. */
final class Mappings extends TreePathScanner<Void, Void> {
  private final Source source;
  private final List<Group> groups = new ArrayList<>();

  private Mappings(Source source) {
    this.source = source;
  }

  static List<Group> in(Source source) {
    Mappings mappings = new Mappings(source);
    mappings.scan(source.unit(), null);
    return mappings.groups;
  }

  @Override
  public Void visitClass(ClassTree type, Void none) {
    Source.annotation(type.getModifiers(), "ConfigMapping")
        .map(it -> Source.text(it, "prefix").orElseThrow())
        .ifPresent(prefix -> groups.add(group(prefix, getCurrentPath())));
    return super.visitClass(type, none);
  }

  private Group group(String prefix, TreePath type) {
    List<Setting> settings = new ArrayList<>();
    collect(prefix, type, settings);
    return new Group(prefix, Javadoc.plain(source.comment(type)), settings);
  }

  private void collect(String prefix, TreePath type, List<Setting> settings) {
    for (Tree member : ((ClassTree) type.getLeaf()).getMembers()) {
      if (member instanceof MethodTree method && method.getBody() == null) {
        String name = prefix + "." + name(method);
        Tree returned = method.getReturnType();
        Optional<TreePath> many = values(returned).flatMap(it -> nested(it, type));
        Optional<TreePath> one = nested(returned, type);
        if (many.isPresent()) {
          collect(name + ".<name>", many.get(), settings);
        } else if (one.isPresent()) {
          collect(name, one.get(), settings);
        } else {
          settings.add(setting(name, method, new TreePath(type, method)));
        }
      }
    }
  }

  private Setting setting(String name, MethodTree method, TreePath place) {
    return Setting.of(
        name,
        Values.of(method.getReturnType(), source.unit()),
        Source.annotation(method.getModifiers(), "WithDefault")
            .flatMap(it -> Source.text(it, "value")),
        Javadoc.plain(source.comment(place)));
  }

  private static String name(MethodTree method) {
    return Source.annotation(method.getModifiers(), "WithName")
        .flatMap(it -> Source.text(it, "value"))
        .orElseGet(
            () ->
                method.getName().toString().replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT));
  }

  /** Of what a map by names is one. */
  private static Optional<Tree> values(Tree type) {
    return type instanceof ParameterizedTypeTree map && map.getType().toString().equals("Map")
        ? Optional.of(map.getTypeArguments().getLast())
        : Optional.empty();
  }

  /** The interface of this name inside of another one. */
  private static Optional<TreePath> nested(Tree name, TreePath within) {
    for (Tree member : ((ClassTree) within.getLeaf()).getMembers()) {
      if (member.getKind() == Tree.Kind.INTERFACE
          && ((ClassTree) member).getSimpleName().contentEquals(name.toString())) {
        return Optional.of(new TreePath(within, member));
      }
    }
    return Optional.empty();
  }
}
