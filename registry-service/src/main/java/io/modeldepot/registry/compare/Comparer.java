package io.modeldepot.registry.compare;

import io.modeldepot.events.terms.ModelProfile;
import io.modeldepot.events.terms.Reading;
import io.modeldepot.registry.compare.Comparison.Aspect;
import io.modeldepot.registry.compare.Comparison.Change;
import io.modeldepot.registry.compare.Comparison.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Compares two versions and says what changes. Pure. */
final class Comparer {
  static final String SAME = "same";
  static final String CHANGED = "changed";
  static final String UNKNOWN = "unknown";
  private static final int MOST_TOLD = 4;

  private final Side from;
  private final Side to;
  private final List<Aspect> aspects = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();

  private Comparer(Side from, Side to) {
    this.from = from;
    this.to = to;
  }

  /**
   * The comparison.
   *
   * @param askedFrom how the first side was asked for
   * @param askedTo how the second side was asked for
   */
  static Comparison compare(String model, String askedFrom, Side from, String askedTo, Side to) {
    Comparer comparer = new Comparer(from, to);
    comparer.compare();
    boolean same = comparer.aspects.stream().noneMatch(it -> it.state().equals(CHANGED));
    boolean memory = !MemoryWords.of(from.profile(), to.profile()).isEmpty();
    return new Comparison(
        model,
        new Version(askedFrom, from.commit()),
        new Version(askedTo, to.commit()),
        same,
        Verdict.headline(comparer.aspects, memory),
        Verdict.line(comparer.aspects),
        to.fetchBytes(),
        List.copyOf(comparer.aspects),
        List.copyOf(comparer.changes),
        comparer.unread(),
        List.of(),
        List.of());
  }

  private void compare() {
    weights();
    configuration();
    template();
    tokenizer();
    values("generation", Reading::generation, "generation_config.json");
    stated("licence", from.licence(), to.licence());
    stated("gate", from.gated(), to.gated());
    code();
    scan();
    FileChanges others =
        FileChanges.between(
            from,
            to,
            path ->
                !FileKinds.isWeights(path)
                    && !FileKinds.isVocabulary(path)
                    && !FileKinds.isCode(path)
                    && !FileKinds.isRead(path));
    add("other-files", others.none(), "%d differ".formatted(others.all().size()), others.all());
  }

  private void weights() {
    FileChanges weights = FileChanges.between(from, to, FileKinds::isWeights);
    if (weights.none()) {
      aspects.add(
          new Aspect("weights", SAME, "identical (" + weights.share() + " files)", List.of()));
      return;
    }
    List<String> parts = new ArrayList<>();
    parts.add(weights.share() + " files stay");
    count(parts, weights.changed().size(), "changed");
    count(parts, weights.added().size(), "new");
    count(parts, weights.removed().size(), "gone");
    aspects.add(new Aspect("weights", CHANGED, String.join(", ", parts), weights.all()));
  }

  private void configuration() {
    String file = "config.json";
    if (unread(file)) {
      aspects.add(new Aspect("configuration", UNKNOWN, "not read", List.of(file)));
      return;
    }
    List<Change> found =
        Values.between(
            "configuration",
            values(from, Reading::configuration),
            values(to, Reading::configuration),
            key -> ConfigurationKeys.of(key).map(ConfigurationKeys.Known::meaning));
    changes.addAll(found);
    List<String> said = new ArrayList<>(MemoryWords.of(from.profile(), to.profile()));
    int plain = 0;
    for (Change change : found) {
      Optional<ConfigurationKeys.Known> known = ConfigurationKeys.of(change.key());
      boolean told = said.stream().anyMatch(it -> known.isPresent() && begins(it, known.get()));
      if (known.isPresent() && known.get().hasEffect() && !told) {
        said.add(Values.words(known.get().label(), change));
      } else if (!told) {
        plain++;
      }
    }
    if (plain > 0) {
      said.add(plain + (plain == 1 ? " other key" : " other keys"));
    }
    boolean same = found.isEmpty() && same(file);
    add("configuration", same, said.isEmpty() ? "written otherwise" : few(said), List.of(file));
  }

  private static boolean begins(String sentence, ConfigurationKeys.Known known) {
    return known.hasEffect() && sentence.startsWith(known.label() + " ");
  }

  private void template() {
    List<String> files =
        FileChanges.between(from, to, path -> path.startsWith("chat_template.")).all();
    List<String> where = files.isEmpty() ? List.of("tokenizer_config.json") : files;
    if (from.reading().isEmpty() || to.reading().isEmpty()) {
      boolean same = files.isEmpty() && same("tokenizer_config.json");
      aspects.add(
          new Aspect("chat-template", same ? SAME : UNKNOWN, same ? SAME : "not read", List.of()));
      return;
    }
    var before = from.reading().get().chatTemplateSha256();
    var after = to.reading().get().chatTemplateSha256();
    String say =
        before.isEmpty()
            ? "added"
            : after.isEmpty() ? "removed" : UnifiedDiff.size(text(from), text(to));
    add("chat-template", before.equals(after), say, where);
  }

  private void tokenizer() {
    FileChanges vocabulary = FileChanges.between(from, to, FileKinds::isVocabulary);
    String file = "tokenizer_config.json";
    List<String> said = new ArrayList<>();
    if (!vocabulary.none()) {
      said.add("vocabulary changed (" + few(vocabulary.all()) + ")");
    }
    List<Change> found =
        Values.between(
            "tokenizer",
            values(from, Reading::tokenizer),
            values(to, Reading::tokenizer),
            Comparer::tokenMeaning);
    if (unread(file)) {
      aspects.add(
          new Aspect(
              "tokenizer",
              said.isEmpty() ? UNKNOWN : CHANGED,
              said.isEmpty() ? "not read" : few(said),
              vocabulary.all()));
      return;
    }
    changes.addAll(found);
    found.forEach(change -> said.add(Values.words(change.key(), change)));
    List<String> files = new ArrayList<>(vocabulary.all());
    if (!found.isEmpty()) {
      files.add(file);
    }
    add("tokenizer", said.isEmpty(), few(said), files);
  }

  private static Optional<String> tokenMeaning(String key) {
    return key.startsWith("added_tokens_decoder.")
        ? Optional.of("added token")
        : key.endsWith("_token") ? Optional.of("special token") : Optional.empty();
  }

  private void values(String aspect, Function<Reading, Map<String, String>> part, String file) {
    if (unread(file)) {
      aspects.add(new Aspect(aspect, UNKNOWN, "not read", List.of(file)));
      return;
    }
    List<Change> found =
        Values.between(aspect, values(from, part), values(to, part), key -> Optional.empty());
    changes.addAll(found);
    List<String> said = found.stream().map(it -> Values.words(it.key(), it)).toList();
    add(aspect, found.isEmpty(), few(said), List.of(file));
  }

  private void stated(String aspect, Optional<String> before, Optional<String> after) {
    add(
        aspect,
        before.equals(after),
        before.orElse("none") + " → " + after.orElse("none"),
        List.of());
  }

  private void code() {
    FileChanges code = FileChanges.between(from, to, FileKinds::isCode);
    boolean before = from.profile().map(ModelProfile::trustRemoteCode).orElse(false);
    boolean after = to.profile().map(ModelProfile::trustRemoteCode).orElse(false);
    String say =
        before == after
            ? "Python files of the repository changed"
            : after ? "the model now runs code of its repository" : "no longer runs own code";
    add("code", code.none() && before == after, say, code.all());
  }

  /** A revision that is not here yet was not scanned. */
  private void scan() {
    if (from.scan().isPresent() && to.scan().isPresent()) {
      stated(
          "scan", from.scan().map(it -> word(it.status())), to.scan().map(it -> word(it.status())));
    }
  }

  private static String word(Enum<?> status) {
    return status.name().toLowerCase(java.util.Locale.ROOT);
  }

  private List<String> unread() {
    List<String> sides = new ArrayList<>();
    if (from.reading().isEmpty()) {
      sides.add("from");
    }
    if (to.reading().isEmpty()) {
      sides.add("to");
    }
    return sides;
  }

  /** Whether a file differs, or may, that one side could not read. */
  private boolean unread(String file) {
    return (from.reading().isEmpty() || to.reading().isEmpty()) && !same(file);
  }

  private boolean same(String file) {
    return FileChanges.between(from, to, file::equals).none();
  }

  /** Of a side that was not read nothing is compared: see {@link #unread(String)}. */
  private Map<String, String> values(Side side, Function<Reading, Map<String, String>> part) {
    boolean both = from.reading().isPresent() && to.reading().isPresent();
    return both ? side.reading().map(part).orElse(Map.of()) : Map.of();
  }

  private static String text(Side side) {
    return side.reading().flatMap(Reading::chatTemplate).orElse("");
  }

  private void add(String name, boolean same, String say, List<String> files) {
    aspects.add(
        new Aspect(name, same ? SAME : CHANGED, same ? SAME : say, same ? List.of() : files));
  }

  private static void count(List<String> parts, int number, String what) {
    if (number > 0) {
      parts.add(number + " " + what);
    }
  }

  private static String few(List<String> all) {
    return all.size() <= MOST_TOLD
        ? String.join(", ", all)
        : String.join(", ", all.subList(0, MOST_TOLD))
            + " and "
            + (all.size() - MOST_TOLD)
            + " more";
  }
}
