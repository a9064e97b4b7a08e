package io.modeldepot.backup.unbundle;

import io.modeldepot.backup.bundle.BadBundle;
import io.modeldepot.backup.bundle.BundleIndex;
import io.modeldepot.backup.bundle.BundleNames;
import io.modeldepot.backup.bundle.BundledContent;
import io.modeldepot.backup.bundle.SiteInventory;
import io.modeldepot.backup.restore.ContentOnVolume;
import io.modeldepot.backup.save.Watcher;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.provenance.policy.Judgement;
import io.modeldepot.provenance.policy.Policy;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.blob.Blobs;
import io.modeldepot.store.blob.Contents;
import io.modeldepot.store.blob.Digester;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.keep.ModelBusy;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.publish.Publication;
import io.modeldepot.store.volume.Clearing;
import io.modeldepot.store.volume.call.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/** Contents go from the parts into the claims of their models; then versions out of them. */
final class Receiving implements AutoCloseable {
  private static final Duration TURN = Duration.ofSeconds(1);
  private static final int MOST_TURNS = 300;
  private static final int BUFFER_BYTES = 128 << 10;

  private final Shelf shelf;
  private final ModelStore store;
  private final Path directory;
  private final BundleIndex index;
  private final Map<String, ReceivedVersion> versions = new HashMap<>();
  private final List<ReceivedVersion> inOrder;
  private final ContentOnVolume there;
  private final Set<Sha256> wanted;
  private final Map<ModelName, Opened> opened = new LinkedHashMap<>();
  private final Map<Sha256, Path> parts = new HashMap<>();
  private final Map<String, Judgement> judged = new HashMap<>();

  Receiving(
      Shelf shelf,
      Path directory,
      BundleLook.Looked bundle,
      ContentOnVolume there,
      Set<Sha256> wanted) {
    this.shelf = shelf;
    this.store = shelf.store();
    this.directory = directory;
    this.index = bundle.index();
    this.inOrder = bundle.versions();
    this.there = there;
    this.wanted = wanted;
    inOrder.forEach(version -> versions.put(key(version), version));
  }

  private static String key(ReceivedVersion version) {
    return version.said().model() + "@" + version.said().commit();
  }

  /** A model whose claim is held until all are published. */
  private record Opened(Claim claim, Path scratch) {}

  /** Writes what the volume lacks, each content verified once more. Publishes nothing. */
  void write(Watcher watcher) throws IOException, InterruptedException {
    Map<Sha256, ModelName> owners = new HashMap<>();
    for (ReceivedVersion version : inOrder) {
      Opened unused = open(version.said().model(), watcher);
      for (ManifestFile file : version.manifest().presentFiles()) {
        owners.putIfAbsent(file.sha256().orElseThrow(), version.said().model());
      }
    }
    long at = 0;
    for (BundledContent content : index.contents()) {
      ModelName owner = owners.get(content.sha256());
      if (owner != null && wanted.contains(content.sha256())) {
        keep(content, at, open(owner, watcher));
      }
      at += content.sizeBytes();
      watcher.at(at, index.contentBytes(), index.partCount());
    }
  }

  private Opened open(ModelName model, Watcher watcher) throws IOException, InterruptedException {
    Opened known = opened.get(model);
    if (known != null) {
      return known;
    }
    Claim claim = claim(model, watcher);
    Opened now = new Opened(claim, claim.freshScratch());
    opened.put(model, now);
    return now;
  }

  /** Waits while somebody else works on the model; the watcher may end that, too. */
  private Claim claim(ModelName model, Watcher watcher) throws IOException, InterruptedException {
    for (int turn = 0; turn < MOST_TURNS; turn++) {
      Optional<Claim> claim = shelf.claims().await(store.claimPlace(model), TURN);
      if (claim.isPresent()) {
        return claim.get();
      }
      watcher.at(0, index.contentBytes(), index.partCount());
    }
    throw new ModelBusy(model);
  }

  private void keep(BundledContent content, long at, Opened model) throws IOException {
    Path part = model.scratch().resolve(content.sha256().value());
    Digester digester = Digester.sha256(content.sizeBytes());
    try (OpenFile open = store.volume().calls().create(part, Blobs.CONTENT_MODE)) {
      copy(content, at, open, digester);
      open.sync();
    }
    if (!digester.finish().sha256().equals(content.sha256())) {
      throw changed(at);
    }
    model
        .claim()
        .guard(
            () -> {
              store.blobs().keep(part, content.sha256(), content.sizeBytes());
              return part;
            });
    parts.put(content.sha256(), part);
    there.brought(content.sha256());
  }

  private void copy(BundledContent content, long at, OpenFile to, Digester digester)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    while (digester.done() < content.sizeBytes()) {
      long place = at + digester.done();
      int number = (int) (place / index.partBytes()) + 1;
      long inPart = place % index.partBytes();
      long end = Math.min(content.sizeBytes() - digester.done(), index.lengthOf(number) - inPart);
      Path file = directory.resolve(BundleNames.part(number));
      try (OpenFile from = store.volume().calls().openForReading(file)) {
        for (long done = 0; done < end; ) {
          buffer.clear().limit((int) Math.min(BUFFER_BYTES, end - done));
          int read = from.read(buffer, inPart + done);
          if (read == 0) {
            throw changed(place);
          }
          to.write(ByteBuffer.wrap(buffer.array(), 0, read), digester.done());
          digester.update(buffer.array(), 0, read);
          done += read;
        }
      }
    }
  }

  private BadBundle changed(long at) {
    return new BadBundle(
        BadBundle.Kind.DAMAGED,
        BundleNames.part((int) (at / index.partBytes()) + 1)
            + " is not what it was when it was verified.",
        "see that nobody writes to it and that the medium is good, then repeat this");
  }

  /**
   * Looks into all versions before any is published.
   *
   * @throws RefusedByPolicy if the policy refuses one
   */
  void judge(Policy policy) throws IOException {
    Contents contents = store.contents();
    for (ReceivedVersion version : inOrder) {
      Map<String, Path> files = new LinkedHashMap<>();
      for (ManifestFile file : version.manifest().presentFiles()) {
        files.put(file.path(), place(version.manifest(), file, contents));
      }
      Judgement judgement = Judgement.of(files, policy);
      if (judgement.refused()) {
        throw new RefusedByPolicy(version.said().shown(), judgement.scan().findings());
      }
      judged.put(key(version), judgement);
    }
  }

  private Path place(Manifest manifest, ManifestFile file, Contents contents) throws IOException {
    Sha256 digest = file.sha256().orElseThrow();
    Path part = parts.get(digest);
    if (part != null) {
      return part;
    }
    Path inTree =
        Layout.below(store.layout().tree(manifest.model(), manifest.commit()), file.path());
    if (store.volume().calls().stat(inTree).isPresent()) {
      return inTree;
    }
    return contents
        .find(digest, file.sizeBytes())
        .map(Contents.Found::path)
        .orElseThrow(() -> new IOException("the content " + digest + " went away meanwhile"));
  }

  /** Publishes the versions in the order of the plan. */
  List<BundleImportReport.Done> publish(
      BundleImportPlan plan, ToLongFunction<ModelName> shownGeneration)
      throws IOException, InterruptedException {
    List<BundleImportReport.Done> done = new ArrayList<>();
    for (BundleImportPlan.Step step : plan.versions()) {
      String name = step.model() + "@" + step.commit();
      ReceivedVersion version = versions.get(name);
      Judgement judgement = judged.get(name);
      if (version == null || judgement == null) {
        throw new IllegalStateException(name + " was not judged.");
      }
      Manifest manifest = version.manifest().withScan(judgement.scan());
      Claim claim = open(step.model(), Watcher.none()).claim();
      Publication.Outcome outcome =
          publish(claim, manifest, step.current(), shownGeneration.applyAsLong(step.model()));
      Optional<byte[]> signature = version.signature();
      if (signature.isPresent() && !store.versions().isSigned(manifest)) {
        store.versionFiles().sign(claim, step.model(), step.commit(), signature.get());
      }
      done.add(
          new BundleImportReport.Done(
              step, outcome.name().toLowerCase(Locale.ROOT), judgement.scan()));
    }
    return done;
  }

  private Publication.Outcome publish(
      Claim claim, Manifest manifest, boolean current, long shownGeneration) throws IOException {
    if (current) {
      return store.publisher().publish(claim, manifest, parts, shownGeneration).outcome();
    }
    Optional<Manifest> here = store.versions().manifest(manifest.model(), manifest.commit());
    boolean same =
        here.map(SiteInventory::filesOf).equals(Optional.of(SiteInventory.filesOf(manifest)));
    boolean whole =
        manifest.presentFiles().stream()
            .noneMatch(file -> parts.containsKey(file.sha256().orElseThrow()));
    return same && whole
        ? Publication.Outcome.UNCHANGED
        : store.publisher().bringBack(claim, manifest, parts, shownGeneration).outcome();
  }

  /** Gives the claims back, and clears away what came into them. */
  @Override
  public void close() throws IOException {
    for (Opened model : new ArrayList<>(opened.values())) {
      // What cannot be cleared away now the next holder clears away.
      boolean unused = new Clearing(store.volume()).away(model.scratch());
      model.claim().close();
    }
  }
}
