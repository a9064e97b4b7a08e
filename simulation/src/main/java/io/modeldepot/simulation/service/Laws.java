package io.modeldepot.simulation.service;

import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.fact.ModelRemoved;
import io.modeldepot.events.fact.RemovedWhat;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.VersionState;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.simulation.broker.Broker;
import io.modeldepot.simulation.disk.DiskCalls;
import io.modeldepot.simulation.law.LawBroken;
import io.modeldepot.simulation.law.VolumeLaws;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.journal.Journal;
import io.modeldepot.store.journal.Journals;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must hold in every run; the first that does not ends it. */
public final class Laws {
  private final World world;
  private final Map<LocationName, VolumeLaws> volumes = new HashMap<>();
  private final Map<RequestId, DownloadRequested> asked = new LinkedHashMap<>();
  private final Map<String, Instant> takenAt = new HashMap<>();
  private final Map<String, Wish> pins = new HashMap<>();
  private final Map<String, Wish> actives = new HashMap<>();
  private Optional<String> first = Optional.empty();

  /** Since when the broker has this wish. */
  private record Wish(ModelDescribed entry, Instant since) {}

  Laws(World world) {
    this.world = world;
    for (Site site : world.sites()) {
      VolumeLaws laws = new VolumeLaws(site.root().toString(), site.disk(), this::broken);
      volumes.put(site.name(), laws);
      site.disk()
          .watch(
              (call, path) -> {
                world.trace(call, path);
                noteTaken(site, call, path);
                laws.changed(call, path);
              });
    }
    world.broker().watch(this::appended);
  }

  /** The first law that was broken, if one was. */
  public Optional<String> first() {
    return first;
  }

  private void broken(String what) {
    if (first.isEmpty()) {
      first = Optional.of(what + " [" + world.timeline().who() + "]");
      world.timeline().stop();
    }
    throw new LawBroken(what);
  }

  VolumeLaws of(Site site) {
    return Optional.ofNullable(volumes.get(site.name())).orElseThrow();
  }

  private void noteTaken(Site site, String call, String path) {
    if (call.equals("rename")
        && path.endsWith("/manifest.json")
        && path.contains("/.depot/trash/")) {
      String entry = path.substring(0, path.lastIndexOf('/'));
      takenAt.put(site.name() + "/" + entry.substring(entry.length() - 40), world.timeline().now());
    }
  }

  private void appended(TopicSpec topic, Broker.Entry entry) {
    world.trace(topic.name(), entry.key());
    if (entry.value().isEmpty()) {
      return;
    }
    switch (entry.value().get()) {
      case ModelVerified said when said.state() == VersionState.PRESENT -> {
        VolumeLaws laws = volumes.get(said.location());
        if (laws != null && !laws.wasThere(said.model().value(), said.commit().value())) {
          broken(entry.key() + " is announced and was never there");
        }
      }
      case ModelDescribed wish -> {
        Wish known = pins.get(wish.model().value());
        if (known == null || !known.entry().pin().equals(wish.pin())) {
          pins.put(wish.model().value(), new Wish(wish, entry.at()));
        }
        Wish active = actives.get(wish.model().value());
        if (active == null || active.entry().active() != wish.active()) {
          actives.put(wish.model().value(), new Wish(wish, entry.at()));
        }
      }
      case ModelRemoved removed -> checkRemoved(removed);
      default -> {}
    }
  }

  /** Whoever was told that a version is pinned before it was taken must have it back. */
  private void checkRemoved(ModelRemoved removed) {
    Wish wish = pins.get(removed.model().value());
    if (wish == null || removed.commit().isEmpty()) {
      return;
    }
    CommitId commit = removed.commit().get();
    Instant taken = takenAt.get(removed.location() + "/" + commit);
    if (wish.entry().pin().equals(Optional.of(commit))
        && taken != null
        && wish.since().isBefore(taken)) {
      broken(removed.model() + "@" + commit + " was taken away although it was pinned");
    }
    Wish active = actives.get(removed.model().value());
    if (removed.what() == RemovedWhat.MODEL
        && active != null
        && active.entry().active()
        && taken != null
        && active.since().isBefore(taken)) {
      broken(removed.model() + " was taken away although it was active");
    }
  }

  void asked(DownloadRequested command) {
    asked.put(command.requestId().orElseThrow(), command);
  }

  /** The broker was wiped: what nobody had journaled is lost, and known to be. */
  void forgetAsked() {
    asked.clear();
  }

  /** Requests that have not come to their end at a location. */
  Optional<String> open() {
    for (Site site : world.sites()) {
      ModelStore store = store(site);
      Optional<String> open = journalThatIsOpen(store);
      if (open.isPresent()) {
        return open.map(it -> it + " at " + site.name());
      }
      for (Map.Entry<RequestId, DownloadRequested> one : asked.entrySet()) {
        if (one.getValue().location().filter(it -> !it.equals(site.name())).isPresent()) {
          continue;
        }
        try {
          Optional<Journal> journal = store.journals().read(one.getKey());
          if (journal.filter(it -> Journals.isFinal(it.state())).isEmpty()) {
            return Optional.of(
                one.getKey()
                    + " at "
                    + site.name()
                    + " is "
                    + journal.map(it -> it.state().toString()).orElse("nowhere"));
          }
        } catch (IOException e) {
          return Optional.of(one.getKey() + ": " + e.getMessage());
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> journalThatIsOpen(ModelStore store) {
    try {
      for (RequestId id : store.journals().list()) {
        if (store.journals().read(id).filter(it -> Journals.isFinal(it.state())).isEmpty()) {
          return Optional.of("the job " + id + " is not over");
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private ModelStore store(Site site) {
    try {
      return ModelStore.open(
          site.root(),
          Optional.empty(),
          world.clock(),
          new DiskCalls(site.disk(), world.chance(), (call, path) -> Optional.empty()));
    } catch (IOException e) {
      throw new LawBroken("the volume cannot be opened: " + e.getMessage());
    }
  }

  void atRest(boolean restarted) {
    try {
      Optional<String> open = open();
      if (open.isPresent()) {
        broken("at rest " + open.get());
      }
      for (Site site : world.sites()) {
        VolumeLaws laws = of(site);
        for (String model : world.models()) {
          boolean active = world.registry().entry(model).map(ModelDescribed::active).orElse(false);
          laws.atRest(model, active, restarted);
          Set<String> there = laws.present(model);
          Set<String> shown = world.registry().present(site.name().value(), model);
          // Of what was removed before the broker that was rebuilt heard of it nobody tells it.
          boolean same =
              world.broker().life() == 1 ? there.equals(shown) : shown.containsAll(there);
          if (!same) {
            broken(
                "at rest %s has of %s %s, the projection says %s"
                    .formatted(site.name(), model, there, shown));
          }
        }
      }
      world.registry().disorder().ifPresent(this::broken);
    } catch (LawBroken e) {
      // It is the first, and noted.
      return;
    }
  }
}
