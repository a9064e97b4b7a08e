package io.modeldepot.simulation.service;

import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.kit.state.Following;
import io.modeldepot.kit.state.StateListener;
import io.modeldepot.kit.state.StateRecord;
import io.modeldepot.kit.state.StateSource;
import io.modeldepot.simulation.broker.Broker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * State topics as one process hears them: each from its beginning, late, some again. A reader has
 * caught up when it is told so, which is after it heard what was there when it began, and perhaps
 * some more.
 */
final class Topics implements StateSource {
  private final World world;
  private final List<Reader<?>> readers = new ArrayList<>();

  Topics(World world) {
    this.world = world;
  }

  private static final class Reader<T> implements Following {
    final TopicSpec topic;
    final Class<T> payload;
    final StateListener<T> listener;
    long goal;
    int life;
    long position;
    boolean caughtUp;

    Reader(TopicSpec topic, Class<T> payload, StateListener<T> listener, Broker broker) {
      this.topic = topic;
      this.payload = payload;
      this.listener = listener;
      this.goal = broker.end(topic);
      this.life = broker.life();
    }

    @Override
    public boolean isCaughtUp() {
      return caughtUp;
    }

    void hear(Broker.Entry entry) {
      listener.heard(
          new StateRecord<>(
              entry.key(),
              entry.value().map(payload::cast),
              0,
              entry.offset(),
              entry.at(),
              Optional.empty()));
    }
  }

  @Override
  public <T> Following read(TopicSpec topic, Class<T> payload, StateListener<T> listener) {
    Reader<T> reader = new Reader<>(topic, payload, listener, world.broker());
    readers.add(reader);
    return reader;
  }

  /** One look at the broker: every reader hears some records, or none. */
  void poll() {
    Broker broker = world.broker();
    if (broker.isAway()) {
      return;
    }
    for (Reader<?> reader : readers) {
      if (reader.life != broker.life()) {
        reader.life = broker.life();
        reader.position = 0;
        reader.goal = 0;
      }
      if (!reader.caughtUp && reader.position >= reader.goal) {
        reader.caughtUp = true;
        world.trace("caught up", reader.topic.name() + " at " + reader.position);
      }
      if (world.mischief() && world.chance().percent(2)) {
        // A connection was given up; the next one begins at the beginning.
        reader.position = 0;
      }
      int some = world.mischief() ? world.chance().below(8) : Integer.MAX_VALUE;
      for (int heard = 0; heard < some; heard++) {
        Optional<Broker.Entry> next = broker.from(reader.topic, reader.position);
        if (next.isEmpty()) {
          reader.position = Math.max(reader.position, broker.end(reader.topic));
          break;
        }
        reader.position = next.get().offset() + 1;
        reader.hear(next.get());
      }
    }
  }
}
