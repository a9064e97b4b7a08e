package io.modeldepot.store;

import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.store.account.StorageAccounts;
import io.modeldepot.store.adopt.Adopter;
import io.modeldepot.store.archive.ArchiveCheck;
import io.modeldepot.store.blob.Blobs;
import io.modeldepot.store.blob.Contents;
import io.modeldepot.store.chunk.ChunkLists;
import io.modeldepot.store.claim.ClaimTimes;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.engine.EngineRepositories;
import io.modeldepot.store.integrity.DamageMarks;
import io.modeldepot.store.integrity.Glance;
import io.modeldepot.store.integrity.Leftovers;
import io.modeldepot.store.integrity.Quarantine;
import io.modeldepot.store.integrity.Rescan;
import io.modeldepot.store.integrity.StoreInvariants;
import io.modeldepot.store.integrity.Verifier;
import io.modeldepot.store.journal.Journals;
import io.modeldepot.store.journal.PartResume;
import io.modeldepot.store.journal.SpaceLedger;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.manifest.VersionFiles;
import io.modeldepot.store.manifest.Versions;
import io.modeldepot.store.notes.Notes;
import io.modeldepot.store.publish.Publisher;
import io.modeldepot.store.repair.Repairs;
import io.modeldepot.store.retire.Archive;
import io.modeldepot.store.survey.Surveyor;
import io.modeldepot.store.trash.Expunging;
import io.modeldepot.store.trash.Trash;
import io.modeldepot.store.volume.Setup;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.VolumeRefused;
import io.modeldepot.store.volume.VolumeTime;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.LinuxCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The store on one volume. Holds no resources; its claims do. Safe for threads. */
public final class ModelStore {
  private final Volume volume;
  private final Clock clock;

  private ModelStore(Volume volume, Clock clock) {
    this.volume = volume;
    this.clock = clock;
  }

  /** Makes a directory into a volume; see {@link Setup}. */
  public static Setup setUp(Path root, LocationName location) throws IOException {
    return Setup.of(root, location, Clock.systemUTC(), new LinuxCalls());
  }

  /**
   * Opens the store in a directory; writes nothing.
   *
   * @throws VolumeRefused if the directory is no volume
   */
  public static ModelStore open(Path root) throws IOException {
    return open(root, Optional.empty(), Clock.systemUTC(), new LinuxCalls());
  }

  /**
   * Opens the store in a directory; writes nothing.
   *
   * @param expected the volume's id, if it was seen before
   * @throws VolumeRefused if the directory is no volume, or another one
   */
  public static ModelStore open(Path root, Optional<UUID> expected, Clock clock, FileCalls calls)
      throws IOException {
    return new ModelStore(Volume.open(root, expected, calls), clock);
  }

  /** The volume. */
  public Volume volume() {
    return volume;
  }

  /** Where everything lies. */
  public Layout layout() {
    return volume.layout();
  }

  /** The claims of a process, for example {@code downloader-1}; the caller closes them. */
  public Claims claims(String instance) {
    return new Claims(volume, instance);
  }

  /** The same with other times; everybody who shares the volume has the same. */
  public Claims claims(String instance, ClaimTimes times) {
    return new Claims(volume, instance, times, System::nanoTime);
  }

  /** Where the claim of a job is; its parent exists. */
  public Path claimPlace(RequestId job) {
    return layout().job(job);
  }

  /** Where the claim of a model is; the model's directory is made if need be. */
  public Path claimPlace(ModelName model) throws IOException {
    if (DirectoryTree.makeIfAbsent(volume.calls(), layout().model(model))) {
      volume.calls().syncDirectory(layout().versions());
    }
    return layout().modelClaim(model);
  }

  /** Where the claim of what inference servers read is; its parent is made by setup. */
  public Path enginesClaimPlace() throws IOException {
    if (DirectoryTree.makeIfAbsent(volume.calls(), layout().engines())) {
      volume.calls().syncDirectory(layout().root());
    }
    if (DirectoryTree.makeIfAbsent(volume.calls(), layout().triton())) {
      volume.calls().syncDirectory(layout().engines());
    }
    return layout().enginesClaim();
  }

  /** The model repositories of inference servers. */
  public EngineRepositories engines() {
    return new EngineRepositories(volume, clock);
  }

  /** What is on the volume, by model and commit. */
  public Versions versions() {
    return new Versions(volume);
  }

  /** What stands beside a version: its manifest, its signature. */
  public VersionFiles versionFiles() {
    return new VersionFiles(volume);
  }

  /** The cache of verified content. */
  public Blobs blobs() {
    return new Blobs(volume);
  }

  /** Of which pieces the blobs are made. */
  public ChunkLists chunkLists() {
    return new ChunkLists(volume);
  }

  /** What content there is now, by digest. */
  public Contents contents() throws IOException {
    return Contents.of(volume);
  }

  /** Changes which versions there are. */
  public Publisher publisher() {
    return new Publisher(volume, clock);
  }

  /** The journals of downloads. */
  public Journals journals() {
    return new Journals(volume);
  }

  /** Partial files. */
  public PartResume parts() {
    return new PartResume(volume);
  }

  /** What is free. */
  public SpaceLedger space() {
    return new SpaceLedger(volume);
  }

  /** A verifier that reads an inode once. */
  public Verifier verifier() {
    return new Verifier(volume);
  }

  /** Looks at published files without reading them. */
  public Glance glance() {
    return new Glance(volume);
  }

  /** Repairs that are downloads of what is damaged. */
  public Repairs repairs() {
    return new Repairs(volume, clock);
  }

  /** Where damaged files go. */
  public Quarantine quarantine() {
    return new Quarantine(volume, clock);
  }

  /** Which files were found damaged. */
  public DamageMarks damageMarks() {
    return new DamageMarks(volume);
  }

  /** What crashes left that is nobody's work. */
  public Leftovers leftovers() {
    return new Leftovers(volume);
  }

  /** Everything that can be announced. */
  public Rescan rescan() {
    return new Rescan(volume);
  }

  /** What must hold of the volume. */
  public StoreInvariants invariants() {
    return new StoreInvariants(volume);
  }

  /** What takes the disk. */
  public StorageAccounts accounts() {
    return new StorageAccounts(volume, clock);
  }

  /** One look at the whole volume, for whoever decides what may go. */
  public Surveyor surveyor() {
    return new Surveyor(volume, clock);
  }

  /** What was taken away and can be brought back. */
  public Trash trash() {
    return new Trash(volume, clock);
  }

  /** Versions packed away, and back. */
  public Archive archive() {
    return new Archive(volume, clock);
  }

  /** Reads again what lies in the archive. */
  public ArchiveCheck archiveCheck() {
    return new ArchiveCheck(volume);
  }

  /** The one class that destroys content. */
  public Expunging expunging() {
    return new Expunging(volume, clock);
  }

  /** What time it is by the volume's own clock; writes a file and removes it. */
  public Instant volumesNow() throws IOException {
    return VolumeTime.now(volume);
  }

  /** A drawer of what the janitor remembers. */
  public Notes notes(String drawer) {
    return new Notes(volume, drawer);
  }

  /** Where the claim is that makes one janitor work on the volume at a time. */
  public Path janitorClaim() {
    return layout().janitor().resolve("claim");
  }

  /** Takes in trees copied by hand. */
  public Adopter adopter() {
    return new Adopter(volume, clock);
  }
}
