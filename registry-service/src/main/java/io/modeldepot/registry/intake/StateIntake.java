package io.modeldepot.registry.intake;

import io.modeldepot.events.state.DownloadProgressed;
import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.state.MaintenanceProgressed;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.state.ModelPlaced;
import io.modeldepot.events.state.ModelUsed;
import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.ServiceReported;
import io.modeldepot.events.state.SiteDescribed;
import io.modeldepot.events.state.StorageReported;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.kit.state.StateListener;
import io.modeldepot.kit.state.StateRecord;
import io.modeldepot.kit.state.StateTable;
import io.modeldepot.kit.state.StateTopicReader;
import io.modeldepot.registry.capacity.Storages;
import io.modeldepot.registry.catalog.Reconciliation;
import io.modeldepot.registry.downloads.Outcomes;
import io.modeldepot.registry.maintenance.MaintenanceRequests;
import io.modeldepot.registry.notify.Newsroom;
import io.modeldepot.registry.site.Services;
import io.modeldepot.registry.site.SiteReconciliation;
import io.modeldepot.registry.use.Uses;
import io.modeldepot.registry.versions.TakenAlready;
import io.modeldepot.registry.versions.Versions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * The state topics, each read in full by every instance. Once the topics of the registry's own, the
 * catalog's entries and the site's settings, are read to their ends, both are compared with the
 * database and the outbox opens.
 */
@ApplicationScoped
public class StateIntake {
  private static final Logger LOG = Logger.getLogger(StateIntake.class);
  private static final int AFTER_SEED = 1000;

  private final KafkaConnection broker;
  private final Projection projection;
  private final Versions versions;
  private final TakenAlready taken;
  private final Outcomes outcomes;
  private final MaintenanceRequests maintenance;
  private final Storages storages;
  private final Uses uses;
  private final Services services;
  private final Reconciliation reconciliation;
  private final SiteReconciliation siteReconciliation;
  private final Newsroom newsroom;
  private final AtStart atStart;
  private volatile Runnable compare = () -> {};
  private final List<StateTopicReader<?>> readers = new ArrayList<>();

  StateIntake(
      KafkaConnection broker,
      Projection projection,
      Versions versions,
      TakenAlready taken,
      Outcomes outcomes,
      MaintenanceRequests maintenance,
      Storages storages,
      Uses uses,
      Services services,
      Reconciliation reconciliation,
      SiteReconciliation siteReconciliation,
      Newsroom newsroom,
      AtStart atStart) {
    this.broker = broker;
    this.projection = projection;
    this.versions = versions;
    this.taken = taken;
    this.outcomes = outcomes;
    this.maintenance = maintenance;
    this.storages = storages;
    this.uses = uses;
    this.services = services;
    this.reconciliation = reconciliation;
    this.siteReconciliation = siteReconciliation;
    this.newsroom = newsroom;
    this.atStart = atStart;
  }

  void start(@Observes @Priority(AFTER_SEED) StartupEvent started) {
    taken.learn();
    StateTable<ModelDescribed> described = StateTable.byGeneration(ModelDescribed::generation);
    StateTopicReader<ModelDescribed> catalog =
        read(Topics.MODEL_DESCRIBED, ModelDescribed.class, record -> heard(described, record));
    StateTable<SiteDescribed> wished = StateTable.byGeneration(SiteDescribed::generation);
    StateTopicReader<SiteDescribed> site =
        read(Topics.SITE_DESCRIBED, SiteDescribed.class, record -> wished(wished, record));
    read(Topics.MODEL_VERIFIED, ModelVerified.class, this::verified);
    StateTopicReader<DownloadProgressed> downloads =
        read(Topics.DOWNLOAD_PROGRESSED, DownloadProgressed.class, this::progressed);
    StateTopicReader<MaintenanceProgressed> work =
        read(Topics.MAINTENANCE_PROGRESSED, MaintenanceProgressed.class, this::maintained);
    read(Topics.MODEL_PLACED, ModelPlaced.class, this::placed);
    read(Topics.STORAGE_REPORTED, StorageReported.class, this::stored);
    read(Topics.MODEL_USED, ModelUsed.class, this::used);
    read(Topics.SERVICE_REPORTED, ServiceReported.class, services::heard);
    CompletableFuture.allOf(
            catalog.caughtUp().toCompletableFuture(), site.caughtUp().toCompletableFuture())
        .thenRunAsync(() -> atStart.reconcile(described, wished), Thread::startVirtualThread);
    CompletableFuture.allOf(
            downloads.caughtUp().toCompletableFuture(), work.caughtUp().toCompletableFuture())
        .thenRunAsync(atStart::askAgain, Thread::startVirtualThread);
    compare = () -> atStart.reconcile(described, wished);
  }

  /** Makes the topics say again what the catalog and the settings say: they were put back. */
  public void compareAgain() {
    taken.learn();
    compare.run();
  }

  void stop(@Observes ShutdownEvent stopped) {
    readers.parallelStream().forEach(StateTopicReader::close);
  }

  /** Whether every state topic was read to the end that it had at start. */
  public boolean caughtUp() {
    return readers.stream().allMatch(StateTopicReader::isCaughtUp);
  }

  /** The topics that are still being read for the first time. */
  public List<String> behind() {
    return readers.stream()
        .filter(Predicate.not(StateTopicReader::isCaughtUp))
        .map(reader -> reader.topic().name())
        .toList();
  }

  /** Who reads them. */
  List<StateTopicReader<?>> readers() {
    return List.copyOf(readers);
  }

  private <T> StateTopicReader<T> read(
      TopicSpec topic, Class<T> payload, StateListener<T> listener) {
    StateTopicReader<T> reader = StateTopicReader.start(broker, topic, payload, listener);
    readers.add(reader);
    projection.countSkipped(reader);
    return reader;
  }

  private void heard(StateTable<ModelDescribed> described, StateRecord<ModelDescribed> record) {
    if (record.value().isEmpty()) {
      described.heard(record);
      return;
    }
    apply(
        Topics.MODEL_DESCRIBED,
        record,
        () -> {
          reconciliation.heard(record.key(), record.value().get());
          described.heard(record);
          return false;
        });
  }

  private void wished(StateTable<SiteDescribed> wished, StateRecord<SiteDescribed> record) {
    if (record.value().isEmpty()) {
      wished.heard(record);
      return;
    }
    apply(
        Topics.SITE_DESCRIBED,
        record,
        () -> {
          siteReconciliation.heard(record.key(), record.value().get());
          wished.heard(record);
          return false;
        });
  }

  private void verified(StateRecord<ModelVerified> record) {
    if (record.value().isPresent() && !taken.isNews(record.value().get())) {
      return;
    }
    boolean applied =
        projection.isApplied(
            place(Topics.MODEL_VERIFIED, record),
            record.timestamp(),
            () -> record.value().map(versions::take).orElseGet(() -> forgetVersion(record.key())));
    if (applied) {
      record.value().ifPresent(taken::taken);
    }
  }

  private boolean forgetVersion(String key) {
    String[] parts = key.split("/", -1);
    if (parts.length != 3) {
      return false;
    }
    LocationName location = LocationName.of(parts[0]);
    ModelName model = ModelName.of(parts[1]);
    taken.forgotten(location, model);
    return versions.forget(location, model, CommitId.of(parts[2]));
  }

  private void progressed(StateRecord<DownloadProgressed> record) {
    record
        .value()
        .ifPresent(said -> apply(Topics.DOWNLOAD_PROGRESSED, record, () -> progressed(said)));
  }

  private boolean progressed(DownloadProgressed said) {
    boolean changed = outcomes.take(said);
    if (changed && said.state() == DownloadState.PLANNED) {
      newsroom.looked(said.model(), said.updatedAt());
    }
    return changed;
  }

  private void maintained(StateRecord<MaintenanceProgressed> record) {
    record
        .value()
        .ifPresent(said -> apply(Topics.MAINTENANCE_PROGRESSED, record, () -> maintained(said)));
  }

  private boolean maintained(MaintenanceProgressed said) {
    boolean changed = maintenance.take(said);
    if (changed) {
      newsroom.ended(said);
    }
    return changed;
  }

  /** Placement itself shows where models run; here only what it could not place is news. */
  private void placed(StateRecord<ModelPlaced> record) {
    apply(
        Topics.MODEL_PLACED,
        record,
        () -> {
          newsroom.placed(record.key(), record.value());
          return false;
        });
  }

  private void stored(StateRecord<StorageReported> record) {
    apply(
        Topics.STORAGE_REPORTED,
        record,
        () ->
            record
                .value()
                .map(this::stored)
                .orElseGet(() -> storages.forget(LocationName.of(record.key()))));
  }

  private void used(StateRecord<ModelUsed> record) {
    record.value().ifPresent(said -> apply(Topics.MODEL_USED, record, () -> uses.take(said)));
  }

  private boolean stored(StorageReported report) {
    boolean changed = storages.take(report);
    if (changed) {
      newsroom.stored(report);
    }
    return changed;
  }

  private void apply(TopicSpec topic, StateRecord<?> record, BooleanSupplier work) {
    projection.applyOrSkip(place(topic, record), record.timestamp(), work);
  }

  private static Projection.Place place(TopicSpec topic, StateRecord<?> record) {
    return Projection.Place.of(topic.name(), record.partition(), record.offset());
  }
}
