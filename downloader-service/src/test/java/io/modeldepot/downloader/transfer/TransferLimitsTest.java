package io.modeldepot.downloader.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.downloader.pace.Bandwidth;
import io.modeldepot.testkit.hub.Content;
import io.modeldepot.testkit.hub.Mood;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransferLimitsTest extends Transfers {
  private static final int MIB = 1 << 20;

  @Test
  void aCapOnBandwidthIsHeldOnTheClockOfTheEngine() {
    Content content = Content.random(1, 8L * MIB);

    TransferResult result =
        transfer(oneConnection().withBandwidth(Bandwidth.of(MIB, time)), task(BIG, content));

    // A quarter of a second's worth passes at once; everything after it is waited for.
    assertArrived(only(result), content);
    assertThat(time.passed()).isBetween(Duration.ofMillis(7_749), Duration.ofMillis(7_751));
  }

  @Test
  void aCapOnBandwidthIsSharedByTheTransfersOfAnEngine() throws Exception {
    FileTask one = task("one.safetensors", Content.random(1, 4L * MIB));
    FileTask other = task("other.safetensors", Content.random(2, 4L * MIB));
    TransferEngine engine =
        engine(settings().withConnections(1, 2).withBandwidth(Bandwidth.of(MIB, time)));
    FutureTask<TransferResult> beside =
        new FutureTask<>(
            () -> engine.transfer(List.of(other), journal, ProgressListener.none(), cancel));
    Thread thread = Thread.ofVirtual().start(beside);

    TransferResult result = engine.transfer(List.of(one), journal, ProgressListener.none(), cancel);

    assertThat(result.allVerified() && beside.get().allVerified()).isTrue();
    assertThat(time.passed()).isGreaterThanOrEqualTo(Duration.ofMillis(7_749));
    thread.join();
  }

  @Test
  void withoutACapNobodyWaits() {
    TransferResult unused = transfer(task(BIG, Content.random(1, 8L * MIB)));

    assertThat(time.pauses()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 4", "3, 3"})
  void noMoreConnectionsAreOpenThanAllowed(int perJob, int inAll) {
    hub.mood(new Mood.Slow(50L * MIB));
    FileTask[] tasks =
        IntStream.range(0, 12)
            .mapToObj(i -> task("f" + i + ".safetensors", Content.random(i, 300_000)))
            .toArray(FileTask[]::new);

    TransferResult result = transfer(settings().withConnections(perJob, inAll), tasks);

    assertThat(result.allVerified()).isTrue();
    assertThat(hub.mostBodiesAtOnce()).isLessThanOrEqualTo(perJob);
  }

  @Test
  void severalTransfersShareTheConnectionsOfTheirEngine() throws Exception {
    hub.mood(new Mood.Slow(20L * MIB));
    TransferEngine engine = engine(settings().withConnections(2, 3));
    List<FutureTask<TransferResult>> running =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    List.of(
                        task("a" + i + ".safetensors", Content.random(i, 200_000)),
                        task("b" + i + ".safetensors", Content.random(i + 10, 200_000)),
                        task("c" + i + ".safetensors", Content.random(i + 20, 200_000))))
            .map(
                tasks ->
                    new FutureTask<>(
                        () -> engine.transfer(tasks, journal, ProgressListener.none(), cancel)))
            .toList();

    List<Thread> threads = running.stream().map(it -> Thread.ofVirtual().start(it)).toList();

    for (FutureTask<TransferResult> one : running) {
      assertThat(one.get().allVerified()).isTrue();
    }
    assertThat(hub.mostBodiesAtOnce()).isLessThanOrEqualTo(3);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void aConnectionThatWaitsBetweenAttemptsLeavesItsPlaceToOthers() {
    hub.mood(Mood.Refuse.with(503)).onPath("down");
    Content good = Content.random(2, 1000);

    TransferResult result =
        transfer(
            settings().withConnections(1, 1),
            task("down.safetensors", Content.random(1, 1000)),
            task(BIG, good));

    assertArrived(result.outcomes().get(1), good);
  }

  @Test
  void settingsThatCannotBeAreRefused() {
    assertThatThrownBy(() -> settings().withConnections(0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> settings().withConnections(4, 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> settings().withSamples(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
