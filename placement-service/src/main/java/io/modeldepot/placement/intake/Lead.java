package io.modeldepot.placement.intake;

import io.modeldepot.events.command.PlacementAction;
import io.modeldepot.events.command.PlacementDue;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.events.wire.UnreadablePayload.Reason;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.kit.intake.CommandEnvelope;
import io.modeldepot.kit.intake.CommandReader;
import io.modeldepot.kit.intake.DeadLetters;
import io.modeldepot.kit.intake.Incoming.Readable;
import io.modeldepot.kit.intake.Incoming.Refused;
import io.modeldepot.kit.measure.EventAges;
import io.modeldepot.kit.trace.Tracing;
import io.modeldepot.placement.announce.Decisions;
import io.modeldepot.placement.announce.Lessons;
import io.modeldepot.placement.announce.Occasion;
import io.modeldepot.placement.announce.Offering;
import io.modeldepot.placement.announce.PlanPublisher.Fenced;
import io.modeldepot.placement.site.Proposals;
import io.modeldepot.placement.site.Site;
import io.modeldepot.placement.whatif.Planner;
import io.modeldepot.placement.whatif.Proposal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Leads while it owns the partition; follows otherwise. Its own thread does everything. */
public final class Lead implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Lead.class);
  private static final String GROUP = "placement";
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);
  private static final long MOST_TIMES_LONGER = 60;
  private static final Duration TO_END = Duration.ofSeconds(10);

  private final KafkaConnection connection;
  private final ServiceIdentity identity;
  private final Site site;
  private final Planner planner;
  private final Decisions decisions;
  private final Offering offering;
  private final Lessons lessons;
  private final DeadLetters deadLetters;
  private final ApplyPolicy policy;
  private final EventAges ages;
  private final Tracing tracing;
  private final Clock clock;
  private final Debounce debounce;
  private final CommandReader<PlacementDue> reader =
      new CommandReader<>(Topics.PLACEMENT_DUE, PlacementDue.class);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("placement-lead").unstarted(this::run);
  private volatile boolean owner;
  private volatile @Nullable Force force;
  private Instant nextChange = Instant.MAX;
  private int faults;

  /** What it works with; see the types. */
  public Lead(
      KafkaConnection connection,
      ServiceIdentity identity,
      Site site,
      Planner planner,
      Decisions decisions,
      Offering offering,
      Lessons lessons,
      DeadLetters deadLetters,
      ApplyPolicy policy,
      Timing timing,
      EventAges ages,
      Tracing tracing,
      Clock clock) {
    this.connection = connection;
    this.identity = identity;
    this.site = site;
    this.planner = planner;
    this.decisions = decisions;
    this.offering = offering;
    this.lessons = lessons;
    this.deadLetters = deadLetters;
    this.policy = policy;
    this.ages = ages;
    this.tracing = tracing;
    this.clock = clock;
    this.debounce = new Debounce(timing);
  }

  /** Begins. */
  public void open() {
    thread.start();
  }

  /** Whether its plans are the ones in force. */
  public boolean leads() {
    return force != null;
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(TO_END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (closing.getCount() > 0) {
      try (KafkaConsumer<byte[], byte[]> consumer =
          new KafkaConsumer<>(
              settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
        consumer.subscribe(List.of(Topics.PLACEMENT_DUE.name()), new Ownership());
        while (closing.getCount() > 0) {
          round(consumer);
        }
      } catch (Fenced e) {
        faults = 0;
        LOG.info("Another one leads now; what was planned here is refused.");
      } catch (KafkaException | ExecutionException e) {
        faults = 0;
        LOG.warnf("Leading begins again: %s", e.getMessage());
      } catch (RuntimeException e) {
        faults++;
        LOG.errorf(
            e, "A fault of ours; what is in force stays in force. Again in %s.", beforeNextTry());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } finally {
        stepDown();
        owner = false;
      }
      pause();
    }
  }

  /** Longer after each fault of ours in a row: the same fault would only fill the log. */
  private Duration beforeNextTry() {
    return faults <= 1
        ? BEFORE_NEXT_TRY
        : BEFORE_NEXT_TRY.multipliedBy(Math.min(MOST_TIMES_LONGER, 1L << Math.min(faults - 1, 10)));
  }

  /** Who leads goes on leading when another one comes. */
  private Map<String, Object> settings() {
    Map<String, Object> settings = connection.forReadingAs(GROUP);
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    return settings;
  }

  private void round(KafkaConsumer<byte[], byte[]> consumer)
      throws Fenced, InterruptedException, ExecutionException {
    var records = consumer.poll(POLL);
    if (!owner || !site.topics().isComplete()) {
      if (!records.isEmpty()) {
        rewind(consumer, records.partitions());
      }
      return;
    }
    Force mine = force;
    if (mine == null) {
      mine = Force.take(connection, identity, decisions, tracing);
      force = mine;
      plan(mine);
    }
    for (ConsumerRecord<byte[], byte[]> record : records) {
      handle(record, mine);
      ages.handled(record.topic(), Instant.ofEpochMilli(record.timestamp()), clock.instant());
    }
    if (!records.isEmpty()) {
      consumer.commitSync();
    }
    Instant now = clock.instant();
    if (debounce.due(site.topics().changes(), now) || !now.isBefore(nextChange)) {
      plan(mine);
    }
  }

  /** Not yet: they come again. */
  private static void rewind(
      KafkaConsumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions) {
    var committed = consumer.committed(new java.util.HashSet<>(partitions));
    for (TopicPartition partition : partitions) {
      var offset = committed.get(partition);
      if (offset == null) {
        consumer.seekToBeginning(List.of(partition));
      } else {
        consumer.seek(partition, offset.offset());
      }
    }
  }

  private void handle(ConsumerRecord<byte[], byte[]> record, Force mine)
      throws Fenced, InterruptedException, ExecutionException {
    switch (reader.read(record)) {
      case Refused<PlacementDue> refused ->
          deadLetters.publish(record, refused.reason(), refused.detail()).get();
      case Readable<PlacementDue> readable -> {
        CommandEnvelope<PlacementDue> command = readable.command();
        if (command.expired(clock.instant())) {
          LOG.infof("Command %s is too old and is not executed", command.id());
        } else if (command.payload().action().orElse(PlacementAction.REPLAN)
            == PlacementAction.APPLY) {
          Optional<String> fault = applied(command.payload(), mine);
          if (fault.isPresent()) {
            deadLetters.publish(record, Reason.INVALID, fault.get()).get();
          }
        } else {
          plan(mine);
        }
      }
    }
  }

  private Optional<String> applied(PlacementDue command, Force mine) throws Fenced {
    if (command.plan().isEmpty()) {
      return Optional.of("/plan: which plan is to be applied?");
    }
    long number = command.plan().get();
    Instant now = clock.instant();
    Site.View view = site.at(now, mine.announced().values());
    return switch (judged(number, view)) {
      case Applicable.No no -> Optional.of(no.why());
      case Applicable.Yes yes -> {
        mine.apply(
            yes.proposal(),
            view,
            Math.max(number, mine.lastNumber() + 1),
            new Occasion(now, now, site.topics().takeCauses()));
        yield Optional.empty();
      }
    };
  }

  /** A plan that meets a fault of ours is told and set aside: it would meet it for ever. */
  private Applicable judged(long number, Site.View view) {
    try {
      return Applicable.of(number, site.topics().proposals(), view.scenario());
    } catch (RuntimeException e) {
      LOG.errorf(e, "A fault of ours: plan %d is not applied.", number);
      return new Applicable.No("A fault of ours kept it from being judged: " + e);
    }
  }

  private void plan(Force mine) throws Fenced, ExecutionException, InterruptedException {
    Proposals proposals = site.topics().proposals();
    long changes = site.topics().changes();
    Map<ModelName, String> causes =
        policy == ApplyPolicy.AUTOMATIC ? site.topics().takeCauses() : Map.of();
    Instant now = clock.instant();
    Site.View view = site.at(now, mine.announced().values());
    lessons.tell(view.calibrations(), site.topics().learnt());
    Proposal proposal = policy.plan(planner, view.scenario());
    if (policy == ApplyPolicy.AUTOMATIC) {
      mine.apply(
          proposal,
          view,
          proposals.next(mine.lastNumber()),
          new Occasion(now, clock.instant(), causes));
    } else if (!proposal.differences().isEmpty()) {
      long number = offering.offer(proposal, proposals, mine.lastNumber());
      LOG.infof("Plan %d is proposed, with %d differences", number, proposal.differences().size());
    }
    faults = 0;
    debounce.planned(changes);
    nextChange = view.scenario().fleet().nextChange(now).orElse(Instant.MAX);
  }

  private void stepDown() {
    Force mine = force;
    force = null;
    if (mine != null) {
      mine.close();
      LOG.info("Leads no more.");
    }
  }

  private void pause() {
    try {
      closing.await(beforeNextTry().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Called on the thread that polls. */
  private final class Ownership implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      owner = owner || !partitions.isEmpty();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      if (!partitions.isEmpty()) {
        owner = false;
        stepDown();
      }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      onPartitionsRevoked(partitions);
    }
  }
}
