package io.modeldepot.backup.unbundle;

import io.modeldepot.backup.bundle.BadBundle;
import io.modeldepot.backup.bundle.BundledContent;
import io.modeldepot.backup.restore.ContentOnVolume;
import io.modeldepot.backup.restore.NoRoom;
import io.modeldepot.backup.save.Watcher;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.provenance.oms.ModelVerifier;
import io.modeldepot.provenance.policy.Policy;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.blob.Contents;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.manifest.Current;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * Takes a bundle in. Nothing is published before everything is verified, written and judged. Taking
 * it in twice is taking it in once; after a failure the same call goes on, and contents that were
 * written stay in the cache.
 */
public final class BundleImport {
  private static final int MOST_SHOWN = 5;

  private final Shelf shelf;
  private final ModelStore store;
  private final Path directory;
  private final Optional<ModelVerifier> trusted;
  private final boolean activate;

  /**
   * @param directory the bundle's
   * @param trusted whose signature counts; empty: nobody's is asked for
   * @param activate whether what was current where it was made becomes current here even before a
   *     later version
   */
  public BundleImport(
      Shelf shelf, Path directory, Optional<ModelVerifier> trusted, boolean activate) {
    this.shelf = shelf;
    this.store = shelf.store();
    this.directory = directory;
    this.trusted = trusted;
    this.activate = activate;
  }

  /** A bundle that was verified, and what the volume has of it. */
  private record Ready(
      BundleLook.Looked bundle, BundleImportPlan plan, ContentOnVolume there, Set<Sha256> wanted) {}

  /**
   * Verifies everything and says what an import would do. Changes nothing.
   *
   * @throws BadBundle if it may not be taken in, or needs what is not here
   * @throws NoRoom if the volume has too little room
   */
  public BundleImportPlan plan(Watcher watcher) throws IOException {
    return ready(watcher).plan();
  }

  /**
   * Imports.
   *
   * @param shownGeneration the highest generation that was announced of a model; 0 for none
   * @param policy what is done about versions that would run code
   * @throws BadBundle if it may not be taken in, or needs what is not here
   * @throws NoRoom if the volume has too little room
   * @throws RefusedByPolicy if the policy refuses a version; nothing was published
   * @throws io.modeldepot.store.keep.ModelBusy if somebody works on a model for minutes
   */
  public BundleImportReport run(
      ToLongFunction<ModelName> shownGeneration, Policy policy, Watcher watcher)
      throws IOException, InterruptedException {
    Ready ready = ready((done, total, parts) -> watcher.at(done, 2 * total, parts));
    try (Receiving receiving =
        new Receiving(shelf, directory, ready.bundle(), ready.there(), ready.wanted())) {
      receiving.write(
          (done, total, parts) ->
              watcher.at(ready.bundle().index().contentBytes() + done, 2 * total, parts));
      receiving.judge(policy);
      return new BundleImportReport(ready.plan(), receiving.publish(ready.plan(), shownGeneration));
    }
  }

  private Ready ready(Watcher watcher) throws IOException {
    long most = store.space().balance().capacityBytes();
    BundleLook.Looked bundle =
        new BundleLook(store.volume().calls(), directory).look(trusted, most, watcher);
    Contents contents = store.contents();
    ContentOnVolume there = new ContentOnVolume(store, contents);
    Set<Sha256> wanted = wanted(bundle, there);
    long write = 0;
    for (BundledContent content : bundle.index().contents()) {
      write += wanted.contains(content.sha256()) ? content.sizeBytes() : 0;
    }
    long free = store.space().balance().freeBytes();
    if (write > free) {
      throw new NoRoom(write, free);
    }
    long all =
        bundle.versions().stream()
            .flatMap(version -> version.manifest().presentFiles().stream())
            .distinct()
            .mapToLong(ManifestFile::sizeBytes)
            .sum();
    BundleImportPlan plan =
        new BundleImportPlan(
            bundle.index(), bundle.signer(), steps(bundle), write, Math.max(0, all - write));
    return new Ready(bundle, plan, there, wanted);
  }

  /**
   * What must be written; what the bundle assumes to be here is here, whole, or this is refused.
   */
  private static Set<Sha256> wanted(BundleLook.Looked bundle, ContentOnVolume there)
      throws IOException {
    Set<Sha256> brought = new HashSet<>();
    bundle.index().contents().forEach(content -> brought.add(content.sha256()));
    Set<Sha256> wanted = new HashSet<>();
    List<String> missing = new ArrayList<>();
    for (ReceivedVersion version : bundle.versions()) {
      for (ManifestFile file : version.manifest().presentFiles()) {
        Sha256 digest = file.sha256().orElseThrow();
        if (wanted.contains(digest) || there.has(version.manifest(), file)) {
          continue;
        }
        if (brought.contains(digest)) {
          wanted.add(digest);
        } else {
          missing.add(
              "%s of %s (%,d bytes)"
                  .formatted(file.path(), version.said().shown(), file.sizeBytes()));
        }
      }
    }
    if (!missing.isEmpty()) {
      throw incomplete(missing);
    }
    return wanted;
  }

  private static BadBundle incomplete(List<String> missing) {
    int more = missing.size() - MOST_SHOWN;
    return new BadBundle(
        BadBundle.Kind.INCOMPLETE,
        "It is a difference to an inventory, and this store does not have, whole: "
            + String.join(", ", missing.subList(0, Math.min(missing.size(), MOST_SHOWN)))
            + (more > 0 ? ", and " + more + " more" : "")
            + ".",
        "take in the bundle before it first, or make an inventory here  ( bundle inventory )"
            + "  and have the bundle made against that");
  }

  /** The current one of each model first: what comes after it is kept beside it. */
  private List<BundleImportPlan.Step> steps(BundleLook.Looked bundle) throws IOException {
    List<BundleImportPlan.Step> steps = new ArrayList<>();
    Set<ModelName> settled = new HashSet<>();
    List<ReceivedVersion> newestFirst =
        bundle.versions().stream()
            .sorted(
                Comparator.comparing((ReceivedVersion version) -> !version.said().current())
                    .thenComparing(
                        version -> version.manifest().createdAt(), Comparator.reverseOrder()))
            .toList();
    for (ReceivedVersion version : newestFirst) {
      ModelName model = version.said().model();
      Optional<CommitId> before = store.versions().current(model).flatMap(Current::commit);
      boolean current = settled.add(model) && becomesCurrent(version, before);
      steps.add(
          new BundleImportPlan.Step(
              model, version.said().commit(), current, before, version.said().sizeBytes()));
    }
    return steps;
  }

  private boolean becomesCurrent(ReceivedVersion version, Optional<CommitId> before)
      throws IOException {
    if (before.isEmpty() || before.get().equals(version.said().commit())) {
      return true;
    }
    if (!version.said().current()) {
      return false;
    }
    Optional<Manifest> here = store.versions().currentManifest(version.said().model());
    return activate
        || here.isEmpty()
        || !version.manifest().createdAt().isBefore(here.get().createdAt());
  }
}
