package io.modeldepot.janitor.restore;

import io.modeldepot.backup.restore.ContentRepair;
import io.modeldepot.backup.restore.NoRoom;
import io.modeldepot.backup.save.BackupOrder;
import io.modeldepot.backup.snapshot.Scope;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.janitor.backup.BackupSettings;
import io.modeldepot.janitor.backup.Mishaps;
import io.modeldepot.janitor.backup.Targets;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.store.keep.ModelBusy;
import io.modeldepot.store.keep.Shelf;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Repairs damaged files of a version from whichever backup has them. */
@ApplicationScoped
public class FromBackup {
  private static final Logger LOG = Logger.getLogger(FromBackup.class);

  private final Targets targets;
  private final ShownGenerations shown;
  private final int threads;

  @Inject
  FromBackup(
      Targets targets, BackupSettings settings, ShownGenerations shown, ServiceIdentity identity) {
    this.targets = targets;
    this.shown = shown;
    this.threads =
        settings
            .threads()
            .orElse(BackupOrder.of(Scope.all(), Optional.empty(), identity.instance()).threads());
  }

  /**
   * Brings damaged files, verified, one target after the other.
   *
   * @return the backup that had them; empty if none has, or none can be asked now
   * @throws IOException if the volume does not work
   */
  public Optional<String> bring(Shelf shelf, Manifest manifest, List<ManifestFile> damaged)
      throws IOException, InterruptedException {
    List<String> names = targets.names();
    if (names.isEmpty() || damaged.stream().anyMatch(file -> file.sha256().isEmpty())) {
      return Optional.empty();
    }
    shown.awaitAll();
    for (String name : names) {
      try (Targets.Opened target = targets.open(Optional.of(name), shelf.store())) {
        Optional<String> backup =
            new ContentRepair(shelf, target.repository(), threads)
                .run(manifest, damaged, shown.of(manifest.model()));
        if (backup.isPresent()) {
          LOG.infof(
              "%d files of %s@%s were brought from the backup %s at %s",
              damaged.size(), manifest.model(), manifest.commit(), backup.get(), name);
          return backup;
        }
      } catch (IOException e) {
        if (Mishaps.of(e).isEmpty() && !(e instanceof ModelBusy) && !(e instanceof NoRoom)) {
          throw e;
        }
        LOG.warnf(
            "%s@%s is not repaired from the backups at %s: %s",
            manifest.model(), manifest.commit(), name, e.getMessage());
      }
    }
    return Optional.empty();
  }
}
