package io.modeldepot.simulation.service;

import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.kit.announce.Acknowledged;
import io.modeldepot.simulation.broker.Broker;
import io.modeldepot.simulation.time.Process;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * What one process says to the broker: in the order in which it says it, each once, and given up
 * after a while. What was given up, or was under way when the process was killed, may arrive later
 * all the same; nobody knows.
 */
final class Producer {
  private static final Duration GIVEN_UP_AFTER = Duration.ofSeconds(20);

  private final World world;
  private final Process process;
  private final Deque<Said> queue = new ArrayDeque<>();
  private boolean sending;

  Producer(World world, Process process) {
    this.world = world;
    this.process = process;
  }

  /** A record on its way; whoever asks for the answer waits in the time of the world. */
  private final class Said extends CompletableFuture<Acknowledged> {
    final TopicSpec topic;
    final String key;
    final Optional<Object> value;
    final long saidAt = world.timeline().nanos();

    Said(TopicSpec topic, String key, Optional<Object> value) {
      this.topic = topic;
      this.key = key;
      this.value = value;
    }

    @Override
    public Acknowledged get() throws ExecutionException, InterruptedException {
      world.timeline().step(process);
      while (!isDone()) {
        world.timeline().pause(process, Duration.ofMillis(50));
        if (world.timeline().nanos() - saidAt > GIVEN_UP_AFTER.toNanos()) {
          boolean unused =
              completeExceptionally(new IllegalStateException("The broker does not answer."));
        }
      }
      return super.get();
    }
  }

  CompletableFuture<Acknowledged> send(TopicSpec topic, String key, Optional<Object> value) {
    // Nobody else has a turn here: callers may hold a lock, as no call waits for the broker.
    process.requireAlive();
    Said said = new Said(topic, key, value);
    queue.addLast(said);
    flush();
    if (!queue.isEmpty() && !sending) {
      sending = true;
      world.outside(this::keepSending);
    }
    return said;
  }

  /** Goes on when the process is dead: what it had said may still arrive. */
  private void keepSending() {
    while (!queue.isEmpty()) {
      world.timeline().pause(world.outside(), world.soon(2_000));
      if (process.isDead() && world.chance().percent(50)) {
        queue.clear();
      }
      flush();
    }
    sending = false;
  }

  private void flush() {
    while (!queue.isEmpty() && !world.broker().isAway()) {
      if (world.mischief() && world.chance().percent(3)) {
        return;
      }
      Said said = queue.removeFirst();
      Broker.Entry entry = world.broker().append(said.topic, said.key, said.value);
      boolean answerIsLost = world.mischief() && world.chance().percent(2);
      if (!answerIsLost) {
        boolean unused = said.complete(new Acknowledged(said.topic.name(), 0, entry.offset()));
      }
    }
  }
}
