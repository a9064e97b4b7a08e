package io.modeldepot.downloader.peer;

import io.modeldepot.events.state.DownloadProgressed;
import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.kit.state.StateRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who of several locations asks the hub: the first in the catalog's order that lives. The others
 * wait for it while its job moves, so the site fetches once from far away. Nobody has to agree on
 * anything: all read the same catalog and the same progress. Safe for threads.
 */
final class Turns {
  /** A job that says nothing for so long is not waited for any more. */
  private static final Duration SILENT = Duration.ofMinutes(2);

  /** All hear a request within this time; until then the first is taken to be at work. */
  private static final Duration TO_BEGIN = Duration.ofSeconds(10);

  private static final Set<DownloadState> ENDS =
      EnumSet.of(
          DownloadState.PLANNED,
          DownloadState.DONE,
          DownloadState.FAILED,
          DownloadState.CANCELLED,
          DownloadState.EXPIRED);

  private final LocationName here;
  private final InstantSource clock;
  private final Map<String, Instant> movedAt = new ConcurrentHashMap<>();

  Turns(LocationName here, InstantSource clock) {
    this.here = here;
    this.clock = clock;
  }

  void heard(StateRecord<DownloadProgressed> what) {
    what.value()
        .filter(said -> !said.location().equals(here))
        .ifPresent(
            said -> {
              String key = key(said.location(), said.model().value());
              if (ENDS.contains(said.state())) {
                movedAt.remove(key);
              } else {
                movedAt.merge(key, said.updatedAt(), (a, b) -> a.isAfter(b) ? a : b);
              }
            });
  }

  /**
   * The first living location of an entry, unless that is this one or it is not at work.
   *
   * @param askedAt when this location was asked for the version
   */
  Optional<LocationName> ahead(
      ModelDescribed entry, Collection<LocationName> alive, Instant askedAt) {
    Instant since = clock.instant().minus(SILENT);
    return entry.locations().stream()
        .filter(it -> it.equals(here) || alive.contains(it))
        .findFirst()
        .filter(first -> !first.equals(here))
        .filter(
            first ->
                clock.instant().isBefore(askedAt.plus(TO_BEGIN))
                    || Optional.ofNullable(movedAt.get(key(first, entry.model().value())))
                        .filter(at -> at.isAfter(since))
                        .isPresent());
  }

  private static String key(LocationName location, String model) {
    return location + "/" + model;
  }
}
