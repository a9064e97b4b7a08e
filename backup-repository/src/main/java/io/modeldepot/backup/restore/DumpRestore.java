package io.modeldepot.backup.restore;

import io.modeldepot.backup.pack.DamagedObject;
import io.modeldepot.backup.repository.Repository;
import io.modeldepot.backup.snapshot.SavedContent;
import io.modeldepot.backup.snapshot.Snapshot;
import io.modeldepot.events.terms.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Brings the registry's dump of a backup back. */
public final class DumpRestore {
  private static final int THREADS = 2;

  private final Repository repository;

  /** From a repository. */
  public DumpRestore(Repository repository) {
    this.repository = repository;
  }

  /**
   * Writes the dump to a file. What it has when this throws is no dump.
   *
   * @throws NothingToRestore if the backup has none
   * @throws DamagedObject if it is not what it was
   */
  public void run(Snapshot snapshot, Path file) throws IOException, InterruptedException {
    Sha256 digest =
        snapshot
            .registry()
            .sha256()
            .orElseThrow(
                () ->
                    new NothingToRestore(snapshot.id(), io.modeldepot.backup.snapshot.Scope.all()));
    SavedContent content = snapshot.contents().get(digest);
    if (content == null) {
      throw new DamagedObject("the snapshot", "it does not say where the registry's dump is");
    }
    MessageDigest found = sha256();
    try (BlockFetch blocks = new BlockFetch(repository, repository.index(), THREADS);
        OutputStream out = Files.newOutputStream(file)) {
      blocks.each(
          content,
          block -> {
            found.update(block);
            out.write(block);
          });
    }
    if (!HexFormat.of().formatHex(found.digest()).equals(digest.value())) {
      throw new DamagedObject("the registry's dump", "it is not what it was");
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java has SHA-256", e);
    }
  }
}
