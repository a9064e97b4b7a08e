package io.modeldepot.store.journal;

import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.manifest.UnreadableFile;
import io.modeldepot.store.volume.SafeFile;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import io.modeldepot.store.volume.call.OpenFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The journals of a volume. Safe for threads and processes. */
public final class Journals {
  private static final Pattern ID = Pattern.compile(RequestId.PATTERN);
  private static final String SUFFIX = ".json";
  private static final int MODE = 0644;

  private final Layout layout;
  private final FileCalls calls;

  /** The journals of a volume. */
  public Journals(Volume volume) {
    this.layout = volume.layout();
    this.calls = volume.calls();
  }

  /**
   * Replaces the journal of a job; when this returns it survives a power cut.
   *
   * @param claim the claim of the job
   * @throws io.modeldepot.store.claim.ClaimLost if somebody else holds it; nothing is written then
   */
  public void write(Claim claim, Journal journal) throws IOException {
    place(claim, journal);
    calls.syncDirectory(layout.downloads());
  }

  /**
   * Replaces the journal of a job while bytes come in: as {@link #write}, but after a power cut the
   * journal before it may be back, which costs the blocks since then and nothing else.
   *
   * @throws io.modeldepot.store.claim.ClaimLost if somebody else holds it; nothing is written then
   */
  public void writeProgress(Claim claim, Journal journal) throws IOException {
    place(claim, journal);
  }

  private void place(Claim claim, Journal journal) throws IOException {
    if (!claim.place().equals(layout.job(journal.requestId()))) {
      throw new IllegalArgumentException(
          claim.place() + " is not the claim of " + journal.requestId());
    }
    Path temporary = claim.directory().resolve("journal.tmp");
    Path file = layout.journal(journal.requestId());
    claim.guard(
        () -> {
          if (calls.stat(temporary).isPresent()) {
            calls.unlink(temporary);
          }
          SafeFile.write(calls, temporary, Wire.write(journal), MODE);
          calls.rename(temporary, file);
          return file;
        });
  }

  /**
   * Makes every journal that can be read now survive a power cut, whoever wrote it. Whoever says of
   * a job that it is journaled, because somebody else did that, calls this first: that somebody may
   * have been killed before it was durable.
   */
  public void makeDurable() throws IOException {
    calls.syncDirectory(layout.downloads());
  }

  /**
   * The journal of a job, if there is one.
   *
   * @throws UnreadableFile if it is damaged
   */
  public Optional<Journal> read(RequestId id) throws IOException {
    Path file = layout.journal(id);
    try {
      return Optional.of(Wire.read(SafeFile.read(calls, file), Journal.class));
    } catch (UnreadablePayload e) {
      throw new UnreadableFile(file, e);
    } catch (FileCallFailed e) {
      if (e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Where a part of a job lies now, for readers who hold no claim. A takeover moves it at any time:
   * compare what is read there with the journal before it is used.
   *
   * @param part as {@link JournalFile#part} says
   * @return empty if no predecessor and no holder has it now
   */
  public Optional<Path> part(RequestId id, String part) throws IOException {
    for (Path work : Claim.worksAt(calls, layout.job(id))) {
      Path file = Layout.below(work, part);
      if (calls.stat(file).isPresent()) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /**
   * Whether a job came to its end before a time, by the stamp of its journal. A job whose journal
   * is missing or cannot be read is not over: nobody knows what it is.
   */
  public boolean isOverSince(RequestId id, Instant time) throws IOException {
    Optional<FileStat> stat = calls.stat(layout.journal(id));
    if (stat.isEmpty() || stat.get().modifiedAt().isAfter(time)) {
      return false;
    }
    try {
      return read(id).filter(journal -> isFinal(journal.state())).isPresent();
    } catch (UnreadableFile e) {
      return false;
    }
  }

  /** Whether a job in this state is over. */
  public static boolean isFinal(DownloadState state) {
    return switch (state) {
      case PLANNED, DONE, FAILED, CANCELLED, EXPIRED -> true;
      case REQUESTED, WAITING, RESOLVING, CHECKING, TRANSFERRING, PUBLISHING, ANNOUNCING -> false;
      case JOINED, UNKNOWN -> false;
    };
  }

  /** Every job that has a journal, sorted. */
  public List<RequestId> list() throws IOException {
    List<RequestId> ids = new ArrayList<>();
    for (String name : calls.list(layout.downloads())) {
      if (name.endsWith(SUFFIX)) {
        id(name.substring(0, name.length() - SUFFIX.length())).ifPresent(ids::add);
      }
    }
    return ids;
  }

  /**
   * Every job that has a claim: those not in a final state, sorted. A directory that somebody made
   * here may be among them; {@code Claims.observe} says of it that it is unclear.
   */
  public List<RequestId> claimed() throws IOException {
    List<RequestId> ids = new ArrayList<>();
    for (String name : calls.list(layout.downloads())) {
      Optional<RequestId> id = id(name);
      if (id.isPresent()
          && calls.stat(layout.job(id.get())).filter(FileStat::isDirectory).isPresent()) {
        ids.add(id.get());
      }
    }
    return ids;
  }

  /** Says that somebody wants a job to end; the holder looks at every beat. Idempotent. */
  public void requestCancel(RequestId id) throws IOException {
    try (OpenFile open = calls.create(layout.cancel(id), MODE)) {
      open.sync();
    } catch (FileCallFailed e) {
      if (e.errno() != Errno.EEXIST) {
        throw e;
      }
    }
    calls.syncDirectory(layout.downloads());
  }

  /** Whether somebody wants a job to end. */
  public boolean cancelRequested(RequestId id) throws IOException {
    return calls.stat(layout.cancel(id)).isPresent();
  }

  /**
   * Removes the journal of a job and the wish to cancel it, once the job has no claim any more.
   *
   * @throws IllegalStateException if the job has a claim: somebody works on it
   */
  public void forget(RequestId id) throws IOException {
    if (calls.stat(layout.job(id)).isPresent()) {
      throw new IllegalStateException("The job " + id + " is not over.");
    }
    DirectoryTree.remove(calls, layout.journal(id));
    DirectoryTree.remove(calls, layout.cancel(id));
  }

  /**
   * Removes what crashes left of jobs that were being dissolved; their files are needed no more.
   */
  public void sweep() throws IOException {
    for (String name : calls.list(layout.downloads())) {
      if (name.startsWith(Claim.DISSOLVED)) {
        DirectoryTree.remove(calls, layout.downloads().resolve(name));
      }
    }
  }

  private static Optional<RequestId> id(String name) {
    return ID.matcher(name).matches() ? Optional.of(RequestId.of(name)) : Optional.empty();
  }
}
