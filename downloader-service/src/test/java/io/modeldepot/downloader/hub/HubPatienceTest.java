package io.modeldepot.downloader.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.testkit.hub.Mood;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where a stall is the point, a short patience ends it; nothing is asserted about its length. */
@Timeout(60)
class HubPatienceTest extends AtTheHub {
  private static final Duration SHORT = Duration.ofMillis(300);

  @Test
  void aBodyThatStallsIsGivenUp() {
    hub.mood(new Mood.Stall(500)).atContentNetwork();

    HubFailure failure = failure(read(weightsBy(impatient())));

    assertThat(failure).isInstanceOf(HubFailure.Unavailable.class);
    assertThat(failure.detail()).contains("no byte");
  }

  @Test
  void aHubThatTakesTheQuestionAndSaysNothingIsGivenUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      HubClient client =
          client(
              HubSettings.of(
                      List.of(Endpoint.of("http://127.0.0.1:" + silent.getLocalPort())),
                      Optional.empty())
                  .withTimeouts(SHORT, SHORT));

      assertThat(failure(client.revision(TINY, "main", cancel)))
          .isInstanceOf(HubFailure.Unavailable.class);
    }
  }

  @Test
  void cancellingEndsAReadThatStalls() throws Exception {
    hub.mood(new Mood.Stall(500)).atContentNetwork();
    RemoteFile file = weightsBy(client(settings(hub).withTimeouts(patient(), patient())));
    CountDownLatch began = new CountDownLatch(1);
    FutureTask<HubResult<byte[]>> reading =
        new FutureTask<>(
            () -> {
              began.countDown();
              return read(file);
            });
    Thread thread = Thread.ofVirtual().start(reading);
    began.await();
    while (hub.bytesServed() == 0) {
      Thread.onSpinWait();
    }

    cancel.cancel();

    assertThat(failure(reading.get(1, TimeUnit.MINUTES))).isInstanceOf(HubFailure.Cancelled.class);
    thread.join();
  }

  private HubClient impatient() {
    return client(settings(hub).withTimeouts(SHORT, SHORT));
  }

  private static Duration patient() {
    return Duration.ofMinutes(10);
  }
}
