package io.modeldepot.downloader.fetch;

import io.modeldepot.downloader.job.Job;
import io.modeldepot.downloader.job.JobJournal;
import io.modeldepot.downloader.job.Target;
import io.modeldepot.downloader.job.Turn;
import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.store.journal.JournalFile;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.FileCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What happens to the parts of a job besides that bytes come in. */
public final class PartChanges {
  /** Gives a file a new part and forgets what came in; durable with the next write. */
  public void startAgain(Turn turn, Shelf shelf, String path) throws IOException {
    Fetcher.changeFile(turn, path, (file, number) -> Parts.again(file, number));
    turn.note(
        job -> job.withTally(job.tally().reusing(JobJournal.tally(job.files(), 0).reusedBytes())));
    JournalFile file = Fetcher.file(turn.job(), path);
    Path unused =
        shelf.store().parts().allocate(turn.claim(), file.part().orElseThrow(), file.sizeBytes());
  }

  /** Puts what came in of a file aside, with the evidence. */
  public void setAside(Turn turn, Shelf shelf, String path, Problem why) throws IOException {
    Job job = turn.job();
    Path part = Fetcher.part(turn.claim(), Fetcher.file(job, path));
    if (shelf.store().volume().calls().stat(part).isPresent()) {
      Map<String, Object> evidence = new HashMap<>(why.evidence());
      evidence.put("requestId", job.id().value());
      evidence.put("problem", why.code().code());
      evidence.put("detail", why.detail());
      job.target()
          .flatMap(Target::repository)
          .ifPresent(it -> evidence.put("repository", it.value()));
      job.commit().ifPresent(it -> evidence.put("commit", it.value()));
      Path unused = shelf.store().quarantine().put(job.model(), part, evidence);
    }
  }

  /** Removes what came in, for a job that has ended. Should it go on after all, it begins anew. */
  public void dropParts(Turn turn, Shelf shelf) throws IOException {
    FileCalls calls = shelf.store().volume().calls();
    turn.claim()
        .guard(
            () -> {
              DirectoryTree.remove(calls, turn.claim().work());
              return calls;
            });
  }
}
