package io.modeldepot.downloader.transfer;

import io.modeldepot.downloader.hub.ByteRange;
import io.modeldepot.downloader.hub.HubBody;
import io.modeldepot.downloader.hub.HubFailure;
import io.modeldepot.downloader.hub.HubResult;
import io.modeldepot.downloader.pace.CancelToken;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** One connection of a transfer: takes a lease, fetches its blocks, takes the next. */
final class RangeFetcher implements Runnable {
  /** A longer wait than this is the caller's: meanwhile it can do something else. */
  private static final Duration LONGEST_ASKED_WAIT = Duration.ofMinutes(10);

  private final TransferRun run;
  private final TransferSettings settings;
  private final Semaphore slots;
  private final LeaseWriter writer;

  /** Where the answer that is being read ends, or what was asked for does. */
  private long until;

  RangeFetcher(TransferRun run, TransferSettings settings, Semaphore slots) {
    this.run = run;
    this.settings = settings;
    this.slots = slots;
    this.writer = new LeaseWriter(run, settings);
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
    writer.begin(first);
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
      run.mismatched(lease().file(), writer.position());
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
    while (broken.isEmpty() && writer.position() < writer.end() && run.wanted(lease())) {
      if (lease().kind() == Lease.Kind.WHOLE) {
        writer.startOver(); // Before it is asked for: by now the hub may send just what it is.
      }
      Optional<BaseFile> base = base();
      if (base.isPresent()) {
        writer.copyUpTo(base.get(), writer.end());
      }
      if (writer.position() < writer.end() && run.wanted(lease())) {
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
        ? base.get().lacking(writer.position(), writer.end(), lease().file().mostRanges())
        : List.of(new ByteRange(writer.position(), writer.end()));
  }

  private Optional<Broken> ask(List<ByteRange> ranges) throws VolumeTrouble, WrongPiece {
    if (!takeSlot()) {
      return Optional.empty();
    }
    try {
      until = ranges.getFirst().to();
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

  /**
   * @throws IllegalStateException if the bytes belong elsewhere than where they would be written
   */
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
        writer.insteadWhole(whole.get());
        until = writer.end();
      }
      long from = writer.position();
      if (body.offset() != from) {
        throw new IllegalStateException(
            "Bytes from " + body.offset() + " on would be written from " + from + " on.");
      }
      long began = System.nanoTime();
      Optional<Broken> broken = several ? copyParts(body) : copy(body);
      if (!writer.isWatched()) {
        run.rangeSize().learn(firstByteNanos, writer.position() - from, System.nanoTime() - began);
      }
      return broken;
    }
  }

  /** Several parts in one answer; what lies between them is here. */
  private Optional<Broken> copyParts(HubBody body) throws VolumeTrouble, WrongPiece {
    Optional<Broken> broken = copy(body);
    while (broken.isEmpty() && writer.position() == until && run.wanted(lease())) {
      Optional<ByteRange> next = body.next();
      try {
        if (next.isEmpty()) {
          body.end();
          return broken;
        }
        writer.copyUpTo(base().orElseThrow(), next.get().from());
        if (writer.position() < next.get().from()) {
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
    long from = writer.position();
    int blocksBefore = writer.blocksDone();
    while (writer.position() < until) {
      long blockEnd = Math.min(until, writer.blockEnd());
      try {
        if (lease().kind() == Lease.Kind.WHOLE && !run.fetching(lease().file(), writer.block())) {
          long bytes = blockEnd - writer.position();
          body.skip(bytes);
          writer.passed(bytes);
          continue;
        }
        boolean ended = trickle.fill(writer.room(blockEnd), body);
        writer.writeFetched();
        if (ended) {
          return Optional.of(new Broken(body.endedEarly(), brought(from, blocksBefore)));
        }
        if (trickle.tooSlow()) {
          return Optional.of(new Broken(body.tooSlow(), false));
        }
      } catch (IOException e) {
        writer.writeFetched();
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
    return lease().kind() == Lease.Kind.WHOLE
        ? writer.blocksDone() > blocksBefore
        : writer.position() > from;
  }

  private Lease lease() {
    return writer.lease();
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
