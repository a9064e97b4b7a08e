package io.modeldepot.registry.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.state.PlacementDemand;
import io.modeldepot.events.state.Spread;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Profile;
import io.modeldepot.events.terms.SpreadPolicy;
import io.modeldepot.events.terms.UpdatePolicy;
import io.modeldepot.events.terms.WeightForm;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.door.Bodies;
import io.modeldepot.registry.problem.FieldError;
import io.modeldepot.registry.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What callers may wish of an entry, and how a wish is read. */
public final class Wishes {
  private static final int LONGEST_TEXT = 2000;
  private static final int MOST_LOCATIONS = 100;

  /** More users or tokens than anybody serves; placement plans with no more. */
  private static final int MOST = 1 << 28;

  private static final int MOST_REPLICAS = 256;

  static final Set<String> MEMBERS =
      Set.of(
          "family",
          "repository",
          "displayName",
          "useCase",
          "licence",
          "branch",
          "pin",
          "update",
          "keepVersions",
          "active",
          "locations",
          "profile",
          "placement",
          "spread");

  private Wishes() {}

  /**
   * A whole entry from a body; what the body leaves out is taken from the standard.
   *
   * @throws ProblemException {@code invalid}, with pointers
   */
  static ModelDescribed whole(ObjectNode body, ModelDescribed standard) {
    Bodies.onlyMembers(body, MEMBERS);
    ObjectNode entry = Wire.mapper().valueToTree(standard);
    body.properties().forEach(member -> entry.set(member.getKey(), member.getValue()));
    return read(entry, standard.model(), standard.generation());
  }

  /**
   * An entry with a merge patch (RFC 7396) applied.
   *
   * @throws ProblemException {@code invalid}, with pointers
   */
  public static ModelDescribed patched(ModelDescribed now, ObjectNode patch) {
    Bodies.onlyMembers(patch, MEMBERS);
    ObjectNode entry = Wire.mapper().valueToTree(now);
    return read((ObjectNode) merged(entry, patch), now.model(), now.generation());
  }

  /** RFC 7396, section 2. */
  static JsonNode merged(JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode changes)) {
      return patch;
    }
    ObjectNode result =
        target instanceof ObjectNode object ? object : Wire.mapper().createObjectNode();
    changes
        .properties()
        .forEach(
            member -> {
              if (member.getValue().isNull()) {
                result.remove(member.getKey());
              } else {
                JsonNode before = result.path(member.getKey());
                result.set(member.getKey(), merged(before, member.getValue()));
              }
            });
    return result;
  }

  /** The same wish under another generation. */
  static ModelDescribed at(ModelDescribed wish, long generation) {
    return with(wish, wish.locations(), wish.placement(), generation);
  }

  /** The same wish, where nothing is to be served. */
  static ModelDescribed askingNothing(ModelDescribed wish) {
    return with(wish, wish.locations(), Optional.empty(), wish.generation());
  }

  /** The same wish, where the model is not served, updated or held at a version any more. */
  public static ModelDescribed retired(ModelDescribed wish) {
    ObjectNode patch = Wire.mapper().createObjectNode();
    patch.put("active", false).put("update", "manual").putNull("pin").putNull("placement");
    return patched(wish, patch);
  }

  /** The same wish at other locations. */
  static ModelDescribed at(ModelDescribed wish, List<LocationName> locations) {
    return with(wish, locations, wish.placement(), wish.generation());
  }

  private static ModelDescribed with(
      ModelDescribed wish,
      List<LocationName> locations,
      Optional<PlacementDemand> placement,
      long generation) {
    return new ModelDescribed(
        wish.model(),
        wish.family(),
        wish.repository(),
        wish.displayName(),
        wish.useCase(),
        wish.licence(),
        wish.branch(),
        wish.pin(),
        wish.update(),
        wish.keepVersions(),
        wish.active(),
        locations,
        wish.profile(),
        placement,
        wish.spread(),
        generation);
  }

  private static ModelDescribed read(ObjectNode entry, ModelName model, long generation) {
    entry.put("model", model.value());
    entry.put("generation", generation);
    List<FieldError> errors = new ArrayList<>();
    JsonNode keepVersions = entry.path("keepVersions");
    if (keepVersions.canConvertToInt() && keepVersions.intValue() < 1) {
      errors.add(new FieldError("/keepVersions", "At least one version is kept."));
      entry.put("keepVersions", 1); // to see what else is wrong
    }
    ModelDescribed wish = Bodies.as(entry, ModelDescribed.class);
    if (wish.update() == UpdatePolicy.UNKNOWN) {
      errors.add(new FieldError("/update", "It is manual, follow or approve."));
    }
    if (wish.profile() == Profile.UNKNOWN) {
      errors.add(new FieldError("/profile", "It is serving or full."));
    }
    if (wish.locations().isEmpty() || wish.locations().size() > MOST_LOCATIONS) {
      errors.add(new FieldError("/locations", "A model belongs to 1 to 100 locations."));
    }
    if (Set.copyOf(wish.locations()).size() != wish.locations().size()) {
      errors.add(new FieldError("/locations", "A location is named twice."));
    }
    text(errors, "/displayName", wish.displayName());
    wish.useCase().ifPresent(text -> text(errors, "/useCase", text));
    wish.licence().ifPresent(text -> text(errors, "/licence", text));
    wish.branch().ifPresent(text -> text(errors, "/branch", text));
    wish.placement().ifPresent(demand -> demand(errors, demand));
    wish.spread().ifPresent(spread -> spread(errors, spread));
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    return wish;
  }

  private static void text(List<FieldError> errors, String pointer, String text) {
    if (text.isBlank()
        || text.length() > LONGEST_TEXT
        || text.codePoints().anyMatch(Character::isISOControl)) {
      errors.add(new FieldError(pointer, "It is 1 to 2000 characters without control characters."));
    }
  }

  private static void spread(List<FieldError> errors, Spread spread) {
    if (spread.policy() == SpreadPolicy.UNKNOWN) {
      errors.add(new FieldError("/spread/policy", "It is named, copies, all or near."));
    }
    spread.copies().ifPresent(copies -> within(errors, "/spread/copies", copies, MOST_LOCATIONS));
  }

  private static void demand(List<FieldError> errors, PlacementDemand demand) {
    within(errors, "/placement/users", demand.users(), MOST);
    within(errors, "/placement/contextTokens", demand.contextTokens(), MOST);
    demand
        .minUsers()
        .ifPresent(least -> within(errors, "/placement/minUsers", least, demand.users()));
    demand
        .minContextTokens()
        .ifPresent(
            least -> within(errors, "/placement/minContextTokens", least, demand.contextTokens()));
    demand
        .priority()
        .filter(priority -> priority < 0 || priority > 9)
        .ifPresent(
            wrong ->
                errors.add(
                    new FieldError("/placement/priority", wrong + " is not within 0 to 9.")));
    demand
        .replicas()
        .ifPresent(replicas -> within(errors, "/placement/replicas", replicas, MOST_REPLICAS));
    for (int i = 0; i < demand.variants().size(); i++) {
      String variant = demand.variants().get(i);
      if (WeightForm.named(variant).isEmpty()) {
        errors.add(new FieldError("/placement/variants/" + i, WeightForm.refusal(variant)));
      }
    }
    demand
        .gpu()
        .filter(gpu -> !gpu.matches("([A-Za-z0-9._-]{1,253}/)?[A-Za-z0-9._-]{1,128}"))
        .ifPresent(
            wrong ->
                errors.add(new FieldError("/placement/gpu", "A GPU is named as HOST/ID or ID.")));
  }

  private static void within(List<FieldError> errors, String pointer, int number, int most) {
    if (number < 1 || number > most) {
      errors.add(
          new FieldError(
              pointer, "%d is not within 1 to %d.".formatted(number, Math.max(1, most))));
    }
  }
}
