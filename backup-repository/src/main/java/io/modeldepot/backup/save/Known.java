package io.modeldepot.backup.save;

import io.modeldepot.backup.pack.BlockIndex;
import io.modeldepot.backup.pack.DamagedObject;
import io.modeldepot.backup.repository.Snapshots;
import io.modeldepot.backup.snapshot.SavedContent;
import io.modeldepot.backup.storage.NoSuchObject;
import io.modeldepot.events.terms.Sha256;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What need not be read again: contents that the newest snapshots have, all of whose blocks the
 * repository has. A content never changes, so its digest is enough.
 *
 * @param snapshots of the repository
 * @param index where its blocks are
 */
record Known(Snapshots snapshots, BlockIndex index) {
  private static final int ASKED = 5;

  Map<Sha256, SavedContent> contents() throws IOException {
    Map<Sha256, SavedContent> known = new HashMap<>();
    List<Snapshots.Named> newest = snapshots.list().reversed();
    for (Snapshots.Named named : newest.subList(0, Math.min(ASKED, newest.size()))) {
      try {
        snapshots
            .read(named)
            .contents()
            .forEach(
                (digest, content) -> {
                  if (index.hasAll(content.blocks())) {
                    known.putIfAbsent(digest, content);
                  }
                });
      } catch (DamagedObject | NoSuchObject e) {
        // A check says so; what it had is simply read again.
        continue;
      }
    }
    return known;
  }
}
