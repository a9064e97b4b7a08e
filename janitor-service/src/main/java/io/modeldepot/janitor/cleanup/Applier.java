package io.modeldepot.janitor.cleanup;

import io.modeldepot.events.fact.ModelRemoved;
import io.modeldepot.events.fact.RemovedWhat;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.janitor.announce.Facts;
import io.modeldepot.janitor.job.Progress;
import io.modeldepot.janitor.site.KnownSite;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.keep.ModelBusy;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.survey.Survey;
import io.modeldepot.store.survey.Surveyor;
import io.modeldepot.store.trash.TrashEntry;
import io.modeldepot.store.trash.TrashNote;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries a plan out. Each thing is looked at once more right before it goes: under its claim, with
 * everything heard that the broker has. What is not as it was planned stays, and the result says
 * why. Carrying a plan out again after a crash does the rest of it.
 */
final class Applier {
  /** Who works on a model now keeps it; another cleanup will find it later. */
  static final Duration FIRST_TRY = Duration.ofSeconds(1);

  /** A janitor that was killed still holds its last claim until it has stood still long enough. */
  static final Duration GOING_ON = Duration.ofSeconds(100);

  /** Content of the cache can be fetched again; so many go between two looks at the broker. */
  private static final int BLOBS_AT_ONCE = 500;

  private final Shelf shelf;
  private final ModelStore store;
  private final KnownSite site;
  private final Facts facts;
  private final ClockWatch clock;
  private final Plan plan;
  private final RequestId job;
  private final Duration patience;
  private final List<Outcome> outcomes = new ArrayList<>();
  private final Map<ModelName, String> staying = new HashMap<>();
  private @Nullable Instant volumesNow;

  Applier(
      Shelf shelf,
      KnownSite site,
      Facts facts,
      ClockWatch clock,
      Plan plan,
      RequestId job,
      Duration patience) {
    this.shelf = shelf;
    this.store = shelf.store();
    this.site = site;
    this.facts = facts;
    this.clock = clock;
    this.plan = plan;
    this.job = job;
    this.patience = patience;
  }

  /**
   * Carries it out.
   *
   * @throws IOException when the volume or the broker is away; to be called again
   */
  List<Outcome> apply(Consumer<Progress> progress) throws IOException, InterruptedException {
    long total = plan.items().stream().mapToLong(Item::bytes).sum();
    long done = 0;
    int blobs = 0;
    look();
    // What a removal that was interrupted left half destroyed would hold its blobs for ever.
    List<Path> unused = store.leftovers().clear();
    for (Item item : plan.items()) {
      // Versions look themselves, under the claim.
      if (item.kind() == Item.Kind.BLOB ? ++blobs % BLOBS_AT_ONCE == 0 : !needsClaim(item)) {
        look();
      }
      outcomes.add(one(item));
      done += item.bytes();
      progress.accept(new Progress(done, total, plan.items().size()));
    }
    return outcomes;
  }

  private static boolean needsClaim(Item item) {
    return item.kind() == Item.Kind.VERSION;
  }

  /** No broker, no deletions; a jumped clock, no deletions. */
  private void look() throws IOException, InterruptedException {
    site.requireUpToDate();
    volumesNow = clock.requireSteady(store);
  }

  private Instant now() {
    return Objects.requireNonNull(volumesNow);
  }

  private Outcome one(Item item) throws IOException, InterruptedException {
    return switch (item.kind()) {
      case BLOB -> blob(item);
      case PARTIAL -> partial(item);
      case TRASH -> trash(item);
      case VERSION -> version(item);
      case STRANGER -> stranger(item);
    };
  }

  private Outcome blob(Item item) throws IOException {
    return destroyed(
        item,
        store.expunging().blob(Sha256.of(item.ref()), now()),
        "something has a link to it again");
  }

  private Outcome partial(Item item) throws IOException {
    RequestId id = RequestId.of(item.ref());
    Optional<Claim> claim = shelf.claims().takeIfPossible(store.claimPlace(id));
    if (claim.isEmpty()) {
      boolean there = store.journals().claimed().contains(id);
      return there ? new Outcome.Stayed(item, "somebody works on it") : gone(item, 0);
    }
    try (Claim held = claim.get()) {
      return destroyed(item, store.expunging().partial(held, id, now()), "it is not over");
    }
  }

  private Outcome trash(Item item) throws IOException {
    Optional<TrashEntry> entry = store.trash().find(item.ref());
    if (entry.isEmpty()) {
      return gone(item, 0);
    }
    TrashNote note = entry.get().note();
    if (note.kind() == TrashNote.Kind.VERSION) {
      Optional<String> use =
          usesNow().ofVersion(note.model().orElseThrow(), note.commit().orElseThrow(), false);
      if (use.isPresent()) {
        return new Outcome.Stayed(item, use.get());
      }
    }
    return destroyed(
        item,
        store.expunging().trash(item.ref(), now(), Duration.ofSeconds(plan.trashWindowSeconds())),
        "its time in the trash is not over");
  }

  private Outcome stranger(Item item) throws IOException {
    int colon = item.ref().indexOf(':');
    Survey.Stranger.Kind kind = Survey.Stranger.Kind.valueOf(item.ref().substring(0, colon));
    Path path = store.layout().root().resolve(item.ref().substring(colon + 1)).normalize();
    if (!path.startsWith(store.layout().root())) {
      return new Outcome.Stayed(item, "it is not on the volume");
    }
    Optional<Survey.Stranger> now = store.surveyor().stranger(kind, path);
    if (now.isEmpty()) {
      return gone(item, 0);
    }
    if (!now.get().print().equals(item.print())) {
      return new Outcome.Stayed(item, "it has changed");
    }
    TrashEntry entry =
        store
            .trash()
            .take(path, note(item, TrashNote.Kind.FILE, store.layout().shown(path), false));
    return new Outcome.Gone(item, 0, Optional.of(entry.undoUntil()), Optional.of(entry.name()));
  }

  private Outcome version(Item item) throws IOException, InterruptedException {
    ModelName model = item.model().orElseThrow();
    String why = staying.get(model);
    if (item.withModel() && why != null) {
      return new Outcome.Stayed(item, why);
    }
    try {
      Outcome outcome =
          shelf.underClaim(model, patience, claim -> versionUnder(claim, item, model));
      if (outcome instanceof Outcome.Stayed stayed && item.withModel()) {
        // A model goes whole or not at all; what went of it before can be brought back.
        staying.put(model, stayed.reason());
      }
      return outcome;
    } catch (ModelBusy e) {
      return new Outcome.Stayed(item, "somebody works on the model");
    }
  }

  private Outcome versionUnder(Claim claim, Item item, ModelName model)
      throws IOException, InterruptedException {
    look();
    CommitId commit = item.commit().orElseThrow();
    List<Survey.Version> versions = store.surveyor().versions(model);
    Optional<Survey.Version> version =
        versions.stream().filter(it -> it.commit().equals(commit)).findFirst();
    Optional<TrashEntry> begun = store.trash().find(model, commit, job);
    if (version.isEmpty() && begun.isEmpty()) {
      return new Outcome.Stayed(item, "it is not there any more");
    }
    if (version.isPresent()) {
      Optional<String> use =
          item.withModel()
              ? usesNow().ofModel(model, versions)
              : usesNow().ofVersion(model, commit, version.get().current());
      if (use.isPresent()) {
        return new Outcome.Stayed(item, use.get());
      }
      if (!version.get().print().equals(item.print())) {
        return new Outcome.Stayed(item, "it has changed");
      }
      if (version.get().current() && !item.withModel()) {
        return new Outcome.Stayed(item, "it is the current version");
      }
    }
    boolean current = version.map(Survey.Version::current).orElse(false);
    if (current) {
      var unused = store.publisher().withdraw(claim, model, site.generation(model));
    }
    TrashEntry entry =
        store
            .trash()
            .take(
                claim,
                note(item, TrashNote.Kind.VERSION, "versions/" + model + "/" + commit, current),
                site.generation(model));
    announce(item, model, commit, entry);
    return new Outcome.Gone(item, 0, Optional.of(entry.undoUntil()), Optional.of(entry.name()));
  }

  private void announce(Item item, ModelName model, CommitId commit, TrashEntry entry)
      throws IOException, InterruptedException {
    facts.tell(
        Topics.MODEL_REMOVED,
        model.value(),
        new ModelRemoved(
            site.site().location(),
            model,
            Optional.of(commit),
            item.withModel() ? RemovedWhat.MODEL : RemovedWhat.VERSION,
            item.why(),
            item.bytes(),
            Optional.of(entry.undoUntil()),
            Optional.of(entry.name()),
            Optional.of(job),
            now()));
  }

  private TrashNote note(Item item, TrashNote.Kind kind, String from, boolean current) {
    return new TrashNote(
        TrashNote.FORMAT,
        kind,
        item.model(),
        item.commit(),
        current,
        from,
        item.reason(),
        item.bytes(),
        plan.windowSeconds(),
        job);
  }

  /** Everything joined anew, from what the topics and the volume say at this moment. */
  private Uses usesNow() throws IOException {
    Surveyor surveyor = store.surveyor();
    Instant machines = site.site().now();
    Instant earlier = now().isBefore(machines) ? now() : machines;
    return Uses.of(site.site(), surveyor.activeLinks(), surveyor.jobs(), earlier);
  }

  private static Outcome destroyed(Item item, OptionalLong freed, String otherwise) {
    return freed.isPresent() ? gone(item, freed.getAsLong()) : new Outcome.Stayed(item, otherwise);
  }

  private static Outcome gone(Item item, long freed) {
    return new Outcome.Gone(item, freed, Optional.empty(), Optional.empty());
  }
}
