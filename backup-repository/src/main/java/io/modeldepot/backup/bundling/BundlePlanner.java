package io.modeldepot.backup.bundling;

import io.modeldepot.backup.bundle.BundleIndex;
import io.modeldepot.backup.bundle.BundledContent;
import io.modeldepot.backup.bundle.BundledVersion;
import io.modeldepot.backup.bundle.SiteInventory;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.wire.CanonicalJson;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.manifest.Current;
import io.modeldepot.store.publish.NoSuchVersion;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Says what a bundle of some versions would be. Reads manifests and no file of a model. */
public final class BundlePlanner {
  private final ModelStore store;
  private final Optional<SiteInventory> farSide;
  private final Map<Sha256, Origin> origins = new HashMap<>();
  private final Map<Sha256, BundledContent> heads = new LinkedHashMap<>();
  private final Map<Sha256, BundledContent> bodies = new LinkedHashMap<>();
  private final Map<Sha256, BundledContent> needed = new LinkedHashMap<>();

  /**
   * A planner for one plan.
   *
   * @param farSide what is there already; empty: nothing is assumed
   */
  public BundlePlanner(ModelStore store, Optional<SiteInventory> farSide) {
    this.store = store;
    this.farSide = farSide;
  }

  /**
   * A version that is asked for.
   *
   * @param model its model
   * @param commit the version
   */
  public record Wanted(ModelName model, CommitId commit) {}

  /**
   * Plans.
   *
   * @param wanted in the order in which they shall be brought
   * @param partBytes how long a part may be
   * @throws NoSuchVersion if one is not on the volume
   */
  public BundlePlan plan(List<Wanted> wanted, long partBytes, Instant now) throws IOException {
    List<BundledVersion> versions = new ArrayList<>();
    Set<SiteInventory.Held> there =
        farSide.map(inventory -> Set.copyOf(inventory.versions())).orElse(Set.of());
    int held = 0;
    for (Wanted one : wanted) {
      Manifest manifest =
          store
              .versions()
              .manifest(one.model(), one.commit())
              .orElseThrow(() -> new NoSuchVersion(one.model(), one.commit()));
      boolean current =
          store
              .versions()
              .current(one.model())
              .flatMap(Current::commit)
              .equals(Optional.of(one.commit()));
      if (SiteInventory.has(there, manifest, current)) {
        held++;
      } else {
        versions.add(version(manifest, current));
      }
    }
    long leftOut = needed.values().stream().mapToLong(BundledContent::sizeBytes).sum();
    return new BundlePlan(
        versions.isEmpty() ? Optional.empty() : Optional.of(index(versions, partBytes, now)),
        origins,
        held,
        needed.size(),
        leftOut);
  }

  private BundledVersion version(Manifest manifest, boolean current) throws IOException {
    Optional<byte[]> signature = store.versions().signature(manifest.model(), manifest.commit());
    BundledContent head = made(CanonicalJson.of(manifest));
    Optional<BundledContent> signed = signature.map(this::made);
    List<ManifestFile> present = manifest.presentFiles();
    for (ManifestFile file : present) {
      body(manifest, file);
    }
    return new BundledVersion(
        manifest.model(),
        manifest.commit(),
        manifest.family(),
        current,
        manifest.source(),
        manifest.scan(),
        present.stream().mapToLong(ManifestFile::sizeBytes).sum(),
        present.size(),
        head,
        signed);
  }

  private BundledContent made(byte[] bytes) {
    BundledContent content = new BundledContent(Sha256.ofBytes(bytes), bytes.length);
    origins.put(content.sha256(), new Origin.Made(bytes));
    heads.put(content.sha256(), content);
    return content;
  }

  private void body(Manifest manifest, ManifestFile file) {
    BundledContent content = new BundledContent(file.sha256().orElseThrow(), file.sizeBytes());
    if (farSide.isPresent() && farSide.get().has(content)) {
      needed.put(content.sha256(), content);
    } else if (bodies.putIfAbsent(content.sha256(), content) == null) {
      origins.put(
          content.sha256(),
          new Origin.OnVolume(
              Layout.below(store.layout().tree(manifest.model(), manifest.commit()), file.path())));
    }
  }

  private BundleIndex index(List<BundledVersion> versions, long partBytes, Instant now) {
    heads.keySet().forEach(bodies::remove);
    heads.keySet().forEach(needed::remove);
    List<BundledContent> contents = new ArrayList<>(heads.values());
    contents.addAll(bodies.values());
    Optional<UUID> against =
        needed.isEmpty() ? Optional.empty() : farSide.map(SiteInventory::volumeId);
    return new BundleIndex(
        BundleIndex.FORMAT,
        id(versions, contents, partBytes),
        now,
        store.volume().id(),
        versions,
        contents,
        List.copyOf(needed.values()),
        against,
        partBytes,
        contents.stream().mapToLong(BundledContent::sizeBytes).sum(),
        List.of());
  }

  private String id(List<BundledVersion> versions, List<BundledContent> contents, long partBytes) {
    StringBuilder text = new StringBuilder().append(partBytes).append('\n');
    for (BundledVersion version : versions) {
      text.append(version.model()).append('@').append(version.commit());
      text.append(version.current() ? "*\n" : "\n");
    }
    contents.forEach(content -> text.append(content.sha256()).append('\n'));
    needed.keySet().forEach(digest -> text.append('-').append(digest).append('\n'));
    return Sha256.ofText(text.toString()).value().substring(0, 16);
  }
}
