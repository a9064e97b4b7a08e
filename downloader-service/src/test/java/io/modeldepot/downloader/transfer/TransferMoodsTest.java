package io.modeldepot.downloader.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.downloader.hub.HubFailure;
import io.modeldepot.hub.header.HubHeaders;
import io.modeldepot.testkit.hub.Content;
import io.modeldepot.testkit.hub.Mood;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransferMoodsTest extends Transfers {
  private static final int MIB = 1 << 20;

  static Stream<Mood> moodsThatDoNotMatter() {
    return Stream.of(
        new Mood.Truncate(0),
        new Mood.Truncate(1),
        new Mood.Truncate(MIB + 3),
        new Mood.Truncate(BLOCK),
        new Mood.ShortLength(1),
        new Mood.ShortLength(MIB),
        new Mood.Stall(0),
        new Mood.Stall(MIB),
        new Mood.IgnoreRange(),
        new Mood.Gzip(),
        Mood.Refuse.with(500),
        Mood.Refuse.with(503, HubHeaders.RETRY_AFTER, "5"),
        Mood.Refuse.with(408),
        Mood.Refuse.with(429),
        Mood.Refuse.with(403),
        Mood.Refuse.with(404));
  }

  @ParameterizedTest
  @MethodSource("moodsThatDoNotMatter")
  void aMoodThatPassesDoesNoHarm(Mood mood) {
    stallTimeout(Duration.ofSeconds(1));
    hub.mood(mood).atContentNetwork().times(3);
    Content content = big();

    TransferResult result = transfer(task(BIG, content));

    assertArrived(only(result), content);
  }

  static Stream<Mood> moodsOneCanLiveWith() {
    return Stream.of(
        new Mood.Truncate(MIB),
        new Mood.ShortLength(1),
        new Mood.IgnoreRange(),
        new Mood.Gzip(),
        new Mood.Slow(200L * MIB));
  }

  @ParameterizedTest
  @MethodSource("moodsOneCanLiveWith")
  void aMoodThatLastsDoesNoHarm(Mood mood) {
    hub.mood(mood).atContentNetwork();
    Content content = big();

    TransferResult result = transfer(task(BIG, content));

    assertArrived(only(result), content);
  }

  @ParameterizedTest
  @MethodSource("moodsOneCanLiveWith")
  void aMoodThatLastsDoesNoHarmToSmallFilesEither(Mood mood) {
    hub.mood(mood).atHub();
    Content content = Content.of("{\"architectures\":[]}".repeat(20_000));

    TransferResult result = transfer(task(SMALL, content));

    assertArrived(only(result), content);
  }

  @Test
  void aBrokenConnectionGoesOnWhereItBrokeOff() {
    hub.mood(new Mood.Truncate(MIB)).atContentNetwork().times(3);
    Content content = Content.random(1, 5L * MIB);

    TransferResult result = transfer(oneConnection(), task(BIG, content));

    assertArrived(only(result), content);
    assertThat(hub.bytesServed()).isEqualTo(5L * MIB);
    assertThat(atContentNetwork())
        .extracting(it -> it.range().orElse("all"))
        .containsExactly(
            "all", "bytes=1048576-5242879", "bytes=2097152-5242879", "bytes=3145728-5242879");
  }

  @Test
  void attemptsThatBroughtSomethingAreNotCounted() {
    hub.mood(new Mood.Truncate(MIB)).atContentNetwork();
    Content content = Content.random(1, 12L * MIB);

    TransferResult result = transfer(oneConnection(), task(BIG, content));

    assertArrived(only(result), content);
    assertThat(atContentNetwork()).hasSize(12);
  }

  @Test
  void aHubThatIgnoresRangesIsAskedForTheWholeFileOnce() {
    hub.mood(new Mood.IgnoreRange()).atContentNetwork();
    Content content = Content.random(1, 3L * BLOCK);

    TransferResult result = transfer(oneConnection(), task(BIG, content));

    assertArrived(only(result), content);
    assertThat(atContentNetwork()).hasSize(1);
    assertThat(hub.bytesServed()).isEqualTo(3L * BLOCK);
  }

  @Test
  void aHubThatIgnoresARangeBreaksOffAndThenHonoursRangesIsReadFromTheStart() throws Exception {
    hub.mood(new Mood.IgnoreRange()).atContentNetwork().once();
    hub.mood(new Mood.Truncate(BLOCK + MIB)).atContentNetwork().once();
    Content content = big();

    TransferResult result = transfer(oneConnection(), task(BIG, content, leave(BIG, content, 0)));

    assertArrived(only(result), content);
    assertThat(journal.of(BIG))
        .isEqualTo(Map.of(1, crc(block(content, 1)), 2, crc(block(content, 2))));
  }

  @Test
  void attemptsWithoutAByteAreCountedAndWaitedFor() {
    hub.mood(Mood.Refuse.with(503)).atContentNetwork();

    TransferResult result = transfer(oneConnection(), task(BIG, Content.random(1, 1000)));

    assertThat(failure(only(result)).isTransient()).isTrue();
    assertThat(atContentNetwork()).hasSize(4);
    assertThat(time.pauses()).hasSize(3);
    assertThat(time.pauses().get(0)).isLessThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(time.pauses().get(2)).isLessThanOrEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void whatTheHubAsksForIsWaited() {
    hub.mood(Mood.Refuse.with(429, HubHeaders.RATE_LIMIT, "\"resolvers\";r=0;t=100"))
        .atHub()
        .once();
    Content content = Content.random(1, 1000);

    TransferResult result = transfer(oneConnection(), task(BIG, content));

    assertArrived(only(result), content);
    assertThat(time.pauses()).containsExactly(Duration.ofSeconds(101));
  }

  @Test
  void aWaitThatIsTooLongIsLeftToTheCaller() {
    hub.mood(Mood.Refuse.with(429, HubHeaders.RETRY_AFTER, "3600"));

    TransferResult result = transfer(oneConnection(), task(BIG, Content.random(1, 1000)));

    assertThat(((TransferFailure.AtHub) failure(only(result))).failure().retryAfter())
        .contains(Duration.ofHours(1));
    assertThat(time.pauses()).isEmpty();
  }

  @Test
  void aConnectionThatOnlyTricklesIsGivenUp() {
    stallTimeout(Duration.ofMillis(300));
    hub.mood(new Mood.Slow(160 << 10)).atContentNetwork();
    TransferSettings demanding =
        new TransferSettings(
            1,
            1,
            new io.modeldepot.downloader.pace.Backoff(
                Duration.ofSeconds(1), Duration.ofSeconds(1), 1),
            io.modeldepot.downloader.pace.Bandwidth.unlimited(),
            10L * MIB,
            Duration.ofMillis(10),
            time);

    TransferResult result = transfer(demanding, task(BIG, Content.random(1, 2L * MIB)));

    assertThat(((TransferFailure.AtHub) failure(only(result))).failure().detail())
        .contains("hardly any bytes");
  }

  @Test
  void addressesThatExpireOnTheWayAreAskedForAgain() {
    Content content = Content.random(1, 3L * BLOCK);
    FileTask task = task(BIG, content);

    TransferResult result =
        engine(oneConnection())
            .transfer(
                List.of(task),
                (file, block, crc) -> hub.expireAddresses(),
                ProgressListener.none(),
                cancel);

    assertArrived(only(result), content);
    assertThat(hub.bytesServed()).isEqualTo(3L * BLOCK);
  }

  @Test
  void aRedirectToWhereNothingIsIsTriedLater() {
    hub.mood(new Mood.Redirect(java.net.URI.create("http://127.0.0.1:1/"))).onPath("/resolve/");

    TransferResult result = transfer(oneConnection(), task(BIG, Content.random(1, 1000)));

    assertThat(((TransferFailure.AtHub) failure(only(result))).failure())
        .isInstanceOf(HubFailure.Unavailable.class);
  }
}
