package io.modeldepot.placement.site;

import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.PlacementDemand;
import io.modeldepot.events.state.VersionState;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.demand.Range;
import io.modeldepot.placement.memory.Calibrations;
import io.modeldepot.placement.memory.ShapeReading;
import io.modeldepot.placement.memory.Variant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is asked of a model, by its catalog entry and its verified versions. */
public sealed interface DemandReading {

  /** More users or tokens than anybody serves; catalogs may say anything. */
  int MOST = 1 << 28;

  /** More copies than anybody needs. */
  int MOST_REPLICAS = 256;

  /** Which model. */
  ModelName model();

  /** It shall be placed. */
  record Asked(Demand demand) implements DemandReading {
    @Override
    public ModelName model() {
      return demand.model();
    }
  }

  /** It cannot be planned with. */
  record Unplannable(ModelName model, String why) implements DemandReading {}

  /**
   * Reads one entry; empty if nothing is asked of it, or if no location has verified files of it.
   *
   * @param versions of this model
   */
  static Optional<DemandReading> of(ModelDescribed entry, Collection<ModelVerified> versions) {
    return entry.placement().flatMap(wish -> of(entry, wish, versions));
  }

  /**
   * The same for another wish than the entry has; empty if no location has verified files of it.
   *
   * @param versions of this model
   */
  static Optional<DemandReading> of(
      ModelDescribed entry, PlacementDemand wish, Collection<ModelVerified> versions) {
    return version(entry, versions).map(version -> read(entry, wish, version, versions));
  }

  private static DemandReading read(
      ModelDescribed entry,
      PlacementDemand wish,
      ModelVerified version,
      Collection<ModelVerified> versions) {
    if (version.profile().isEmpty()) {
      return new Unplannable(entry.model(), "Its files do not say what memory it needs.");
    }
    return switch (ShapeReading.of(version.profile().get())) {
      case ShapeReading.Unknown unknown ->
          new Unplannable(
              entry.model(),
              "Its files do not say what memory it needs; missing: "
                  + String.join(", ", unknown.missing())
                  + ".");
      case ShapeReading.Known known -> {
        int context = Math.max(1, Math.min(wish.contextTokens(), known.shape().contextTokens()));
        yield new Asked(
            new Demand(
                entry.model(),
                version.commit(),
                version.path(),
                locations(version.commit(), versions),
                known.shape(),
                range(wish.minUsers(), wish.users()),
                range(wish.minContextTokens(), context),
                variants(wish.variants()),
                Math.clamp(wish.priority().orElse(Demand.USUAL_PRIORITY), 0, 9),
                Math.clamp(wish.replicas().orElse(1), 1, MOST_REPLICAS),
                wish.gpu(),
                new HashSet<>(wish.antiAffinity()),
                Calibrations.NONE));
      }
    };
  }

  /** Without a least, nothing less will do. */
  private static Range range(Optional<Integer> least, int wanted) {
    int most = Math.clamp(wanted, 1, MOST);
    return new Range(Math.clamp(least.orElse(most), 1, most), most);
  }

  private static List<Variant> variants(List<String> wished) {
    return wished.stream().flatMap(text -> Variant.named(text).stream()).toList();
  }

  /** The pinned commit where it is present, else the current one that most locations have. */
  private static Optional<ModelVerified> version(
      ModelDescribed entry, Collection<ModelVerified> versions) {
    List<ModelVerified> present = versions.stream().filter(DemandReading::isThere).toList();
    Optional<ModelVerified> pinned =
        entry
            .pin()
            .flatMap(pin -> present.stream().filter(it -> it.commit().equals(pin)).findFirst());
    Map<CommitId, Long> count =
        present.stream()
            .filter(ModelVerified::current)
            .collect(Collectors.groupingBy(ModelVerified::commit, Collectors.counting()));
    return pinned.or(
        () ->
            present.stream()
                .filter(ModelVerified::current)
                .max(
                    Comparator.comparingLong(
                            (ModelVerified it) -> count.getOrDefault(it.commit(), 0L))
                        .thenComparing(ModelVerified::verifiedAt)
                        .thenComparing(ModelVerified::commit)));
  }

  /** Where it is whole; where it is nowhere, where it is at all. */
  private static Set<LocationName> locations(CommitId commit, Collection<ModelVerified> versions) {
    Map<VersionState, Set<LocationName>> at =
        versions.stream()
            .filter(it -> it.commit().equals(commit) && isThere(it))
            .collect(
                Collectors.groupingBy(
                    ModelVerified::state,
                    Collectors.mapping(ModelVerified::location, Collectors.toSet())));
    return at.getOrDefault(VersionState.PRESENT, at.getOrDefault(VersionState.DAMAGED, Set.of()));
  }

  /**
   * Most of a model is better than none of it: a damaged version is served until it is repaired.
   */
  private static boolean isThere(ModelVerified version) {
    return version.state() == VersionState.PRESENT || version.state() == VersionState.DAMAGED;
  }
}
