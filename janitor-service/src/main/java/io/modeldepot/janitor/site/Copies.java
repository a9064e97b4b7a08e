package io.modeldepot.janitor.site;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which copies the locations of the site have, of the models that do not belong here.
 *
 * @param complete whether everything that was said could be read
 * @param byModel whole versions, here too
 * @param volumes what the locations last said of themselves
 */
public record Copies(
    boolean complete, Map<ModelName, List<Copy>> byModel, Map<LocationName, Volume> volumes) {

  /** Nobody said anything. */
  public static final Copies UNKNOWN = new Copies(false, Map.of(), Map.of());

  /** Keeps its own copies. */
  public Copies {
    byModel = Map.copyOf(byModel);
    volumes = Map.copyOf(volumes);
  }

  /**
   * A whole version at a location.
   *
   * @param current whether it is what the location serves
   * @param verifiedAt when it was found whole
   */
  public record Copy(LocationName location, CommitId commit, boolean current, Instant verifiedAt) {}

  /**
   * The volume of a location.
   *
   * @param id which it is
   * @param reportedAt when it was last heard of
   */
  public record Volume(String id, Instant reportedAt) {}

  /** Of a model at a location. */
  public List<Copy> of(ModelName model, LocationName location) {
    return byModel.getOrDefault(model, List.of()).stream()
        .filter(it -> it.location().equals(location))
        .toList();
  }

  /** The volume of a location. */
  public Optional<Volume> volume(LocationName location) {
    return Optional.ofNullable(volumes.get(location));
  }
}
