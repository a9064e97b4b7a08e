package io.modeldepot.downloader.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.downloader.pace.Backoff;
import io.modeldepot.downloader.pace.Timekeeper;
import io.modeldepot.hub.header.HubHeaders;
import io.modeldepot.testkit.hub.Content;
import io.modeldepot.testkit.hub.Mood;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TransferStopsTest extends Transfers {

  @Test
  void cancellingEndsATransferWhoseConnectionsStall() throws Exception {
    hub.mood(new Mood.Stall(1000)).atContentNetwork();
    FileTask task = task(BIG, big());
    FutureTask<TransferResult> running = start(() -> transfer(task));
    await(() -> atContentNetwork().size() >= 3);

    cancel.cancel();

    assertThat(only(running.get())).isInstanceOf(FileOutcome.Stopped.class);
  }

  @Test
  void cancellingEndsATransferThatWaitsForItsNextAttempt() throws Exception {
    hub.mood(Mood.Refuse.with(503, HubHeaders.RETRY_AFTER, "500"));
    FileTask task = task(BIG, Content.random(1, 1000));
    TransferSettings patient = settings().withTime(Timekeeper.system());
    FutureTask<TransferResult> running = start(() -> transfer(patient, task));
    await(() -> !hub.requests().isEmpty());

    cancel.cancel();

    assertThat(only(running.get())).isInstanceOf(FileOutcome.Stopped.class);
  }

  @Test
  void cancellingEndsATransferThatWaitsForAConnection() throws Exception {
    hub.mood(new Mood.Stall(0)).atContentNetwork();
    TransferEngine engine = engine(oneConnection());
    FileTask holder = task("holder.safetensors", Content.random(1, 1000));
    FileTask waiter = task("waiter.safetensors", Content.random(2, 1000));
    var other = new io.modeldepot.downloader.pace.CancelToken();
    FutureTask<TransferResult> holding =
        start(() -> engine.transfer(List.of(holder), journal, ProgressListener.none(), other));
    await(() -> atContentNetwork().size() == 1);
    FutureTask<TransferResult> waiting =
        start(() -> engine.transfer(List.of(waiter), journal, ProgressListener.none(), cancel));

    cancel.cancel();

    assertThat(only(waiting.get())).isInstanceOf(FileOutcome.Stopped.class);
    assertThat(holding.isDone()).isFalse();
    other.cancel();
    TransferResult unused = holding.get();
  }

  @Test
  void aTransferThatIsCancelledBeforeItBeginsAsksNothing() {
    cancel.cancel();

    assertThat(only(transfer(task(BIG, big())))).isInstanceOf(FileOutcome.Stopped.class);
    assertThat(hub.requests()).isEmpty();
  }

  @Test
  void aTransferThatFailedDoesNotCancelItsCaller() {
    hub.mood(Mood.Refuse.with(403));

    TransferResult unused = transfer(task(BIG, Content.random(1, 1000)));

    assertThat(cancel.isCancelled()).isFalse();
  }

  @Test
  void closingTheEngineEndsItsTransfers() throws Exception {
    hub.mood(new Mood.Stall(0)).atContentNetwork();
    FileTask task = task(BIG, big());
    TransferEngine engine = engine(settings());
    FutureTask<TransferResult> running =
        start(() -> engine.transfer(List.of(task), journal, ProgressListener.none(), cancel));
    await(() -> atContentNetwork().size() >= 3);

    engine.close();

    assertThat(only(running.get())).isInstanceOf(FileOutcome.Stopped.class);
    assertThat(cancel.isCancelled()).isFalse();
  }

  @Test
  void anEngineThatIsClosedBeginsNothing() {
    TransferEngine engine = engine(settings());
    engine.close();

    TransferResult result = engine.transfer(List.of(task(BIG, big())), journal, told::add, cancel);

    assertThat(only(result)).isInstanceOf(FileOutcome.Stopped.class);
    assertThat(hub.requests()).isEmpty();
  }

  @Test
  void interruptingTheCallerCancelsAndIsNotForgotten() throws Exception {
    hub.mood(new Mood.Stall(0)).atContentNetwork();
    FileTask task = task(BIG, big());
    AtomicBoolean interrupted = new AtomicBoolean();
    FutureTask<TransferResult> running =
        new FutureTask<>(
            () -> {
              TransferResult result = transfer(task);
              interrupted.set(Thread.currentThread().isInterrupted());
              return result;
            });
    Thread caller = Thread.ofPlatform().start(running);
    await(() -> atContentNetwork().size() >= 3);

    caller.interrupt();

    assertThat(only(running.get())).isInstanceOf(FileOutcome.Stopped.class);
    assertThat(interrupted).isTrue();
  }

  @Test
  void noThreadOutlivesItsTransfer() {
    hub.mood(new Mood.Truncate(1000)).atContentNetwork().times(5);

    TransferResult unused =
        transfer(
            settings().withBackoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), 9)),
            task(BIG, big()));

    // Everything a transfer starts has ended before it returns, so the hub hears no more.
    int heard = hub.requests().size();
    assertThat(openParts()).isEmpty();
    assertThat(hub.requests()).hasSize(heard);
  }

  /** Parts that this process still has open. */
  private List<String> openParts() {
    try (Stream<java.nio.file.Path> open =
        java.nio.file.Files.list(java.nio.file.Path.of("/proc/self/fd"))) {
      return open.map(
              fd -> {
                try {
                  return java.nio.file.Files.readSymbolicLink(fd).toString();
                } catch (java.io.IOException e) {
                  return "";
                }
              })
          .filter(file -> file.startsWith(parts.toString()))
          .toList();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static FutureTask<TransferResult> start(
      java.util.concurrent.Callable<TransferResult> work) {
    FutureTask<TransferResult> running = new FutureTask<>(work);
    Thread unused = Thread.ofVirtual().start(running);
    return running;
  }
}
