package io.modeldepot.events.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Puts together what a module's sources declare and what the module's own file says of it. */
final class Assembly {
  private static final List<String> FILES =
      List.of("application.properties", "META-INF/microprofile-config.properties");

  private final String module;
  private final List<Setting> shared;
  private final List<Group> groups = new ArrayList<>();

  /** By name: what is declared one by one and in no group. */
  private final Map<String, Setting> single = new TreeMap<>();

  private final List<String> faults = new ArrayList<>();

  /**
   * For one module.
   *
   * @param shared what is told elsewhere, and is not told again
   */
  Assembly(String module, List<Setting> shared) {
    this.module = module;
    this.shared = shared;
  }

  /** Everything that can be set of it; to be asked once. */
  Program program() {
    List<Source> sources = Source.ofModule(module);
    sources.forEach(source -> groups.addAll(Mappings.in(source)));
    groups.sort(Comparator.comparing(Group::name));
    sources.stream().flatMap(it -> Injected.in(it).stream()).forEach(this::addSingle);
    List<PropertiesFile.Line> file =
        FILES.stream()
            .flatMap(name -> PropertiesFile.lines(module, name).stream())
            .filter(line -> !line.isInternal())
            .toList();
    file.forEach(this::apply);
    groups.add(new Group("", "", List.copyOf(single.values())));
    groups.add(
        module.equals(Program.KIT) ? Platform.kafka(KafkaNames.in(sources)) : Platform.of(file));
    return new Program(
        module, groups.stream().filter(it -> !it.settings().isEmpty()).toList(), faults);
  }

  /** Told once, with the first sentence that is said of it; not at all where a group has it. */
  private void addSingle(Setting setting) {
    String variable = setting.variables().getFirst();
    if (Stream.concat(shared.stream(), grouped())
        .noneMatch(it -> it.variables().contains(variable))) {
      single.merge(setting.name(), setting, (a, b) -> a.sentence().isEmpty() ? b : a);
    }
  }

  private void apply(PropertiesFile.Line line) {
    if (line.key().startsWith("depot.") || line.key().startsWith("kafka.")) {
      Predicate<Setting> named = setting -> setting.isNamed(line.key());
      if (Stream.of(shared.stream(), grouped(), single.values().stream())
          .flatMap(it -> it)
          .noneMatch(named)) {
        faults.add(module + " sets " + line.key() + ", which nobody reads.");
      }
      groups.replaceAll(group -> group.with(named, setting -> said(setting, line)));
      single.replaceAll((name, it) -> named.test(it) ? said(it, line) : it);
    } else {
      line.reference().filter(it -> !it.isVariable()).ifPresent(it -> handOn(line, it));
    }
  }

  private static Setting said(Setting setting, PropertiesFile.Line line) {
    return line.reference()
        .map(it -> setting.with(it.name(), it.standard()))
        .orElseGet(() -> setting.with(line.value()));
  }

  /** What the file itself hands on to a library under a name of ours. */
  private void handOn(PropertiesFile.Line line, PropertiesFile.Reference reference) {
    String values = reference.standard().matches("true|false") ? "`true` `false`" : "text";
    addSingle(
        Setting.of(reference.name(), values, Optional.of(reference.standard()), line.comment()));
  }

  private Stream<Setting> grouped() {
    return groups.stream().flatMap(group -> group.settings().stream());
  }
}
