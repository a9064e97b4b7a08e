package io.modeldepot.store.publish;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.integrity.Quarantine;
import io.modeldepot.store.layout.BadNames;
import io.modeldepot.store.layout.FilePaths;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.manifest.Current;
import io.modeldepot.store.manifest.Merge;
import io.modeldepot.store.manifest.UnreadableFile;
import io.modeldepot.store.manifest.VersionFiles;
import io.modeldepot.store.manifest.Versions;
import io.modeldepot.store.publish.Publication.Outcome;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Changes which versions a model has and which one is current. Every change is made under the
 * model's claim and raises the generation to 1 + the greater of what {@code current.json} says and
 * what the caller saw announced. After a failure at any point the same call may be repeated; until
 * it succeeds, readers have the version they had. A call under a claim that was lost throws {@link
 * io.modeldepot.store.claim.ClaimLost} and has published nothing. A manifest or {@code
 * current.json} that cannot be read says nothing: it is replaced, and kept in the quarantine.
 */
public final class Publisher {
  private final Volume volume;
  private final Layout layout;
  private final Clock clock;
  private final Versions versions;
  private final VersionFiles files;
  private final TreeBuild trees;
  private final Views views;
  private final ActiveLinks links;
  private final Quarantine quarantine;

  /** A publisher on a volume. */
  public Publisher(Volume volume, Clock clock) {
    this.volume = volume;
    this.layout = volume.layout();
    this.clock = clock;
    this.versions = new Versions(volume);
    this.files = new VersionFiles(volume);
    this.trees = new TreeBuild(volume, clock);
    this.views = new Views(volume, clock);
    this.links = new ActiveLinks(volume);
    this.quarantine = new Quarantine(volume, clock);
  }

  /**
   * Publishes a version and makes it current. A version that is there already is extended: files it
   * lacks are linked in, none is replaced but a damaged one, files that only it has stay.
   *
   * @param claim the claim of the manifest's model
   * @param manifest what the version is to be; every present file has a SHA-256
   * @param parts verified files by digest, for content that the volume may not have elsewhere; they
   *     keep their names, and become read-only
   * @param shownGeneration the highest generation that the state topic shows for this model and
   *     location; 0 for none
   * @throws MissingContent if content is nowhere; nothing is published then
   * @throws BadNames if a path may not be on the volume
   */
  public Publication publish(
      Claim claim, Manifest manifest, Map<Sha256, Path> parts, long shownGeneration)
      throws IOException {
    return put(claim, manifest, parts, shownGeneration, true);
  }

  /**
   * Publishes a version and leaves the current one as it is: what was archived is back.
   *
   * @param parts as in {@link #publish}
   * @throws MissingContent if content is nowhere; nothing is published then
   */
  public Publication bringBack(
      Claim claim, Manifest manifest, Map<Sha256, Path> parts, long shownGeneration)
      throws IOException {
    return put(claim, manifest, parts, shownGeneration, false);
  }

  private Publication put(
      Claim claim,
      Manifest manifest,
      Map<Sha256, Path> parts,
      long shownGeneration,
      boolean makeCurrent)
      throws IOException {
    FilePaths.requireGood(manifest.files().stream().map(ManifestFile::path).toList());
    manifest.presentFiles().forEach(TreeBuild::digest);
    ModelName model = manifest.model();
    return under(
        claim,
        model,
        work -> {
          trees.keep(manifest, parts);
          Path file = layout.manifest(model, manifest.commit());
          Optional<Manifest> before = readable(() -> versions.manifest(model, manifest.commit()));
          Manifest whole = before.map(old -> Merge.of(old, manifest)).orElse(manifest);
          Outcome outcome;
          if (before.isEmpty()) {
            trees.create(work, whole, parts);
            setAsideUnreadable(claim, model, file, () -> versions.manifest(model, whole.commit()));
            files.write(claim, whole);
            outcome = Outcome.NEW;
          } else {
            boolean lacked = trees.extend(claim, work, whole, parts) > 0;
            boolean says = !Merge.same(before.get(), whole);
            if (says) {
              files.write(claim, whole);
            }
            outcome = lacked || says ? Outcome.EXTENDED : Outcome.UNCHANGED;
          }
          if (makeCurrent) {
            return commit(claim, work, model, Optional.of(whole), outcome, shownGeneration);
          }
          // Not known whether an attempt before this one raised the generation: it rises again.
          Outcome told = outcome == Outcome.UNCHANGED ? Outcome.EXTENDED : outcome;
          return commit(claim, work, model, versions.currentManifest(model), told, shownGeneration);
        });
  }

  /**
   * Makes a version current that is there: a rollback, or back again. Fetches nothing.
   *
   * @throws MissingContent if files of the version are not in its tree
   * @throws NoSuchVersion if there is no such version
   */
  public Publication makeCurrent(
      Claim claim, ModelName model, CommitId commit, long shownGeneration) throws IOException {
    return under(
        claim,
        model,
        work -> {
          Manifest manifest =
              versions.manifest(model, commit).orElseThrow(() -> new NoSuchVersion(model, commit));
          requireWhole(manifest);
          return commit(
              claim, work, model, Optional.of(manifest), Outcome.UNCHANGED, shownGeneration);
        });
  }

  /**
   * Leaves the model without a current version: no view, no active link. Its versions stay until
   * somebody removes them.
   */
  public Publication withdraw(Claim claim, ModelName model, long shownGeneration)
      throws IOException {
    return under(
        claim,
        model,
        work -> commit(claim, work, model, Optional.empty(), Outcome.UNCHANGED, shownGeneration));
  }

  /**
   * Makes view and active link what {@code current.json} says, after a crash or a hand that moved
   * them. Does nothing when they are. What stood in the view's place and is not ours goes to the
   * quarantine, whole.
   */
  public void settle(Claim claim, ModelName model) throws IOException {
    under(
        claim,
        model,
        work -> {
          settle(claim, work, model);
          return model;
        });
  }

  /** Whether {@link #settle} has nothing to do; needs no claim and changes nothing. */
  public boolean isSettled(ModelName model) throws IOException {
    Optional<Current> current = versions.current(model);
    if (current.isEmpty()) {
      return true;
    }
    Optional<CommitId> commit = current.get().commit();
    if (commit.isEmpty()) {
      return views.of(model, ViewFiles.of(volume, model)).isEmpty()
          && links.isSettled(model, commit);
    }
    Optional<Manifest> manifest = versions.manifest(model, commit.get());
    return manifest.isPresent()
        && views.shows(manifest.get(), ViewFiles.of(volume, model))
        && links.isSettled(model, commit);
  }

  /**
   * Makes the link {@code active/<model>} to the current version; it follows when that changes.
   *
   * @return whether the model has a current version, so that there is a link now
   */
  public boolean activate(Claim claim, ModelName model) throws IOException {
    return under(
        claim,
        model,
        work -> {
          Optional<CommitId> commit = versions.currentManifest(model).map(Manifest::commit);
          if (commit.isPresent()) {
            links.make(work, model, commit.get());
          }
          return commit.isPresent();
        });
  }

  /** Removes the link {@code active/<model>}. */
  public void deactivate(Claim claim, ModelName model) throws IOException {
    under(
        claim,
        model,
        work -> {
          links.remove(work, model);
          return model;
        });
  }

  /** Something done in an empty work directory of a claim. */
  private interface Work<T> {
    T in(Path work) throws IOException;
  }

  private <T> T under(Claim claim, ModelName model, Work<T> work) throws IOException {
    if (!claim.place().equals(layout.modelClaim(model))) {
      throw new IllegalArgumentException(claim.place() + " is not the claim of " + model);
    }
    volume.requireStillHere();
    return claim.guard(
        () -> {
          if (views.leftSomething(claim)) {
            views.rescue(claim, model, ViewFiles.of(volume, model));
          }
          return work.in(claim.freshWork());
        });
  }

  /** The reading of a file of the model. */
  private interface Reading<T> {
    Optional<T> read() throws IOException;
  }

  private static <T> Optional<T> readable(Reading<T> reading) throws IOException {
    try {
      return reading.read();
    } catch (UnreadableFile e) {
      return Optional.empty();
    }
  }

  /** What cannot be read is about to be replaced; it may be all that is left of something. */
  private <T> void setAsideUnreadable(Claim claim, ModelName model, Path file, Reading<T> reading)
      throws IOException {
    try {
      Optional<T> unused = reading.read();
    } catch (UnreadableFile e) {
      quarantine.putFromOutside(claim, model, file, Map.of("why", String.valueOf(e.getMessage())));
    }
  }

  private Publication commit(
      Claim claim,
      Path work,
      ModelName model,
      Optional<Manifest> manifest,
      Outcome done,
      long shownGeneration)
      throws IOException {
    Optional<Current> before = readable(() -> versions.current(model));
    Optional<CommitId> former = before.flatMap(Current::commit);
    Optional<CommitId> wanted = manifest.map(Manifest::commit);
    long generation = before.map(Current::generation).orElse(0L);
    boolean switched = before.isEmpty() || !former.equals(wanted);
    Current current;
    if (before.isPresent()
        && !switched
        && done == Outcome.UNCHANGED
        && generation >= shownGeneration) {
      current = before.get();
    } else {
      if (switched) {
        // Once current.json says otherwise nobody could tell an edited old view from a new one.
        views.removeForeign(claim, model, ViewFiles.of(volume, model));
      }
      setAsideUnreadable(claim, model, layout.current(model), () -> versions.current(model));
      current = Current.of(wanted, 1 + Math.max(generation, shownGeneration), clock.instant());
      files.write(claim, model, current);
    }
    settle(claim, work, model);
    Outcome outcome =
        wanted.isEmpty() && switched
            ? Outcome.WITHDRAWN
            : done == Outcome.UNCHANGED && switched ? Outcome.SWITCHED : done;
    return new Publication(outcome, current, former, manifest);
  }

  private void settle(Claim claim, Path work, ModelName model) throws IOException {
    Optional<Current> current = versions.current(model);
    if (current.isEmpty()) {
      return;
    }
    ViewFiles known = ViewFiles.of(volume, model);
    Optional<CommitId> commit = current.get().commit();
    if (commit.isPresent()) {
      Manifest manifest =
          versions
              .manifest(model, commit.get())
              .orElseThrow(() -> new NoSuchVersion(model, commit.get()));
      views.make(claim, work, manifest, known);
      links.follow(work, model, commit.get());
    } else {
      views.remove(claim, work, model, known);
      links.remove(work, model);
    }
  }

  private void requireWhole(Manifest manifest) throws IOException {
    Path tree = layout.tree(manifest.model(), manifest.commit());
    List<ManifestFile> missing = new ArrayList<>();
    for (ManifestFile file : manifest.presentFiles()) {
      Optional<FileStat> stat = volume.calls().stat(Layout.below(tree, file.path()));
      if (stat.filter(s -> s.isFile() && s.sizeBytes() == file.sizeBytes()).isEmpty()) {
        missing.add(file);
      }
    }
    if (!missing.isEmpty()) {
      throw new MissingContent(missing);
    }
  }
}
