package io.modeldepot.registry.desired.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.terms.WeightForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One model's keys, as a merge patch of its catalog entry. A key that is left out is not in the
 * patch. Three groups are each said whole or not at all: which version, what it serves, and where.
 */
final class ModelReading {
  private static final String ALL_LOCATIONS = "all";

  private final Fields said;
  private final Defaults defaults;
  private final ObjectNode patch = JsonNodeFactory.instance.objectNode();

  private ModelReading(Fields said, Defaults defaults) {
    this.said = said;
    this.defaults = defaults;
  }

  static WishedModel read(ModelName model, Fields said, Defaults defaults) {
    ModelReading reading = new ModelReading(said, defaults);
    Optional<Boolean> archived = said.flag("archived");
    reading.description();
    if (archived.orElse(false)) {
      reading.away();
    } else {
      reading.version();
      reading.demand();
      said.flag("active").ifPresent(active -> reading.patch.put("active", active));
    }
    reading.where();
    Map<String, Place> places = new LinkedHashMap<>();
    said.keys().forEach(key -> places.put(key, said.place(key)));
    boolean fetch = said.flag("fetch").orElse(true);
    return new WishedModel(model, said.place(), reading.patch, fetch, archived, places);
  }

  private void description() {
    if (said.saysNothing("source")) {
      patch.putNull("repository");
    } else {
      term("source", RepositoryId::of, "ORG/NAME at the hub is expected.")
          .ifPresent(source -> patch.put("repository", source));
    }
    term("family", FamilyName::of, "lower-case letters, digits, dots and dashes are expected.")
        .ifPresent(family -> patch.put("family", family));
    said.text("displayName").ifPresent(name -> patch.put("displayName", name));
    textOrNothing("useCase");
    textOrNothing("licence");
    said.number("keep", 1)
        .or(() -> said.has("keep") ? Optional.empty() : defaults.keep())
        .ifPresent(keep -> patch.put("keepVersions", keep.intValue()));
    said.word("profile", Defaults.PROFILES)
        .or(() -> said.has("profile") ? Optional.empty() : defaults.profile())
        .ifPresent(profile -> patch.put("profile", profile));
  }

  private void textOrNothing(String key) {
    if (said.saysNothing(key)) {
      patch.putNull(key);
    } else {
      said.text(key).ifPresent(text -> patch.put(key, text));
    }
  }

  /** What is archived is neither served nor updated; saying both is a fault. */
  private void away() {
    for (String key : List.of("active", "fetch", "pin", "update", "approve")) {
      refuseIfArchived(key);
    }
    ModelKeys.DEMAND.forEach(this::refuseIfArchived);
    var unused = branch();
    patch.put("active", false).put("update", "manual").putNull("pin").putNull("placement");
  }

  private void refuseIfArchived(String key) {
    if (said.has(key)) {
      said.fault(key, "What is archived is not served: leave " + key + " out, or archived.");
    }
  }

  private void version() {
    said.onlyOneOf(List.of("update", "approve"));
    Optional<String> branch = branch();
    if (said.saysNothing("pin") || (said.has("track") && !said.has("pin"))) {
      patch.putNull("pin");
    } else {
      term("pin", CommitId::of, "a commit of 40 hexadecimal digits is expected.")
          .ifPresent(commit -> patch.put("pin", commit));
    }
    said.word("update", Defaults.UPDATES)
        .or(() -> said.flag("approve").map(ask -> ask ? "approve" : "follow"))
        .or(defaults::update)
        .or(() -> branch.filter(it -> !said.has("pin")).map(it -> "follow"))
        .ifPresent(policy -> patch.put("update", policy));
  }

  private Optional<String> branch() {
    if (said.saysNothing("track")) {
      patch.putNull("branch");
      return Optional.empty();
    }
    Optional<String> branch = said.text("track");
    branch.ifPresent(name -> patch.put("branch", name));
    return branch;
  }

  private void demand() {
    if (!said.has("users")) {
      ModelKeys.DEMAND.stream()
          .filter(said::has)
          .forEach(
              key ->
                  said.fault(key, "It belongs to a demand, which begins with users: say users."));
      return;
    }
    Optional<Long> users = said.number("users", 0);
    if (users.equals(Optional.of(0L))) {
      ModelKeys.DEMAND.stream()
          .filter(key -> said.has(key) && !key.equals("users"))
          .forEach(key -> said.fault(key, "With users: 0 nothing is served."));
      patch.putNull("placement");
      return;
    }
    ObjectNode demand = patch.putObject("placement");
    users.ifPresent(number -> demand.put("users", number.intValue()));
    number("minUsers", demand, "minUsers");
    number("minContext", demand, "minContextTokens");
    number("priority", demand, "priority");
    number("replicas", demand, "replicas");
    said.number("context", 1)
        .or(defaults::context)
        .ifPresent(tokens -> demand.put("contextTokens", tokens.intValue()));
    said.text("gpu").ifPresentOrElse(gpu -> demand.put("gpu", gpu), () -> demand.putNull("gpu"));
    forms(demand.putArray("variants"));
    list(
        "apartFrom", demand.putArray("antiAffinity"), ModelName::of, "a model's name is expected.");
  }

  private void number(String key, ObjectNode into, String name) {
    long least = key.equals("priority") ? 0 : 1;
    said.number(key, least)
        .ifPresentOrElse(
            number -> into.put(name, number.intValue()),
            () -> into.putNull(name)); // the demand is said whole
  }

  private void forms(ArrayNode variants) {
    for (String form : said.texts("dtype").orElse(List.of())) {
      WeightForm.named(form)
          .ifPresentOrElse(
              known -> variants.add(known.label()),
              () -> said.fault("dtype", WeightForm.refusal(YamlText.shown(form))));
    }
  }

  private void where() {
    said.onlyOneOf(ModelKeys.WHERE);
    said.number("copies", 1).ifPresent(copies -> spread("copies", copies));
    said.number("nearGpus", 1).ifPresent(copies -> spread("near", copies));
    if (!said.has("locations")) {
      return;
    }
    if (said.texts("locations").equals(Optional.of(List.of(ALL_LOCATIONS)))) {
      patch.putObject("spread").put("policy", "all").putNull("copies");
      return;
    }
    patch.putNull("spread");
    list(
        "locations",
        patch.putArray("locations"),
        LocationName::of,
        "a location's name is expected.");
  }

  private void spread(String policy, long copies) {
    patch.putObject("spread").put("policy", policy).put("copies", (int) copies);
  }

  private void list(String key, ArrayNode into, Function<String, ?> term, String expected) {
    for (String text : said.texts(key).orElse(List.of())) {
      if (read(text, term).isPresent()) {
        into.add(text);
      } else {
        said.fault(key, "\"" + YamlText.shown(text) + "\": " + expected);
      }
    }
  }

  private Optional<String> term(String key, Function<String, ?> term, String expected) {
    return said.text(key, text -> read(text, term).map(Object::toString), expected);
  }

  static <T> Optional<T> read(String text, Function<String, T> term) {
    try {
      return Optional.of(term.apply(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
