package io.modeldepot.registry.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.registry.cache.Suspicion;
import jakarta.enterprise.inject.Vetoed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class EventLogTest {
  private static final TopicPartition BUSY = new TopicPartition("download-progressed", 0);
  private static final int MORE_THAN_IS_KEPT = 2500;

  /** A log whose broker has every record, and whose topic goes on while somebody catches up. */
  @Vetoed
  private static final class GoingOn extends EventLog {
    private long next;
    private int rounds;

    GoingOn() {
      super(KafkaConnection.to("127.0.0.1:1"), new Suspicion());
      goOn();
    }

    private void goOn() {
      for (int i = 0; i < MORE_THAN_IS_KEPT; i++) {
        add(event(next++));
      }
    }

    @Override
    <E extends Exception> void between(
        List<TopicPartition> partitions,
        Vector from,
        Vector to,
        BooleanSupplier goesOn,
        Hand<E> each)
        throws E {
      for (long offset = from.at(BUSY); offset < to.at(BUSY); offset++) {
        each.take(event(offset));
      }
      if (++rounds < 4) {
        goOn();
      }
    }
  }

  @Test
  void whatIsDroppedWhileSomebodyCatchesUpIsNotMissed() throws Exception {
    GoingOn log = new GoingOn();
    List<Long> seen = new ArrayList<>();

    OptionalLong next =
        log.catchUp(
            new Vector(Map.of()),
            log.state(Duration.ZERO),
            partition -> true,
            () -> true,
            event -> seen.add(event.offset()));

    assertThat(seen).containsExactlyElementsOf(LongStream.range(0, log.next).boxed().toList());
    assertThat(next).hasValue(log.next);
  }

  @Test
  void whoFollowsATopicThatWasMadeAgainHasToComeBack() throws Exception {
    EventLog log = new EventLog(KafkaConnection.to("127.0.0.1:1"), new Suspicion());
    log.add(event(7));
    EventLog.State before = log.state(Duration.ZERO);

    log.add(event(0));

    assertThat(log.after(before.number())).isNull();
    assertThat(log.catchUp(before.to(), before, partition -> true, () -> true, event -> {}))
        .isEmpty();
    assertThat(log.kept().events())
        .extracting(placed -> placed.event().offset())
        .containsExactly(0L);
    assertThat(log.state(Duration.ZERO).to().at(BUSY)).isEqualTo(1);
  }

  @Test
  void whoHasAllIsHandedWhatComesUntilItLeaves() {
    EventLog log = new EventLog(KafkaConnection.to("127.0.0.1:1"), new Suspicion());
    log.add(event(0));
    Heard follower = new Heard();

    assertThat(log.join(0, follower)).as("there is one more for it to take").isFalse();
    assertThat(log.join(1, follower)).isTrue();
    log.add(event(1));
    log.add(event(2));
    log.leave(follower);
    log.add(event(3));

    assertThat(follower.offsets).containsExactly(1L, 2L);
    assertThat(follower.next).isEqualTo(3);
    assertThat(follower.over).isFalse();
    assertThat(log.after(3)).returns(4L, EventLog.Part::next);
  }

  @Test
  void whoIsHandedWhatComesIsToldThatATopicWasMadeAgain() {
    EventLog log = new EventLog(KafkaConnection.to("127.0.0.1:1"), new Suspicion());
    log.add(event(7));
    Heard follower = new Heard();
    assertThat(log.join(1, follower)).isTrue();

    log.add(event(0));
    log.add(event(1));

    assertThat(follower.over).isTrue();
    assertThat(follower.offsets).isEmpty();
  }

  private static final class Heard implements EventLog.Follower {
    private final List<Long> offsets = new ArrayList<>();
    private long next;
    private boolean over;

    @Override
    public void heard(Placed placed, long afterIt) {
      offsets.add(placed.event().offset());
      next = afterIt;
    }

    @Override
    public void over() {
      over = true;
    }
  }

  private static LiveEvent event(long offset) {
    return new LiveEvent(BUSY, offset, "{}", Optional.empty(), Set.of());
  }
}
