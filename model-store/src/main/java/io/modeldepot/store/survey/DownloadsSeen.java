package io.modeldepot.store.survey;

import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.journal.Journal;
import io.modeldepot.store.journal.JournalFile;
import io.modeldepot.store.journal.Journals;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.manifest.UnreadableFile;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What downloads have on a volume. */
final class DownloadsSeen {
  private final Layout layout;
  private final FileCalls calls;
  private final Journals journals;

  DownloadsSeen(Volume volume) {
    this.layout = volume.layout();
    this.calls = volume.calls();
    this.journals = new Journals(volume);
  }

  /**
   * All of them.
   *
   * @param unreadable is told of journals that cannot be read
   */
  List<Survey.Job> look(List<String> unreadable) throws IOException {
    Set<RequestId> claimed = new HashSet<>(journals.claimed());
    Set<RequestId> all = new TreeSet<>((a, b) -> a.value().compareTo(b.value()));
    all.addAll(claimed);
    all.addAll(journals.list());
    List<Survey.Job> jobs = new ArrayList<>();
    for (RequestId id : all) {
      jobs.add(job(id, claimed.contains(id), unreadable));
    }
    return jobs;
  }

  private Survey.Job job(RequestId id, boolean claimed, List<String> unreadable)
      throws IOException {
    Optional<Journal> journal = Optional.empty();
    try {
      journal = journals.read(id);
    } catch (UnreadableFile e) {
      unreadable.add(String.valueOf(e.getMessage()));
    }
    Optional<DownloadState> state = journal.map(Journal::state);
    return new Survey.Job(
        id,
        state,
        journal.map(Journal::model),
        journal.flatMap(Journal::commit),
        journal.map(DownloadsSeen::needs).orElse(List.of()),
        calls.stat(layout.journal(id)).map(FileStat::modifiedAt),
        claimed,
        claimed ? bytesBelow(layout.job(id)) : 0);
  }

  private static List<Sha256> needs(Journal journal) {
    return Journals.isFinal(journal.state())
        ? List.of()
        : journal.files().stream().map(JournalFile::sha256).flatMap(Optional::stream).toList();
  }

  private long bytesBelow(Path directory) throws IOException {
    long bytes = 0;
    for (DirectoryTree.Entry entry : DirectoryTree.look(calls, directory, Set.of()).entries()) {
      bytes += entry.stat().isFile() ? entry.stat().allocatedBytes() : 0;
    }
    return bytes;
  }
}
