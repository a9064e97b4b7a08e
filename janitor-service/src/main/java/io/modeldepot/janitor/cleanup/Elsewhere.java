package io.modeldepot.janitor.cleanup;

import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.state.Spread;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.janitor.site.Copies;
import io.modeldepot.janitor.site.Copies.Copy;
import io.modeldepot.janitor.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether a copy here belongs to other locations alone, and is of no use any more: a model that is
 * spread is kept where the registry assigned it, and a location that was away, or had it before,
 * may have it too. Doubt says that it stays. Pure.
 */
final class Elsewhere {
  /** A location that was not heard of for so long may be lost, and its copies with it. */
  static final Duration LIVES = Duration.ofMinutes(15);

  private final Site site;

  Elsewhere(Site site) {
    this.site = site;
  }

  /**
   * Why a version is no surplus; empty if every location that the model belongs to is there and has
   * this version, or as many newer ones as are kept.
   */
  Optional<String> whyStays(ModelName model, CommitId commit) {
    ModelDescribed wish = site.wishes().get(model);
    if (wish == null) {
      return Optional.of("the catalog does not know the model");
    }
    if (wish.spread().isEmpty()) {
      return Optional.of("it is not spread: its locations are as they were named");
    }
    if (wish.locations().isEmpty() || wish.locations().contains(site.location())) {
      return Optional.of("it belongs here");
    }
    if (!site.copies().complete()) {
      return Optional.of("what the other locations have cannot be read");
    }
    Optional<Integer> copies = copies(wish.spread().get(), wish.locations().size());
    if (copies.filter(it -> it <= wish.locations().size()).isEmpty()) {
      return Optional.of("it has too few locations");
    }
    return wish.locations().stream()
        .flatMap(location -> whyNeeded(wish, commit, location).stream())
        .findFirst();
  }

  private static Optional<Integer> copies(Spread spread, int named) {
    return switch (spread.policy()) {
      case COPIES, NEAR -> Optional.of(spread.copies().orElse(1));
      case ALL, NAMED -> Optional.of(named);
      case UNKNOWN -> Optional.empty();
    };
  }

  private Optional<String> whyNeeded(ModelDescribed wish, CommitId commit, LocationName location) {
    Optional<Copies.Volume> its = site.copies().volume(location);
    if (its.filter(it -> it.reportedAt().plus(LIVES).isAfter(site.now())).isEmpty()) {
      return Optional.of("the location %s, where it belongs, is not heard of".formatted(location));
    }
    Optional<String> ours = site.copies().volume(site.location()).map(Copies.Volume::id);
    if (ours.equals(its.map(Copies.Volume::id)) || ours.isEmpty()) {
      return Optional.of("the location %s may be the same volume".formatted(location));
    }
    List<Copy> there = site.copies().of(wish.model(), location);
    if (there.stream().noneMatch(Copy::current)) {
      return Optional.of("the location %s, where it belongs, has it not yet".formatted(location));
    }
    return there.stream().anyMatch(it -> it.commit().equals(commit))
            || isSuperseded(wish, commit, there)
        ? Optional.empty()
        : Optional.of("the location %s has not this version".formatted(location));
  }

  /** Retention would have taken it there. */
  private boolean isSuperseded(ModelDescribed wish, CommitId commit, List<Copy> there) {
    if (wish.pin().filter(commit::equals).isPresent()) {
      return false;
    }
    Optional<Instant> ours =
        site.copies().of(wish.model(), site.location()).stream()
            .filter(it -> it.commit().equals(commit))
            .map(Copy::verifiedAt)
            .findFirst();
    return ours.isPresent()
        && there.stream().filter(it -> it.verifiedAt().isAfter(ours.get())).count()
            >= wish.keepVersions();
  }
}
