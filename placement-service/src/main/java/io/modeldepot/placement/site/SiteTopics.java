package io.modeldepot.placement.site;

import io.modeldepot.events.state.CalibrationLearnt;
import io.modeldepot.events.state.EngineReported;
import io.modeldepot.events.state.GpuReported;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.state.ModelPlaced;
import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.PlanProposed;
import io.modeldepot.events.state.SiteDescribed;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.state.StateRecord;
import io.modeldepot.kit.state.StateTable;
import io.modeldepot.kit.state.StateTopics;
import io.modeldepot.placement.fleet.GpuWish;
import io.modeldepot.placement.fleet.HostReport;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The state topics, read in full and read on. Safe for threads. */
public final class SiteTopics implements AutoCloseable {
  private final Clock clock;
  private final Instant listeningSince;
  private final StateTable<ModelDescribed> catalog =
      StateTable.byGeneration(ModelDescribed::generation);
  private final StateTable<SiteDescribed> settings =
      StateTable.byGeneration(SiteDescribed::generation);
  private final StateTable<ModelPlaced> placed = StateTable.byGeneration(ModelPlaced::generation);
  private final Proposals proposals = new Proposals();
  private final StateTable<EngineReported> engines = StateTable.byArrival();
  private final StateTable<CalibrationLearnt> learnt = StateTable.byArrival();
  private final Map<ModelName, Map<String, ModelVerified>> versions = new ConcurrentHashMap<>();
  private final Map<String, HostReport> hosts = new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong();
  private final Map<ModelName, String> causes = new ConcurrentHashMap<>();
  private final StateTopics topics;

  /** Begins to read. */
  public SiteTopics(KafkaConnection connection, Clock clock) {
    this.clock = clock;
    this.listeningSince = clock.instant();
    this.topics = new StateTopics(connection);
    topics.read(Topics.MODEL_DESCRIBED, ModelDescribed.class, this::described);
    topics.read(Topics.MODEL_VERIFIED, ModelVerified.class, this::verified);
    topics.read(Topics.GPU_REPORTED, GpuReported.class, this::reported);
    topics.read(Topics.SITE_DESCRIBED, SiteDescribed.class, this::setting);
    topics.read(Topics.MODEL_PLACED, ModelPlaced.class, placed);
    topics.read(Topics.PLAN_PROPOSED, PlanProposed.class, proposals);
    topics.read(Topics.CALIBRATION_LEARNT, CalibrationLearnt.class, learnt);
    topics.read(Topics.ENGINE_REPORTED, EngineReported.class, engines);
    topics.start();
  }

  /** What was told of engines that were measured, by key. */
  public Map<String, CalibrationLearnt> learnt() {
    return learnt.all();
  }

  /** Whether everything was read that was there at the start; before that nobody decides. */
  public boolean isComplete() {
    return topics.areCaughtUp();
  }

  /** A number that rises with every record that may ask for another plan. */
  public long changes() {
    return changes.get();
  }

  /** Something that no topic tells asks for another plan. */
  public void changed() {
    changes.incrementAndGet();
  }

  /**
   * The traces of what changed about models since this was asked last, the newest for each: what is
   * decided about a model now follows from that.
   */
  public Map<ModelName, String> takeCauses() {
    Map<ModelName, String> taken = new HashMap<>();
    causes.forEach(
        (model, cause) -> {
          if (causes.remove(model, cause)) {
            taken.put(model, cause);
          }
        });
    return taken;
  }

  private void caused(ModelName model, StateRecord<?> by) {
    // What was there at the start is decided already, or long ago.
    if (isComplete()) {
      by.traceparent().ifPresent(cause -> causes.put(model, cause));
    }
  }

  Collection<ModelDescribed> catalog() {
    return catalog.all().values();
  }

  Optional<ModelDescribed> entry(ModelName model) {
    return Optional.ofNullable(catalog.all().get(model.value()));
  }

  Collection<ModelVerified> versions(ModelName model) {
    return List.copyOf(versions.getOrDefault(model, Map.of()).values());
  }

  Collection<HostReport> hosts() {
    return List.copyOf(hosts.values());
  }

  Collection<GpuWish> wishes() {
    return settings.all().values().stream().flatMap(it -> GpuWish.of(it).stream()).toList();
  }

  /** What was announced last, by model. */
  public Map<String, ModelPlaced> placed() {
    return placed.all();
  }

  /** The plans that wait to be applied. */
  public Proposals proposals() {
    return proposals;
  }

  /** What became of decisions at the inference servers, location by location. */
  public List<EngineReported> engines() {
    return engines.all().values().stream()
        .sorted(
            Comparator.comparing((EngineReported it) -> it.model())
                .thenComparing(it -> it.location().value()))
        .toList();
  }

  /** The same for one model. */
  public List<EngineReported> engines(ModelName model) {
    return engines().stream().filter(it -> it.model().equals(model)).toList();
  }

  @Override
  public void close() {
    topics.close();
  }

  private void described(StateRecord<ModelDescribed> what) {
    catalog.heard(what);
    what.value().ifPresent(entry -> caused(entry.model(), what));
    changes.incrementAndGet();
  }

  /** Memory is kept for models that are there; the newest generation of a version counts. */
  private void verified(StateRecord<ModelVerified> what) {
    String[] key = what.key().split("/", 3);
    if (key.length < 3 || !key[1].matches(ModelName.PATTERN)) {
      return;
    }
    Map<String, ModelVerified> ofModel =
        versions.computeIfAbsent(ModelName.of(key[1]), model -> new ConcurrentHashMap<>());
    what.value()
        .ifPresentOrElse(
            value ->
                ofModel.merge(
                    what.key(),
                    value,
                    (known, heard) -> heard.generation() >= known.generation() ? heard : known),
            () -> ofModel.remove(what.key()));
    caused(ModelName.of(key[1]), what);
    changes.incrementAndGet();
  }

  /** A report that only repeats what is known asks for no other plan. */
  private void reported(StateRecord<GpuReported> what) {
    Instant heardAt = isComplete() ? clock.instant() : what.timestamp();
    Optional<HostReport> known = Optional.ofNullable(hosts.get(what.key()));
    HostReport before =
        what.value().isPresent()
            ? hosts.put(
                what.key(), HostReport.of(what.value().get(), heardAt, listeningSince, known))
            : hosts.remove(what.key());
    boolean same =
        before != null
            && what.value().filter(before::saysTheSameAs).isPresent()
            && heardAt.isBefore(before.heardAt().plusSeconds(before.report().ttlSeconds()));
    if (!same) {
      changes.incrementAndGet();
    }
  }

  private void setting(StateRecord<SiteDescribed> what) {
    settings.heard(what);
    if (what.key().startsWith("gpu/")) {
      changes.incrementAndGet();
    }
  }
}
