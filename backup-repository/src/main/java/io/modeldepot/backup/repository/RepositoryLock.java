package io.modeldepot.backup.repository;

import io.modeldepot.backup.storage.NoSuchObject;
import io.modeldepot.backup.storage.Storage;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.volume.FreshName;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The right to write to a repository, one holder at a time; readers need none. Taking: put one's
 * own file, then look whether there is another; who sees one withdraws, so two may refuse each
 * other but never both go on. A holder whose counter an observer saw unchanged for 90 s of its own
 * clock, or whose process on this machine is gone, is dead and its file is removed; so is a file
 * that this process could not remove when it gave the lock back. No times of machines are compared.
 */
public final class RepositoryLock implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(500);

  /** Holders of this process; another one that says it is of this process was left behind. */
  private static final Set<String> OURS = ConcurrentHashMap.newKeySet();

  private final Storage storage;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread renewing;
  private volatile LockFile file;
  private volatile boolean lost;

  private RepositoryLock(Storage storage, LockFile file, Times times) {
    this.storage = storage;
    this.file = file;
    this.renewing = Thread.ofVirtual().name("backup-lock").start(() -> renew(times.renewal()));
  }

  /**
   * How often a holder shows that it lives, and when an observer believes it dead.
   *
   * @param renewal between two signs of life
   * @param death without one
   */
  public record Times(Duration renewal, Duration death) {
    /** As the format says. */
    public static final Times USUAL = new Times(Duration.ofSeconds(30), Duration.ofSeconds(90));
  }

  /**
   * Takes the lock. Where the other holder's life cannot be asked it is watched until it shows a
   * sign of life, or is dead.
   *
   * @param instance who takes it, for example {@code janitor-1}
   * @param purpose for what, as others are told
   * @throws Locked if somebody alive has it
   */
  public static RepositoryLock take(Storage storage, String instance, String purpose, Times times)
      throws IOException {
    LockFile own =
        new LockFile(
            1,
            instance + "-" + FreshName.eightHex(),
            Process.host(),
            Process.MACHINE,
            Process.PID,
            Process.STARTED,
            purpose,
            Clock.systemUTC().instant(),
            1);
    for (LockFile other : others(storage, own)) {
      requireDead(storage, other, times);
    }
    OURS.add(own.holder());
    boolean taken = false;
    try {
      storage.put(own.object(), Wire.write(own));
      for (LockFile other : others(storage, own)) {
        throw new Locked(other, storage.place());
      }
      taken = true;
    } finally {
      if (!taken) {
        giveBack(storage, own);
      }
    }
    return new RepositoryLock(storage, own, times);
  }

  /** Where the place refuses, the file stays and says of nobody any more that they hold it. */
  private static void giveBack(Storage storage, LockFile own) {
    OURS.remove(own.holder());
    try {
      storage.delete(own.object());
    } catch (IOException e) {
      // What was done under the lock is done; whoever takes it next removes the file.
      return;
    }
  }

  private static List<LockFile> others(Storage storage, LockFile own) throws IOException {
    List<LockFile> others = new ArrayList<>();
    for (Storage.Stored object : storage.list(LockFile.FOLDER)) {
      if (!object.name().equals(own.object())) {
        read(storage, object.name()).ifPresent(others::add);
      }
    }
    return others;
  }

  private static Optional<LockFile> read(Storage storage, String object) throws IOException {
    try {
      return Optional.of(Wire.read(storage.get(object), LockFile.class));
    } catch (NoSuchObject e) {
      return Optional.empty();
    } catch (UnreadablePayload e) {
      // Nobody writes half a lock: it was damaged where it lay, and can show no sign of life.
      storage.delete(object);
      return Optional.empty();
    }
  }

  private static void requireDead(Storage storage, LockFile other, Times times) throws IOException {
    boolean leftBehind = Process.isThis(other) && !OURS.contains(other.holder());
    if (Process.isRunning(other) && !leftBehind) {
      throw new Locked(other, storage.place());
    }
    if (leftBehind || Process.isGone(other)) {
      storage.delete(other.object());
      return;
    }
    long deadline = System.nanoTime() + times.death().toNanos();
    while (System.nanoTime() < deadline) {
      Optional<LockFile> now = read(storage, other.object());
      if (now.isEmpty()) {
        return;
      }
      if (now.get().counter() != other.counter()) {
        throw new Locked(now.get(), storage.place());
      }
      pause();
    }
    storage.delete(other.object());
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while watching a lock");
    }
  }

  private void renew(Duration renewal) {
    try {
      while (!over.await(renewal.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          storage.get(file.object());
          file = file.next();
          storage.put(file.object(), Wire.write(file));
        } catch (NoSuchObject e) {
          lost = true;
          return;
        } catch (IOException e) {
          // The place is away for a moment; the commit looks whether the lock is still there.
          continue;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Looks whether the lock is still held; before anything is committed under it.
   *
   * @throws LockLost if somebody believed this holder dead
   */
  public void requireHeld() throws IOException {
    if (lost) {
      throw new LockLost(storage.place());
    }
    try {
      storage.get(file.object());
    } catch (NoSuchObject e) {
      lost = true;
      throw new LockLost(storage.place());
    }
  }

  /** Gives the lock back. What was done under it is done, whatever becomes of its file. */
  @Override
  public void close() {
    over.countDown();
    try {
      renewing.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    giveBack(storage, file);
  }
}
