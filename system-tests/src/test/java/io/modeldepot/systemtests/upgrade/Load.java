package io.modeldepot.systemtests.upgrade;

import io.modeldepot.systemtests.depot.RegistryClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** People who read and write all the while: each asks the next thing soon after the last answer. */
final class Load implements AutoCloseable {
  private static final Duration TO_END = Duration.ofSeconds(90);
  private static final Duration TO_THINK = Duration.ofMillis(50);
  private static final List<String> PATHS =
      List.of("/models", "/models/tiny", "/downloads?limit=5", "/storage", "/audit?limit=5");

  private final FollowingReadiness door;
  private final Queue<String> failed = new ConcurrentLinkedQueue<>();
  private final Queue<String> downloads = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answered = new AtomicInteger();
  private final ExecutorService people = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean open = true;

  Load(FollowingReadiness door) {
    this.door = door;
    people.execute(() -> again(this::read));
    people.execute(() -> again(this::read));
    people.execute(() -> again(this::change));
    people.execute(() -> again(this::download));
  }

  /** Requests that were answered as they should be. */
  int answered() {
    return answered.get();
  }

  /** What was not, and why. */
  List<String> failed() {
    return List.copyOf(failed);
  }

  /** The ids of the downloads that were accepted. */
  List<String> downloads() {
    return List.copyOf(downloads);
  }

  /** Asks for nothing more, and waits for what was asked. */
  @Override
  public void close() throws InterruptedException {
    open = false;
    people.shutdown();
    if (!people.awaitTermination(TO_END.toSeconds(), TimeUnit.SECONDS)) {
      failed.add("Somebody still waits for an answer.");
    }
  }

  private void again(Runnable one) {
    while (open) {
      try {
        one.run();
      } catch (RuntimeException e) {
        failed.add(String.valueOf(e));
      }
    }
  }

  private void read() {
    for (String path : PATHS) {
      expect(200, "GET " + path, () -> door.next().get(path));
    }
  }

  private void change() {
    int users = 1 + answered() % 100;
    expect(
        200,
        "PATCH /models/tiny",
        () ->
            door.next()
                .patchModel(
                    "tiny",
                    "{\"placement\":{\"users\":%d,\"contextTokens\":64}}".formatted(users)));
  }

  /** Follows it to its end, at whichever registry. */
  private void download() {
    RegistryClient.Answer accepted =
        expect(
            202, "POST /downloads", () -> door.next().post("/downloads", Map.of("model", "tiny")));
    if (accepted.status() != 202) {
      return;
    }
    String id = accepted.body().path("id").asText();
    downloads.add(id);
    long end = System.nanoTime() + TO_END.toNanos();
    while (System.nanoTime() < end) {
      RegistryClient.Answer now =
          expect(200, "GET /downloads/" + id, () -> door.next().get("/downloads/" + id));
      if (now.body().path("final").asBoolean()) {
        return;
      }
    }
    failed.add("The download " + id + " has not ended.");
  }

  private RegistryClient.Answer expect(
      int status, String what, Supplier<RegistryClient.Answer> request) {
    LockSupport.parkNanos(TO_THINK.toNanos());
    RegistryClient.Answer answer = request.get();
    if (answer.status() == status) {
      answered.incrementAndGet();
    } else {
      failed.add(what + " → " + answer);
    }
    return answer;
  }
}
