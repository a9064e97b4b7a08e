package io.modeldepot.downloader.fetch;

import io.modeldepot.downloader.job.JobJournal;
import io.modeldepot.downloader.job.Turn;
import io.modeldepot.downloader.transfer.BlockJournal;
import io.modeldepot.downloader.transfer.FileTask;
import io.modeldepot.events.terms.Blocks;
import io.modeldepot.store.journal.BlockRanges;
import io.modeldepot.store.journal.JournalFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Notes in the journal which blocks are in. A block of full size is in the journal when {@link
 * #blockDone} returns; small files are written down together, so that a kill costs at most one
 * block's worth of them.
 */
final class JobBlocks implements BlockJournal {
  private final Turn turn;
  private final Map<String, Progress> byPath = new HashMap<>();
  private final Object lock = new Object();
  private long unwrittenBytes;

  private static final class Progress {
    final int index;
    final BitSet done;
    final int[] crcs;

    Progress(int index, JournalFile file) {
      this.index = index;
      this.done = file.blocksDone().orElse(BlockRanges.NONE).toBits();
      int[] known = Parts.crcs(file);
      this.crcs = java.util.Arrays.copyOf(known, JobJournal.blocks(file.sizeBytes()));
    }
  }

  /** For the files that the job has now. */
  JobBlocks(Turn turn) {
    this.turn = turn;
    List<JournalFile> files = turn.job().files();
    for (int index = 0; index < files.size(); index++) {
      if (!files.get(index).reused()) {
        byPath.put(files.get(index).path(), new Progress(index, files.get(index)));
      }
    }
  }

  @Override
  public void blockDone(FileTask file, int block, int crc32c) throws IOException {
    long bytes = JobJournal.blockBytes(file.sizeBytes(), block);
    boolean due;
    synchronized (lock) {
      Progress progress = byPath.get(file.path());
      if (progress == null) {
        return;
      }
      progress.done.set(block);
      progress.crcs[block] = crc32c;
      BlockRanges done = BlockRanges.of(progress.done);
      String crcs = Parts.encoded(progress.crcs);
      turn.note(
          job -> {
            List<JournalFile> files = new ArrayList<>(job.files());
            JournalFile old = files.get(progress.index);
            files.set(
                progress.index,
                Parts.with(old, old.part().orElseThrow(), done, java.util.Optional.of(crcs)));
            return job.withFiles(files);
          });
      unwrittenBytes += bytes;
      due = unwrittenBytes >= Blocks.SIZE_BYTES;
      if (due) {
        unwrittenBytes = 0;
      }
    }
    if (due) {
      turn.keep();
    }
  }
}
