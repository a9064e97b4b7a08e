package io.modeldepot.janitor.cleanup;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.janitor.announce.Facts;
import io.modeldepot.janitor.job.Progress;
import io.modeldepot.janitor.site.KnownSite;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.keep.ModelBusy;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.survey.Survey;
import io.modeldepot.store.trash.TrashEntry;
import io.modeldepot.store.trash.TrashNote;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Carries a plan out. Each thing is looked at once more right before it goes: versions, trash and
 * what downloads left under their claims, with everything heard that the broker has; blobs by their
 * links, and by what is known that is not older than seconds. A process that stood still meanwhile
 * hears everything again, and does nothing more if another janitor took over. What is not as it was
 * planned stays, and the result says why. Carrying a plan out again after a crash does the rest.
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
  private final Moment moment;
  private final VersionRemoval versions;
  private final Plan plan;
  private final RequestId job;
  private final Duration patience;
  private final List<Outcome> outcomes = new ArrayList<>();
  private Set<Sha256> awaited = Set.of();

  Applier(
      Shelf shelf,
      KnownSite site,
      Facts facts,
      ClockWatch clock,
      Plan plan,
      RequestId job,
      Duration patience) {
    this(shelf, site, facts, clock, plan, job, patience, System::nanoTime);
  }

  /**
   * @param nanos a monotonic clock, nanoseconds
   */
  Applier(
      Shelf shelf,
      KnownSite site,
      Facts facts,
      ClockWatch clock,
      Plan plan,
      RequestId job,
      Duration patience,
      LongSupplier nanos) {
    this.shelf = shelf;
    this.store = shelf.store();
    this.moment = new Moment(shelf, site, clock, nanos);
    this.plan = plan;
    this.job = job;
    this.patience = patience;
    this.versions =
        new VersionRemoval(
            shelf,
            moment,
            facts,
            (item, from, current) -> note(item, TrashNote.Kind.VERSION, from, current),
            job,
            patience);
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
    moment.look();
    awaited = awaited();
    // What a removal that was interrupted left half destroyed would hold its blobs for ever.
    List<Path> unused = store.leftovers().clear();
    for (Item item : plan.items()) {
      // What has a claim is looked at under it.
      if (item.kind() == Item.Kind.BLOB && ++blobs % BLOBS_AT_ONCE == 0) {
        moment.look();
        awaited = awaited();
      } else if (item.kind() == Item.Kind.STRANGER) {
        moment.look();
      }
      outcomes.add(one(item));
      done += item.bytes();
      progress.accept(new Progress(done, total, plan.items().size()));
    }
    return outcomes;
  }

  private Outcome one(Item item) throws IOException, InterruptedException {
    return switch (item.kind()) {
      case BLOB -> blob(item);
      case PARTIAL -> partial(item);
      case TRASH -> trash(item);
      case VERSION -> versions.take(item);
      case STRANGER -> stranger(item);
    };
  }

  /** Content that downloads count on, also those that began since the plan was made. */
  private Set<Sha256> awaited() throws IOException {
    Set<Sha256> digests = new HashSet<>();
    store.surveyor().jobs().forEach(job -> digests.addAll(job.needs()));
    return digests;
  }

  private Outcome blob(Item item) throws IOException, InterruptedException {
    Sha256 digest = Sha256.of(item.ref());
    if (moment.lookIfStale()) {
      awaited = awaited();
    }
    if (awaited.contains(digest)) {
      return new Outcome.Stayed(item, "a download is about to use it");
    }
    return destroyed(
        item, store.expunging().blob(digest, moment.now()), "something has a link to it again");
  }

  private Outcome partial(Item item) throws IOException, InterruptedException {
    RequestId id = RequestId.of(item.ref());
    Optional<Claim> claim = shelf.claims().takeIfPossible(store.claimPlace(id));
    if (claim.isEmpty()) {
      boolean there = store.journals().claimed().contains(id);
      return there ? new Outcome.Stayed(item, "somebody works on it") : gone(item, 0);
    }
    try (Claim held = claim.get()) {
      moment.look();
      return destroyed(item, store.expunging().partial(held, id, moment.now()), "it is not over");
    }
  }

  /** Under the claim of its model nobody brings a version back while it is destroyed. */
  private Outcome trash(Item item) throws IOException, InterruptedException {
    if (item.model().isEmpty()) {
      moment.look();
      return trash(item, () -> store.expunging().trash(item.ref(), moment.now(), window()));
    }
    try {
      return shelf.underClaim(
          item.model().get(),
          patience,
          claim -> {
            moment.look();
            return trash(
                item, () -> store.expunging().trash(claim, item.ref(), moment.now(), window()));
          });
    } catch (ModelBusy e) {
      return new Outcome.Stayed(item, "somebody works on the model");
    }
  }

  /** The destroying of an entry. */
  private interface Destroying {
    OptionalLong freed() throws IOException;
  }

  private Outcome trash(Item item, Destroying destroying) throws IOException {
    Optional<TrashEntry> entry = store.trash().find(item.ref());
    if (entry.isEmpty()) {
      return gone(item, 0);
    }
    TrashNote note = entry.get().note();
    if (note.kind() == TrashNote.Kind.VERSION) {
      Optional<String> use =
          moment.uses().ofVersion(note.model().orElseThrow(), note.commit().orElseThrow(), false);
      if (use.isPresent()) {
        return new Outcome.Stayed(item, use.get());
      }
    }
    return destroyed(item, destroying.freed(), "its time in the trash is not over");
  }

  private Duration window() {
    return Duration.ofSeconds(plan.trashWindowSeconds());
  }

  private Outcome stranger(Item item) throws IOException, InterruptedException {
    int colon = item.ref().indexOf(':');
    Survey.Stranger.Kind kind = Survey.Stranger.Kind.valueOf(item.ref().substring(0, colon));
    Path path = store.layout().root().resolve(item.ref().substring(colon + 1)).normalize();
    if (!path.startsWith(store.layout().root())) {
      return new Outcome.Stayed(item, "it is not on the volume");
    }
    return kind == Survey.Stranger.Kind.UNFINISHED
        ? unfinished(item, path)
        : stranger(item, kind, path);
  }

  /**
   * A tree without a manifest is perhaps a version on its way, to the trash or back: it goes under
   * the claim of its model alone, and only if no half of it is in the trash.
   */
  private Outcome unfinished(Item item, Path tree) throws IOException, InterruptedException {
    ModelName model = ModelName.of(String.valueOf(tree.getName(tree.getNameCount() - 2)));
    CommitId commit = CommitId.of(String.valueOf(tree.getFileName()));
    try {
      return shelf.underClaim(
          model,
          patience,
          claim -> {
            boolean half =
                store.trash().list().stream()
                    .filter(it -> it.content() == TrashEntry.Content.PART)
                    .anyMatch(it -> it.note().commit().equals(Optional.of(commit)));
            if (half || store.versions().manifest(model, commit).isPresent()) {
              return new Outcome.Stayed(item, "its version is being moved to the trash or back");
            }
            return stranger(item, Survey.Stranger.Kind.UNFINISHED, tree);
          });
    } catch (ModelBusy e) {
      return new Outcome.Stayed(item, "somebody works on the model");
    }
  }

  private Outcome stranger(Item item, Survey.Stranger.Kind kind, Path path) throws IOException {
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

  private static Outcome destroyed(Item item, OptionalLong freed, String otherwise) {
    return freed.isPresent() ? gone(item, freed.getAsLong()) : new Outcome.Stayed(item, otherwise);
  }

  private static Outcome gone(Item item, long freed) {
    return new Outcome.Gone(item, freed, Optional.empty(), Optional.empty());
  }
}
