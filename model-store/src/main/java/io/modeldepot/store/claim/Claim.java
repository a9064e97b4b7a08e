package io.modeldepot.store.claim;

import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.volume.Clearing;
import io.modeldepot.store.volume.FreshName;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A claim that is held. Everything done under it goes through paths inside {@link #directory()},
 * which cease to exist the moment somebody takes over. Closing releases it; so does losing it.
 * Threads may share a claim.
 */
public final class Claim implements AutoCloseable {
  /** What the name of a claim whose work is over begins with, until it is removed. */
  public static final String DISSOLVED = Layout.HIDDEN + "done-";

  private static final String BEAT = "beat";
  private static final String SCRATCH = "scratch";
  private static final Pattern WORK = Pattern.compile("w([0-9]{1,9})");

  private final FileCalls calls;
  private final Clearing clearing;
  private final Path place;
  private final Holder holder;
  private final Origin origin;
  private final Consumer<Claim> forget;
  private final ReentrantLock lock = new ReentrantLock();
  private long beats;
  private int workNumber;
  private volatile boolean over;

  /** How a claim came to its holder. */
  public enum Origin {
    /** It was free; nobody else can have its files open. */
    TAKEN,
    /** Its holder stood still; it may still have files open for writing. */
    TAKEN_OVER
  }

  private Claim(Volume volume, Path place, Holder holder, Origin origin, Consumer<Claim> forget) {
    this.calls = volume.calls();
    this.clearing = new Clearing(volume);
    this.place = place;
    this.holder = holder;
    this.origin = origin;
    this.forget = forget;
  }

  /** The claim whose entry was just renamed to the holder's name. */
  static Claim begin(
      Volume volume, Path place, Holder holder, Origin origin, Consumer<Claim> forget)
      throws IOException {
    Claim claim = new Claim(volume, place, holder, origin, forget);
    claim.beat();
    claim.enterWork();
    return claim;
  }

  /**
   * Does something under the claim. A path that no longer exists because somebody took over is
   * reported as that.
   *
   * @throws ClaimLost if the claim is held by somebody else
   */
  public <T> T guard(Guarded<T> work) throws IOException {
    try {
      return work.run();
    } catch (FileCallFailed e) {
      if (e.errno() == Errno.ENOENT && !stillHeld()) {
        throw new ClaimLost(place, holder, e);
      }
      throw e;
    }
  }

  /** Something done under a claim. */
  @FunctionalInterface
  public interface Guarded<T> {
    /** Does it. */
    T run() throws IOException;
  }

  /**
   * Looks whether the claim is still held. The answer may be outdated when it arrives; what makes
   * late work harmless is that its paths are gone.
   *
   * @throws ClaimLost if it is not
   */
  public void requireHeld() throws IOException {
    if (!stillHeld()) {
      throw new ClaimLost(place, holder);
    }
  }

  /** Whether the claim is still held, as far as the volume says now. */
  public boolean stillHeld() throws IOException {
    return !over && calls.stat(directory()).isPresent();
  }

  /** Whether it was released or a beat found it lost; asks nothing of the volume. */
  public boolean isOver() {
    return over;
  }

  /**
   * Writes the counter. {@link Claims#startBeating} does it for all claims of a process.
   *
   * @throws ClaimLost if the claim is held by somebody else
   */
  public void beat() throws IOException {
    lock.lock();
    try {
      if (over) {
        return;
      }
      String counter = String.format(Locale.ROOT, "%020d%n", ++beats);
      ByteBuffer bytes = ByteBuffer.wrap(counter.getBytes(StandardCharsets.US_ASCII));
      Path file = directory().resolve(BEAT);
      try (OpenFile open =
          calls.stat(file).isPresent() ? calls.openForWriting(file) : calls.create(file, 0644)) {
        open.write(bytes, 0);
      } catch (FileCallFailed e) {
        if (e.errno() == Errno.ENOENT && calls.stat(directory()).isEmpty()) {
          end();
          throw new ClaimLost(place, holder, e);
        }
        throw e;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * The work directories below a claim's place, as somebody sees them who holds nothing; newest
   * first, none while nobody worked. A takeover renames them at any time: what is read there must
   * be compared before it is used.
   */
  public static List<Path> worksAt(FileCalls calls, Path place) throws IOException {
    List<Path> works = new ArrayList<>();
    for (Path held : entriesOf(calls, place)) {
      for (Path work : entriesOf(calls, held)) {
        if (WORK.matcher(work.getFileName().toString()).matches()) {
          works.add(work);
        }
      }
    }
    works.sort(
        Comparator.comparingInt((Path work) -> number(work.getFileName().toString())).reversed());
    return works;
  }

  private static List<Path> entriesOf(FileCalls calls, Path directory) throws IOException {
    try {
      return calls.list(directory).stream().map(directory::resolve).toList();
    } catch (FileCallFailed e) {
      if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
        return List.of();
      }
      throw e;
    }
  }

  /** The directory of the claim, {@code downloads/<id>} for example. */
  public Path place() {
    return place;
  }

  /** The holder's entry; nothing of it outlives the claim. */
  public Path directory() {
    return place.resolve(holder.toString());
  }

  /** Who holds it: this process. */
  public Holder holder() {
    return holder;
  }

  /** How it came to this holder; what a predecessor left must be compared before it is used. */
  public Origin origin() {
    return origin;
  }

  /**
   * The directory for the holder's work, {@code w<n>}. It holds what predecessors left: after a
   * takeover their entries were renamed into it from {@code w<n-1>}.
   */
  public Path work() {
    lock.lock();
    try {
      return directory().resolve("w" + workNumber);
    } finally {
      lock.unlock();
    }
  }

  /** The n of {@code w<n>}: it rises with every takeover, and when work begins again. */
  public int workNumber() {
    lock.lock();
    try {
      return workNumber;
    } finally {
      lock.unlock();
    }
  }

  /** Begins again in an empty directory; what was there is cleared away, as far as it can be. */
  public Path freshWork() throws IOException {
    lock.lock();
    try {
      return guard(
          () -> {
            List<String> before = workDirectories();
            workNumber = before.stream().mapToInt(Claim::number).max().orElse(workNumber) + 1;
            calls.mkdir(work(), DirectoryTree.DIRECTORY_MODE);
            for (String name : before) {
              boolean unused = clearing.away(directory().resolve(name));
            }
            return work();
          });
    } finally {
      lock.unlock();
    }
  }

  /** An empty directory beside the work; the next holder removes it. */
  public Path freshScratch() throws IOException {
    Path scratch = directory().resolve(SCRATCH);
    return guard(
        () -> {
          boolean unused = clearing.away(scratch);
          calls.mkdir(scratch, DirectoryTree.DIRECTORY_MODE);
          return scratch;
        });
  }

  /**
   * Gives the claim back, its work kept for the next holder. Does nothing when it is over.
   *
   * @throws FileCallFailed if the volume refuses; the claim then ends by standing still
   */
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      if (over) {
        return;
      }
      end();
      try {
        calls.rename(directory(), place.resolve(Layout.FREE));
      } catch (FileCallFailed e) {
        if (e.errno() != Errno.ENOENT) {
          throw e;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the work for good: the whole directory of the claim disappears in one rename and is then
   * removed. For jobs that came to a final state, never for models.
   *
   * @throws ClaimLost if the claim is held by somebody else
   */
  public void dissolve() throws IOException {
    lock.lock();
    try {
      if (over) {
        throw new ClaimLost(place, holder);
      }
      // Under a name that nobody has watched yet nobody can take over between the two renames.
      Path unwatched = place.resolve(Holder.next(holder.instance(), calls).toString());
      guard(
          () -> {
            calls.rename(directory(), unwatched);
            return unwatched;
          });
      end();
      Path gone = place.resolveSibling(DISSOLVED + FreshName.eightHex(calls));
      calls.rename(place, gone);
      boolean unused = clearing.away(gone);
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    over = true;
    forget.accept(this);
  }

  /** Finds the work directory, and renames what a predecessor left into one of a new number. */
  private void enterWork() throws IOException {
    boolean unusedScratch = clearing.away(directory().resolve(SCRATCH));
    List<String> old = workDirectories();
    int highest = old.stream().mapToInt(Claim::number).max().orElse(0);
    if (old.size() == 1 && origin == Origin.TAKEN) {
      workNumber = highest;
      return;
    }
    workNumber = highest + 1;
    calls.mkdir(work(), DirectoryTree.DIRECTORY_MODE);
    // Newest first: a crash in the middle of an earlier takeover left two, of which it wins.
    for (String name : old.stream().sorted((a, b) -> number(b) - number(a)).toList()) {
      Path from = directory().resolve(name);
      for (Path entry : calls.entries(from)) {
        Path kept = work().resolve(from.relativize(entry));
        if (calls.stat(kept).isEmpty()) {
          calls.rename(entry, kept);
        }
      }
      boolean unused = clearing.away(from);
    }
  }

  private List<String> workDirectories() throws IOException {
    return calls.list(directory()).stream().filter(n -> WORK.matcher(n).matches()).toList();
  }

  private static int number(String work) {
    return Integer.parseInt(work.substring(1));
  }
}
