package io.modeldepot.downloader.transfer;

import io.modeldepot.downloader.hub.ByteRange;
import io.modeldepot.downloader.hub.HubBody;
import io.modeldepot.downloader.hub.HubFailure;
import io.modeldepot.downloader.hub.HubResult;
import io.modeldepot.downloader.pace.CancelToken;
import io.modeldepot.events.terms.Blocks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** One connection of a transfer: takes a lease, fetches its blocks, takes the next. */
final class RangeFetcher implements Runnable {
  /**
   * Four connections write to one file, and take turns at its lock: the larger, the fewer turns.
   */
  private static final int BUFFER_BYTES = 256 * 1024;

  /** A longer wait than this is the caller's: meanwhile it can do something else. */
  private static final Duration LONGEST_ASKED_WAIT = Duration.ofMinutes(10);

  private final TransferRun run;
  private final TransferSettings settings;
  private final Semaphore slots;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final CRC32C crc = new CRC32C();
  private final byte[] heap = new byte[BUFFER_BYTES];
  private @Nullable Lease held;
  private @Nullable PieceWatch watch;
  private long position;

  /** Where the answer that is being read ends, or what was asked for does. */
  private long until;

  private int blocksDone;

  RangeFetcher(TransferRun run, TransferSettings settings, Semaphore slots) {
    this.run = run;
    this.settings = settings;
    this.slots = slots;
  }

  @Override
  public void run() {
    try {
      Optional<Lease> lease = run.next();
      while (lease.isPresent()) {
        fetch(lease.get());
        lease = run.next();
      }
    } catch (RuntimeException | Error e) {
      run.crashed(e);
    } finally {
      run.connectionEnded();
    }
  }

  /** Tries until the lease is finished, of no use any more, or hopeless. */
  private void fetch(Lease first) {
    held = first;
    watch = first.file().watch().orElse(null);
    position = blocks().from(lease().run().first());
    crc.reset();
    int barren = 0;
    try {
      while (run.wanted(lease())) {
        Optional<Broken> broken = attempt();
        if (broken.isEmpty()) {
          return;
        }
        barren = broken.get().brought() ? 0 : barren + 1;
        if (!again(broken.get().failure(), barren)) {
          run.failed(lease().file(), broken.get().failure());
          return;
        }
      }
    } catch (WrongPiece e) {
      run.mismatched(lease().file(), position);
    } catch (VolumeTrouble e) {
      if (run.wanted(lease())) {
        run.failed(lease().file(), e.cause());
      }
    } finally {
      run.end(lease());
    }
  }

  /**
   * Why an attempt ended before its lease was finished.
   *
   * @param brought whether the next attempt has less to do
   */
  private record Broken(HubFailure failure, boolean brought) {}

  private boolean again(HubFailure failure, int barren) {
    if (!failure.isTransient()
        || settings.backoff().exhausted(barren)
        || failure.retryAfter().filter(w -> w.compareTo(LONGEST_ASKED_WAIT) > 0).isPresent()) {
      return false;
    }
    Duration delay =
        settings
            .backoff()
            .delay(Math.max(1, barren), failure.retryAfter(), ThreadLocalRandom.current());
    return settings.time().pause(delay, run.stop()) || run.stop().isCancelled();
  }

  /** Takes what is here from here and asks for the rest, in the order of the file. */
  private Optional<Broken> attempt() throws VolumeTrouble, WrongPiece {
    Optional<Broken> broken = Optional.empty();
    while (broken.isEmpty() && position < end() && run.wanted(lease())) {
      Optional<BaseFile> base = base();
      if (base.isPresent()) {
        copyUpTo(base.get(), end());
      }
      if (position < end()) {
        broken = ask(lacking(base));
      }
    }
    return broken;
  }

  private Optional<BaseFile> base() {
    return lease().kind() == Lease.Kind.RANGE ? lease().file().base() : Optional.empty();
  }

  private List<ByteRange> lacking(Optional<BaseFile> base) {
    return base.isPresent()
        ? base.get().lacking(position, end(), lease().file().mostRanges())
        : List.of(new ByteRange(position, end()));
  }

  /** Copies as far as everything is here. */
  private void copyUpTo(BaseFile base, long place) throws VolumeTrouble {
    while (position < place && base.nextFrom(position, place) == position && run.wanted(lease())) {
      copyFrom(base);
    }
  }

  private void copyFrom(BaseFile base) throws VolumeTrouble {
    BaseFile.Taken taken = base.take(position, heap);
    int at = taken.offset();
    int end = (int) Math.min(taken.end(), at + end() - position);
    while (at < end) {
      int block = (int) (position / Blocks.SIZE_BYTES);
      int count = (int) Math.min(end - at, blocks().to(block) - position);
      buffer.clear().put(heap, at, count);
      write(block);
      run.copied(count);
      at += count;
    }
  }

  private Optional<Broken> ask(List<ByteRange> ranges) throws VolumeTrouble, WrongPiece {
    if (!takeSlot()) {
      return Optional.empty();
    }
    try {
      until = ranges.getFirst().to();
      if (lease().kind() == Lease.Kind.WHOLE) {
        startOver();
      }
      long asked = System.nanoTime();
      HubResult<HubBody> answer = lease().file().task.remote().open(ranges, run.stop());
      return switch (answer) {
        case HubResult.Failed<HubBody>(HubFailure.Cancelled _) -> Optional.empty();
        case HubResult.Failed<HubBody>(HubFailure failure) ->
            Optional.of(new Broken(failure, false));
        case HubResult.Found<HubBody>(HubBody body) ->
            take(body, ranges.size() > 1, System.nanoTime() - asked);
      };
    } finally {
      slots.release();
    }
  }

  private Optional<Broken> take(HubBody body, boolean several, long firstByteNanos)
      throws VolumeTrouble, WrongPiece {
    try (body;
        CancelToken.Registration _ = run.stop().onCancel(body::abort)) {
      if (body.rangeIgnored() && several) {
        lease().file().askOneByOne();
        return Optional.empty();
      }
      if (body.rangeIgnored()) {
        Optional<Lease> whole = run.insteadWhole(lease());
        if (whole.isEmpty()) {
          return Optional.empty();
        }
        held = whole.get();
        until = end();
        startOver();
      }
      long from = position;
      long began = System.nanoTime();
      Optional<Broken> broken = several ? copyParts(body) : copy(body);
      if (watch == null) {
        run.rangeSize().learn(firstByteNanos, position - from, System.nanoTime() - began);
      }
      return broken;
    }
  }

  /** Several parts in one answer; what lies between them is here. */
  private Optional<Broken> copyParts(HubBody body) throws VolumeTrouble, WrongPiece {
    Optional<Broken> broken = copy(body);
    while (broken.isEmpty() && position == until && run.wanted(lease())) {
      Optional<ByteRange> next = body.next();
      try {
        if (next.isEmpty()) {
          body.end();
          return broken;
        }
        copyUpTo(base().orElseThrow(), next.get().from());
        if (position < next.get().from()) {
          return broken; // It is not as it should be here: that is asked for too.
        }
        body.begin();
      } catch (IOException e) {
        return Optional.of(new Broken(body.failure(e), true));
      }
      until = next.get().to();
      broken = copy(body);
    }
    return broken;
  }

  private Optional<Broken> copy(HubBody body) throws VolumeTrouble, WrongPiece {
    Trickle trickle = new Trickle(body.stallTimeout(), settings.minimumBytesPerStall());
    long from = position;
    int blocksBefore = blocksDone;
    while (position < until) {
      int block = (int) (position / Blocks.SIZE_BYTES);
      long blockEnd = Math.min(until, blocks().to(block));
      try {
        if (lease().kind() == Lease.Kind.WHOLE && !run.fetching(lease().file(), block)) {
          body.skip(blockEnd - position);
          run.fetched(blockEnd - position);
          position = blockEnd;
          continue;
        }
        buffer.clear().limit((int) Math.min(BUFFER_BYTES, blockEnd - position));
        boolean ended = trickle.fill(buffer, body);
        writeFetched(block);
        if (ended) {
          return Optional.of(new Broken(body.endedEarly(), brought(from, blocksBefore)));
        }
        if (trickle.tooSlow()) {
          return Optional.of(new Broken(body.tooSlow(), false));
        }
      } catch (IOException e) {
        writeFetched(block);
        return run.stop().isCancelled()
            ? Optional.empty()
            : Optional.of(new Broken(body.failure(e), brought(from, blocksBefore)));
      }
      if (!run.wanted(lease())) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** A range goes on where it broke off; a whole file has only its finished blocks to show. */
  private boolean brought(long from, int blocksBefore) {
    return lease().kind() == Lease.Kind.WHOLE ? blocksDone > blocksBefore : position > from;
  }

  /** The same for bytes from the network, which count, and are compared where that is possible. */
  private void writeFetched(int block) throws VolumeTrouble, WrongPiece {
    int bytes = buffer.position();
    if (watch != null) {
      buffer.get(0, heap, 0, bytes);
      if (!watch.isRight(position, heap, bytes)) {
        throw new WrongPiece();
      }
    }
    write(block);
    run.fetched(bytes);
    boolean unused = settings.bandwidth().draw(bytes, run.stop());
  }

  /** Writes what is in the buffer where it belongs; journals the block when it is complete. */
  private void write(int block) throws VolumeTrouble {
    buffer.flip();
    crc.update(buffer.duplicate());
    try {
      while (buffer.hasRemaining()) {
        position += lease().file().part().write(buffer, position);
      }
      if (position == blocks().to(block)) {
        run.blockDone(lease(), block, (int) crc.getValue());
        blocksDone++;
        crc.reset();
      } else {
        lease().unfinishedBytes(position - blocks().from(block));
      }
    } catch (IOException e) {
      throw new VolumeTrouble(e);
    } finally {
      buffer.clear().limit(0);
    }
  }

  private Lease lease() {
    return Objects.requireNonNull(held);
  }

  private void startOver() {
    position = 0;
    crc.reset();
  }

  private BlockMap blocks() {
    return lease().file().blocks;
  }

  private long end() {
    return blocks().to(lease().run().end() - 1);
  }

  /** Waits for a connection slot of the engine, but not longer than this transfer is wanted. */
  private boolean takeSlot() {
    try {
      while (!run.stop().isCancelled()) {
        if (slots.tryAcquire(200, TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
    } catch (InterruptedException e) {
      run.stop().cancel();
    }
    return false;
  }
}
