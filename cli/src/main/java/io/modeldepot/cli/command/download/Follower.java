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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The latest of some jobs. Events come from the registry's stream; whenever none came for a while,
 * and before the first, every job that has not ended is asked for, so that neither a lost event nor
 * a registry without a stream leaves anybody waiting. Older records never replace newer ones. A
 * registry that is away for a while is waited for; the jobs do not need it. Listening and asking
 * have threads of their own: a registry that hangs never keeps {@link #await} longer than it says.
 */
final class Follower implements Closeable {
  private static final Duration ASK_AFTER = Duration.ofMillis(1500);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration REOPEN_AFTER = Duration.ofSeconds(5);
  private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(2);
  private static final int ASKED_AT_ONCE = 8;
  private static final int EVENTS_KEPT = 10_000;
  private static final String TOPICS = "/events?topic=download-progressed";

  private final Registry registry;
  private final Map<String, Job> latest = new LinkedHashMap<>();
  private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
  private final Semaphore asked = new Semaphore(ASKED_AT_ONCE);
  private final Set<String> asking = new HashSet<>();
  private final Map<String, JsonNode> ends = new HashMap<>();
  private volatile boolean closed;
  private volatile Optional<EventStream> stream = Optional.empty();
  private long heardAt;
  private long answeredAt = System.nanoTime();

  /** What the other threads tell the one that follows. */
  private sealed interface News {}

  private record Event(JsonNode payload) implements News {}

  /**
   * @param question what was asked
   */
  private record Answered(Question question, JsonNode resource) implements News {}

  private record Unanswered(Question question, RuntimeException why) implements News {}

  /**
   * @param end whether the job's last record was known when it was asked
   */
  private record Question(String id, boolean end) {}

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
    News next = news.poll(most.toMillis(), TimeUnit.MILLISECONDS);
    while (next != null) {
      switch (next) {
        case Event event -> heard(event.payload());
        case Answered answer -> answered(answer.question(), answer.resource());
        case Unanswered none -> unanswered(none.question(), none.why());
      }
      next = news.poll();
    }
    if (System.nanoTime() - heardAt >= ASK_AFTER.toNanos()) {
      latest.values().stream().filter(job -> !job.ended()).map(Job::id).forEach(this::ask);
      heardAt = System.nanoTime();
    }
  }

  /**
   * A job's last record is kept until its resource was asked for, which says more: when it began,
   * what would help.
   */
  private void heard(JsonNode payload) {
    String id = payload.path("requestId").asText("");
    if (latest.containsKey(id)) {
      Job job = Job.of(payload);
      if (job.ended()) {
        ends.put(id, payload);
        ask(id);
      } else {
        take(id, job);
      }
    }
    for (JsonNode shared : payload.path("requestIds")) {
      if (!shared.asText().equals(id) && latest.containsKey(shared.asText())) {
        ask(shared.asText());
      }
    }
  }

  private void ask(String id) {
    if (asking.add(id)) {
      Question question = new Question(id, ends.containsKey(id));
      Thread.ofVirtual().name("ask " + id).start(() -> news.add(answer(question)));
    }
  }

  private News answer(Question question) {
    asked.acquireUninterruptibly();
    try {
      String id = question.id();
      String path = "/downloads/" + Registry.segment(id);
      return new Answered(question, registry.get("download " + id, path, PATIENCE));
    } catch (RuntimeException e) {
      return new Unanswered(question, e);
    } finally {
      asked.release();
    }
  }

  /** The resource may still be behind the job's last record. */
  private void answered(Question question, JsonNode resource) {
    String id = question.id();
    asking.remove(id);
    answeredAt = System.nanoTime();
    JsonNode end = ends.get(id);
    if (end == null || Job.of(resource).ended()) {
      take(id, Job.of(resource));
    } else if (question.end()) {
      ObjectNode both = resource.deepCopy();
      end.fields().forEachRemaining(f -> both.set(f.getKey(), f.getValue()));
      take(id, Job.of(both.put("id", id).put("final", true)));
    } else {
      ask(id);
    }
  }

  private void unanswered(Question question, RuntimeException why) {
    String id = question.id();
    asking.remove(id);
    JsonNode end = ends.get(id);
    if (end != null && question.end()) {
      take(id, Job.of(end));
    } else if (end != null) {
      ask(id);
    } else {
      boolean away = why instanceof Failure failure && failure.exit() == ExitCode.UNREACHABLE;
      if (!away || System.nanoTime() - answeredAt > GIVE_UP_AFTER.toNanos()) {
        throw why;
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

  /** What is dropped when nobody takes any is asked for later. */
  private void keep(JsonNode payload) {
    if (news.size() < EVENTS_KEPT) {
      news.add(new Event(payload));
    }
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
            keep(event.get().payload());
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
