package io.modeldepot.registry.intake;

import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.state.SiteDescribed;
import io.modeldepot.events.topic.TopicSpec;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.state.StateTable;
import io.modeldepot.registry.catalog.Reconciliation;
import io.modeldepot.registry.downloads.Requests;
import io.modeldepot.registry.maintenance.MaintenanceRequests;
import io.modeldepot.registry.outbox.Relay;
import io.modeldepot.registry.site.SiteReconciliation;
import io.modeldepot.registry.tokens.Tokens;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * What this registry itself announces, compared with what its topics say, once at every start; then
 * the outbox opens. One name after the other: one that cannot be compared does not keep the others
 * back.
 */
@ApplicationScoped
class AtStart {
  private static final Logger LOG = Logger.getLogger(AtStart.class);

  private final Projection projection;
  private final Reconciliation catalog;
  private final SiteReconciliation site;
  private final Tokens tokens;
  private final Requests requests;
  private final MaintenanceRequests maintenance;
  private final Relay relay;

  AtStart(
      Projection projection,
      Reconciliation catalog,
      SiteReconciliation site,
      Tokens tokens,
      Requests requests,
      MaintenanceRequests maintenance,
      Relay relay) {
    this.projection = projection;
    this.catalog = catalog;
    this.site = site;
    this.tokens = tokens;
    this.requests = requests;
    this.maintenance = maintenance;
    this.relay = relay;
  }

  /** Both topics are read to their end. */
  void reconcile(StateTable<ModelDescribed> described, StateTable<SiteDescribed> wished) {
    compare(
        Topics.MODEL_DESCRIBED,
        () -> catalog.names(described.all().keySet()),
        name -> catalog.reconcile(name, described.get(name)));
    compare(
        Topics.SITE_DESCRIBED,
        () -> site.keys(wished.all().keySet()),
        key -> site.reconcile(key, wished.get(key)));
    tellTokens();
    relay.open();
  }

  /**
   * What a broker forgot that was made anew nobody else would say again. Those topics are read to
   * their end on which ends are told.
   */
  void askAgain() {
    askAgain("downloads", requests::askAgain);
    askAgain("maintenance", maintenance::askAgain);
  }

  private static void askAgain(String what, IntSupplier requests) {
    try {
      LOG.infof("Asked again for %d of %s that have not ended.", requests.getAsInt(), what);
    } catch (RuntimeException e) {
      LOG.errorf(e, "What has not ended of %s could not be asked for again.", what);
    }
  }

  /** The database alone knows them: whatever the topic lost or kept, it hears all of them. */
  private void tellTokens() {
    try {
      tokens.again();
    } catch (RuntimeException e) {
      LOG.errorf(e, "Tokens could not be told again; doors go by what they heard before.");
    }
  }

  private void compare(
      TopicSpec topic, Supplier<SortedSet<String>> all, Predicate<String> announces) {
    AtomicInteger announced = new AtomicInteger();
    try {
      SortedSet<String> names = new TreeSet<>();
      projection.apply(
          topic.name(),
          Instant.EPOCH,
          () -> {
            names.addAll(all.get());
            return false;
          });
      for (String name : names) {
        projection.applyOrSkip(
            Projection.Place.of(topic.name(), name),
            Instant.EPOCH,
            () -> {
              if (announces.test(name)) {
                announced.incrementAndGet();
              }
              return false;
            });
      }
      LOG.infof("Announced %d records of %s again.", announced.get(), topic.name());
    } catch (RuntimeException e) {
      LOG.errorf(e, "What %s says could not be compared; it is announced as it is.", topic.name());
    }
  }
}
