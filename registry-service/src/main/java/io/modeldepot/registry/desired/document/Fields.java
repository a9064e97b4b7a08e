package io.modeldepot.registry.desired.document;

import io.modeldepot.events.terms.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The keys of one mapping, read by name. What is not as it should be becomes a fault and reads as
 * if it were not there, so that all faults of a file are found at once. A key that nobody knows is
 * a fault when the mapping is opened.
 */
final class Fields {
  private final List<String> path;
  private final Place place;
  private final Map<String, Item.Entry> entries = new LinkedHashMap<>();
  private final List<Fault> faults;

  private Fields(List<String> path, Place place, List<Fault> faults) {
    this.path = path;
    this.place = place;
    this.faults = faults;
  }

  /** The keys of a document, of which there are these. */
  static Fields document(Item item, Set<String> known, List<Fault> faults) {
    return new Fields(List.of(), item.place(), faults).filled(item).only(known);
  }

  private Fields filled(Item item) {
    if (item instanceof Item.Mapping mapping) {
      mapping.entries().forEach(entry -> entries.put(entry.key(), entry));
    } else if (!(item instanceof Item.Scalar scalar && scalar.nothing())) {
      faults.add(new Fault(item.place(), path, "Keys with values are expected here."));
    }
    return this;
  }

  private Fields only(Set<String> known) {
    for (Item.Entry entry : List.copyOf(entries.values())) {
      if (!known.contains(entry.key())) {
        fault(entry.key(), unknown(entry.key(), known));
        entries.remove(entry.key());
      }
    }
    return this;
  }

  Set<String> keys() {
    return entries.keySet();
  }

  boolean has(String key) {
    return entries.containsKey(key);
  }

  /** Where a key stands, or the mapping if it is not there. */
  Place place(String key) {
    Item.Entry entry = entries.get(key);
    return entry == null ? place : entry.place();
  }

  Place place() {
    return place;
  }

  List<String> path(String key) {
    List<String> longer = new ArrayList<>(path);
    longer.add(key);
    return longer;
  }

  Optional<Item> item(String key) {
    return Optional.ofNullable(entries.get(key)).map(Item.Entry::value);
  }

  /** The mapping below a key, which may have these keys. */
  Optional<Fields> below(String key, Set<String> known) {
    return names(key).map(fields -> fields.only(known));
  }

  /** The mapping below a key, whose keys are names. Nothing is an empty one. */
  Optional<Fields> names(String key) {
    return item(key).map(item -> new Fields(path(key), place(key), faults).filled(item));
  }

  Optional<String> text(String key) {
    return scalar(key, "A text is expected.").map(Item.Scalar::text);
  }

  /** A text that another reading makes something of. */
  <T> Optional<T> text(String key, Function<String, Optional<T>> reading, String expected) {
    Optional<String> text = text(key);
    Optional<T> value = text.flatMap(reading);
    if (text.isPresent() && value.isEmpty()) {
      fault(key, "\"" + YamlText.shown(text.get()) + "\": " + expected);
    }
    return value;
  }

  /** One of these words. */
  Optional<String> word(String key, Set<String> words) {
    return text(
        key, text -> Optional.of(text).filter(words::contains), "it can be " + list(words) + ".");
  }

  Optional<Boolean> flag(String key) {
    return scalar(key, "true or false is expected.")
        .flatMap(
            scalar -> {
              boolean flag = scalar.text().equals("true") || scalar.text().equals("false");
              if (!flag || scalar.quoted()) {
                fault(key, "true or false is expected, without quotes.");
                return Optional.empty();
              }
              return Optional.of(scalar.text().equals("true"));
            });
  }

  /** A whole number from a least one. */
  Optional<Long> number(String key, long least) {
    return scalar(key, "A whole number is expected.")
        .flatMap(
            scalar -> {
              boolean good = !scalar.quoted() && scalar.text().matches("\\d{1,10}");
              if (!good
                  || Long.parseLong(scalar.text()) < least
                  || Long.parseLong(scalar.text()) > Integer.MAX_VALUE) {
                fault(
                    key,
                    "\"%s\": a whole number is expected, at least %d."
                        .formatted(YamlText.shown(scalar.text()), least));
                return Optional.empty();
              }
              return Optional.of(Long.parseLong(scalar.text()));
            });
  }

  /** Texts: a list, or one alone. */
  Optional<List<String>> texts(String key) {
    Optional<Item> item = item(key);
    if (item.isEmpty()) {
      return Optional.empty();
    }
    List<Item> items =
        item.get() instanceof Item.Sequence sequence ? sequence.items() : List.of(item.get());
    List<String> texts = new ArrayList<>();
    for (Item one : items) {
      if (one instanceof Item.Scalar scalar && !scalar.nothing()) {
        texts.add(scalar.text());
      } else {
        faults.add(new Fault(one.place(), path(key), "Texts are expected."));
        return Optional.empty();
      }
    }
    return Optional.of(texts);
  }

  void fault(String key, String say) {
    faults.add(new Fault(place(key), path(key), say));
  }

  /** What is wrong with the mapping as a whole. */
  void fault(String say) {
    faults.add(new Fault(place, path, say));
  }

  /** Whether a key is there and has no value. */
  boolean saysNothing(String key) {
    return item(key).filter(it -> it instanceof Item.Scalar scalar && scalar.nothing()).isPresent();
  }

  /** Of keys that exclude each other all but the first are faults. */
  void onlyOneOf(List<String> keys) {
    List<String> said = keys.stream().filter(this::has).toList();
    for (String key : said.subList(Math.min(1, said.size()), said.size())) {
      fault(key, "Either " + said.getFirst() + " or " + key + ", not both.");
    }
  }

  private Optional<Item.Scalar> scalar(String key, String expected) {
    Optional<Item> item = item(key);
    if (item.isEmpty()) {
      return Optional.empty();
    }
    if (item.get() instanceof Item.Scalar scalar && !scalar.nothing()) {
      return Optional.of(scalar);
    }
    fault(key, expected);
    return Optional.empty();
  }

  private static String unknown(String key, Set<String> known) {
    String meant =
        Nearest.to(key, known)
            .map(near -> "did you mean " + near + "?")
            .orElse("it can be " + list(known) + ".");
    return "There is no key " + YamlText.shown(key) + "; " + meant;
  }

  private static String list(Set<String> words) {
    return String.join(", ", new TreeSet<>(words));
  }
}
