package io.modeldepot.backup;

import io.modeldepot.backup.bundle.BundleIndex;
import io.modeldepot.backup.bundle.BundleNames;
import io.modeldepot.backup.bundle.SiteInventory;
import io.modeldepot.backup.bundling.BundleMaking;
import io.modeldepot.backup.bundling.BundlePlan;
import io.modeldepot.backup.bundling.BundlePlanner;
import io.modeldepot.backup.save.Watcher;
import io.modeldepot.backup.unbundle.BundleImport;
import io.modeldepot.backup.unbundle.BundleImportReport;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.provenance.oms.ModelSigner;
import io.modeldepot.provenance.oms.ModelVerifier;
import io.modeldepot.provenance.policy.Policy;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.keep.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Bundles of everything that a volume has, in parts of 1 MiB. */
public final class Bundles {
  private Bundles() {}

  public static BundlePlan plan(ModelStore store, Optional<SiteInventory> farSide)
      throws IOException {
    List<BundlePlanner.Wanted> wanted = new ArrayList<>();
    for (ModelName model : store.versions().models()) {
      for (CommitId commit : store.versions().commits(model)) {
        wanted.add(new BundlePlanner.Wanted(model, commit));
      }
    }
    return new BundlePlanner(store, farSide).plan(wanted, BundleIndex.LEAST_PART_BYTES, Depot.NOW);
  }

  public static BundleMaking.Report make(
      ModelStore store,
      Path directory,
      Optional<SiteInventory> farSide,
      Optional<ModelSigner> signer)
      throws IOException {
    Files.createDirectories(directory);
    return new BundleMaking(store.volume().calls(), directory, signer)
        .make(plan(store, farSide), Watcher.none());
  }

  public static BundleImportReport take(
      Shelf shelf, Path directory, Optional<ModelVerifier> trusted)
      throws IOException, InterruptedException {
    return new BundleImport(shelf, directory, trusted, false)
        .run(model -> 0, Policy.CAREFUL, Watcher.none());
  }

  /** The files of a bundle. */
  public static List<Path> files(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.filter(file -> !file.endsWith(BundleNames.SUMS)).sorted().toList();
    }
  }
}
