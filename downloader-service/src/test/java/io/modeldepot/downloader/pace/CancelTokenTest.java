package io.modeldepot.downloader.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CancelTokenTest {
  private final CancelToken token = new CancelToken();
  private final List<String> heard = new ArrayList<>();

  @Test
  void cancellingIsFinal() {
    token.cancel();
    token.cancel();

    assertThat(token.isCancelled()).isTrue();
  }

  @Test
  void whatWasRegisteredRunsOnceInItsOrder() {
    CancelToken.Registration first = token.onCancel(() -> heard.add("first"));
    CancelToken.Registration second = token.onCancel(() -> heard.add("second"));

    token.cancel();
    token.cancel();

    assertThat(heard).containsExactly("first", "second");
    first.close();
    second.close();
  }

  @Test
  void whatIsRegisteredTooLateRunsAtOnce() {
    token.cancel();

    CancelToken.Registration unused = token.onCancel(() -> heard.add("late"));

    assertThat(heard).containsExactly("late");
  }

  @Test
  void whatIsNoLongerWantedDoesNotRun() {
    token.onCancel(() -> heard.add("unwanted")).close();

    token.cancel();

    assertThat(heard).isEmpty();
  }

  @Test
  void aChildEndsWithItsParent() {
    CancelToken child = token.child();

    token.cancel();

    assertThat(child.isCancelled()).isTrue();
  }

  @Test
  void aChildOfACancelledParentIsCancelled() {
    token.cancel();

    assertThat(token.child().isCancelled()).isTrue();
  }

  @Test
  void aParentOutlivesItsChild() {
    token.child().cancel();

    assertThat(token.isCancelled()).isFalse();
  }

  @Test
  void whoWaitsIsWokenByCancelling() throws Exception {
    FutureTask<Boolean> waiting =
        new FutureTask<>(() -> Timekeeper.system().pause(Duration.ofHours(1), token));
    Thread thread = Thread.ofVirtual().start(waiting);

    token.cancel();

    assertThat(waiting.get()).isFalse();
    thread.join();
  }

  @Test
  void whoWaitsIsWokenByAnInterruptAndKeepsIt() throws Exception {
    FutureTask<List<Boolean>> waiting =
        new FutureTask<>(
            () -> {
              boolean passed = Timekeeper.system().pause(Duration.ofHours(1), token);
              return List.of(passed, Thread.currentThread().isInterrupted());
            });
    Thread thread = Thread.ofPlatform().start(waiting);

    thread.interrupt();

    assertThat(waiting.get()).containsExactly(false, true);
    thread.join();
  }

  @Test
  void timePasses() {
    assertThat(Timekeeper.system().pause(Duration.ofMillis(1), token)).isTrue();
  }
}
