package io.modeldepot.janitor.site;

import io.modeldepot.events.state.GpuReported;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.state.ModelPlaced;
import io.modeldepot.events.state.ModelUsed;
import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.SiteDescribed;
import io.modeldepot.events.state.StorageReported;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.state.StateRecord;
import io.modeldepot.kit.state.StateTable;
import io.modeldepot.kit.state.StateTopicReader;
import io.modeldepot.kit.state.StateTopics;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the state topics from their beginning and follows them until closed. Made for one job: what
 * it decides is decided on what this broker says now, not on what was heard before it was rebuilt.
 */
public final class SiteReader implements KnownSite, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration TO_REACH = Duration.ofSeconds(15);

  private final LocationName location;
  private final Clock clock;
  private final StateTable<ModelDescribed> wishes =
      StateTable.byGeneration(ModelDescribed::generation);
  private final StateTable<ModelPlaced> placements =
      StateTable.byGeneration(ModelPlaced::generation);
  private final StateTable<ModelUsed> uses = StateTable.byArrival();
  private final StateTable<GpuReported> hosts = StateTable.byArrival();
  private final StateTable<SiteDescribed> settings =
      StateTable.byGeneration(SiteDescribed::generation);
  private final CopyBook copies = new CopyBook();
  private final Map<ModelName, Long> generations = new ConcurrentHashMap<>();
  private final StateTopics topics;
  private final List<StateTopicReader<?>> readers;
  private final Admin admin;

  private SiteReader(KafkaConnection connection, LocationName location, Clock clock) {
    this.location = location;
    this.clock = clock;
    this.admin = Admin.create(connection.forAdmin());
    this.topics = new StateTopics(connection);
    this.readers =
        List.of(
            topics.read(Topics.MODEL_DESCRIBED, ModelDescribed.class, wishes),
            topics.read(Topics.MODEL_PLACED, ModelPlaced.class, placements),
            topics.read(Topics.MODEL_USED, ModelUsed.class, uses),
            topics.read(Topics.GPU_REPORTED, GpuReported.class, hosts),
            topics.read(Topics.SITE_DESCRIBED, SiteDescribed.class, settings),
            topics.read(Topics.MODEL_VERIFIED, ModelVerified.class, this::verified),
            topics.read(Topics.STORAGE_REPORTED, StorageReported.class, copies::reported));
    topics.start();
  }

  /**
   * Begins to read, and returns once everything was read that was there.
   *
   * @throws SiteUnknown if the broker is away, or not everything could be read
   */
  public static SiteReader open(KafkaConnection connection, LocationName location, Clock clock)
      throws SiteUnknown, InterruptedException {
    SiteReader reader = new SiteReader(connection, location, clock);
    boolean complete = false;
    try {
      for (StateTopicReader<?> one : reader.readers) {
        var unused = one.caughtUp().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
      complete = true;
      return reader;
    } catch (ExecutionException | TimeoutException e) {
      throw new SiteUnknown("The state topics cannot be read to their end.", e);
    } finally {
      if (!complete) {
        reader.close();
      }
    }
  }

  @Override
  public Site site() {
    Map<ModelName, ModelDescribed> byModel = new HashMap<>();
    wishes.all().values().forEach(it -> byModel.put(it.model(), it));
    Map<ModelName, ModelPlaced> placed = new HashMap<>();
    placements.all().values().forEach(it -> placed.put(it.model(), it));
    return new Site(
        location,
        byModel,
        placed,
        uses.all().values().stream().filter(it -> it.location().equals(location)).toList(),
        hosts.all().values().stream().filter(it -> it.location().equals(location)).toList(),
        settings.all(),
        copies.copies(
            readers.stream().allMatch(it -> decides(it) || it.skipped() == 0), elsewhere(byModel)),
        clock.instant());
  }

  private Set<ModelName> elsewhere(Map<ModelName, ModelDescribed> byModel) {
    return byModel.values().stream()
        .filter(it -> !it.locations().contains(location))
        .map(ModelDescribed::model)
        .collect(Collectors.toSet());
  }

  /** Whether a record that cannot be read might ask for something that is here. */
  private static boolean decides(StateTopicReader<?> reader) {
    return !reader.topic().equals(Topics.MODEL_VERIFIED)
        && !reader.topic().equals(Topics.STORAGE_REPORTED);
  }

  @Override
  public long generation(ModelName model) {
    return generations.getOrDefault(model, 0L);
  }

  /**
   * Asks the broker how far its topics go, and returns once all of it was heard: what anybody was
   * told before this call is then known.
   *
   * @throws SiteUnknown if the broker does not say, or something could not be read
   */
  @Override
  public void requireUpToDate() throws SiteUnknown, InterruptedException {
    for (StateTopicReader<?> reader : readers) {
      if (decides(reader) && reader.skipped() > 0) {
        throw new SiteUnknown(
            "A record of " + reader.topic().name() + " cannot be read: nobody knows what it asks.");
      }
    }
    Map<String, Map<Integer, Long>> ends = ends();
    long patience = System.nanoTime() + TO_REACH.toNanos();
    for (StateTopicReader<?> reader : readers) {
      while (!reader.hasReached(ends.getOrDefault(reader.topic().name(), Map.of()))) {
        if (System.nanoTime() > patience) {
          throw new SiteUnknown(reader.topic().name() + " cannot be read to its end.");
        }
        Thread.sleep(5);
      }
    }
  }

  /**
   * Names the broker and the topics that decide: another name is another memory.
   *
   * @throws SiteUnknown if the broker does not say
   */
  public String topics() throws SiteUnknown, InterruptedException {
    // Not storage-reported: what is removed for want of a wish does not depend on it.
    List<String> names =
        readers.stream()
            .map(it -> it.topic().name())
            .filter(name -> !name.equals(Topics.STORAGE_REPORTED.name()))
            .sorted()
            .toList();
    try {
      StringBuilder said =
          new StringBuilder(
              admin.describeCluster().clusterId().get(TO_REACH.toSeconds(), TimeUnit.SECONDS));
      Map<String, TopicDescription> described =
          admin.describeTopics(names).allTopicNames().get(TO_REACH.toSeconds(), TimeUnit.SECONDS);
      for (String name : names) {
        said.append(' ').append(name).append('=');
        said.append(Optional.ofNullable(described.get(name)).map(TopicDescription::topicId));
      }
      return said.toString();
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw new SiteUnknown("The broker does not answer.", e);
    }
  }

  private Map<String, Map<Integer, Long>> ends() throws SiteUnknown, InterruptedException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (StateTopicReader<?> reader : readers) {
      for (int partition = 0; partition < reader.topic().partitions(); partition++) {
        asked.put(new TopicPartition(reader.topic().name(), partition), OffsetSpec.latest());
      }
    }
    Map<String, Map<Integer, Long>> ends = new HashMap<>();
    try {
      admin
          .listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
          .all()
          .get(TO_REACH.toSeconds(), TimeUnit.SECONDS)
          .forEach(
              (partition, end) ->
                  ends.computeIfAbsent(partition.topic(), topic -> new HashMap<>())
                      .put(partition.partition(), end.offset()));
      return ends;
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw new SiteUnknown("The broker does not answer.", e);
    }
  }

  private void verified(StateRecord<ModelVerified> what) {
    copies.verified(what);
    what.value()
        .filter(it -> it.location().equals(location))
        .ifPresent(it -> generations.merge(it.model(), it.generation(), Math::max));
  }

  @Override
  public void close() {
    topics.close();
    admin.close(Duration.ofSeconds(1));
  }
}
