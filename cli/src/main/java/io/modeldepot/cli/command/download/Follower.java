package io.modeldepot.cli.command.download;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.client.EventStream;
import io.modeldepot.cli.client.Registry;
import io.modeldepot.cli.client.ServerEvent;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.progress.Job;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The latest of some jobs. Events come from the registry's stream; whenever none came for a while,
 * and before the first, every job that has not ended is asked for, so that neither a lost event nor
 * a registry without a stream leaves anybody waiting. Older records never replace newer ones. A
 * registry that is away for a while is waited for; the jobs do not need it.
 */
final class Follower implements Closeable {
  private static final Duration ASK_AFTER = Duration.ofMillis(1500);
  private static final Duration REOPEN_AFTER = Duration.ofSeconds(5);
  private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(2);
  private static final String TOPICS = "/events?topic=download-progressed";

  private final Registry registry;
  private final Map<String, Job> latest = new LinkedHashMap<>();
  private final BlockingQueue<JsonNode> news = new LinkedBlockingQueue<>(10_000);
  private volatile boolean closed;
  private volatile Optional<EventStream> stream = Optional.empty();
  private long heardAt;
  private long answeredAt = System.nanoTime();

  /**
   * @param jobs as the registry answered when they were made
   */
  Follower(Registry registry, List<Job> jobs) {
    this.registry = registry;
    jobs.forEach(job -> latest.put(job.id(), job));
    this.heardAt = System.nanoTime() - ASK_AFTER.toNanos();
    Thread.ofVirtual().name("events").start(this::listen);
  }

  List<Job> jobs() {
    return List.copyOf(latest.values());
  }

  boolean allEnded() {
    return latest.values().stream().allMatch(Job::ended);
  }

  /**
   * Waits for news, at most this long, and takes in all there is.
   *
   * @throws Failure when the registry has been away for two minutes
   */
  void await(Duration most) throws InterruptedException {
    JsonNode payload = news.poll(most.toMillis(), TimeUnit.MILLISECONDS);
    while (payload != null) {
      heard(payload);
      payload = news.poll();
    }
    if (System.nanoTime() - heardAt >= ASK_AFTER.toNanos()) {
      ask();
      heardAt = System.nanoTime();
    }
  }

  private void heard(JsonNode payload) {
    String id = payload.path("requestId").asText("");
    if (latest.containsKey(id)) {
      Job job = Job.of(payload);
      take(id, job.ended() ? last(id, payload) : job);
    }
    for (JsonNode shared : payload.path("requestIds")) {
      if (!shared.asText().equals(id) && latest.containsKey(shared.asText())) {
        ask(shared.asText());
      }
    }
  }

  /**
   * The resource says more than a job's last record (when it began, what would help), but may still
   * be behind it.
   */
  private Job last(String id, JsonNode payload) {
    try {
      JsonNode resource = registry.get("download " + id, resource(id));
      if (Job.of(resource).ended()) {
        return Job.of(resource);
      }
      ObjectNode both = resource.deepCopy();
      payload.fields().forEachRemaining(f -> both.set(f.getKey(), f.getValue()));
      return Job.of(both.put("id", id).put("final", true));
    } catch (Failure e) {
      return Job.of(payload);
    }
  }

  private static String resource(String id) {
    return "/downloads/" + Registry.segment(id);
  }

  private void ask() {
    latest.values().stream().filter(job -> !job.ended()).map(Job::id).toList().forEach(this::ask);
  }

  private void ask(String id) {
    try {
      take(id, Job.of(registry.get("download " + id, resource(id))));
      answeredAt = System.nanoTime();
    } catch (Failure e) {
      boolean away = e.exit() == ExitCode.UNREACHABLE;
      if (!away || System.nanoTime() - answeredAt > GIVE_UP_AFTER.toNanos()) {
        throw e;
      }
    }
  }

  /**
   * Records of one job may come by two ways; the one further along counts, and what has ended stays
   * ended.
   */
  private void take(String id, Job job) {
    Job before = latest.get(id);
    boolean older = before != null && job.sequence() < before.sequence() && !job.ended();
    if (before != null && (before.ended() || older)) {
      return;
    }
    if (job.ended()) {
      heardAt = System.nanoTime();
    }
    latest.put(id, job);
  }

  private void listen() {
    Optional<String> last = Optional.empty();
    while (!closed) {
      try (EventStream events = registry.listen(TOPICS, last)) {
        stream = Optional.of(events);
        Optional<ServerEvent> event = closed ? Optional.empty() : events.next();
        while (event.isPresent()) {
          last =
              Optional.of(event.get().id()).filter(id -> !id.isEmpty()).or(() -> Optional.empty());
          if (event.get().payload().isObject()) {
            news.offer(event.get().payload());
          }
          event = events.next();
        }
      } catch (IOException e) {
        // the jobs are asked for meanwhile
      }
      try {
        if (!closed) {
          Thread.sleep(REOPEN_AFTER);
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    stream.ifPresent(
        events ->
            Thread.ofVirtual()
                .start(
                    () -> {
                      try {
                        events.close();
                      } catch (IOException e) {
                        // it is being closed anyway
                      }
                    }));
  }
}
