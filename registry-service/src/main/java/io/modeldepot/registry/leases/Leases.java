package io.modeldepot.registry.leases;

import io.modeldepot.events.state.ModelUsed;
import io.modeldepot.events.state.UseKind;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.announce.Announcement;
import io.modeldepot.kit.announce.Announcer;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.outbox.Ledger;
import io.modeldepot.registry.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Keeps leases and announces them. */
@ApplicationScoped
public class Leases {
  private static final int BROKER_SECONDS = 10;

  private final Announcer announcer;
  private final Ledger ledger;
  private final InstantSource clock;

  Leases(Announcer announcer, Ledger ledger, InstantSource clock) {
    this.announcer = announcer;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** A lease that has not ended. */
  @Transactional
  Optional<LeaseView> find(String model, String id) {
    return LeaseRow.<LeaseRow>findByIdOptional(id)
        .filter(row -> row.model.equals(model) && row.until.isAfter(clock.instant()))
        .map(LeaseRow::view);
  }

  /** The leases of a model that have not ended, by their ends. */
  @Transactional
  List<LeaseView> of(String model) {
    return LeaseRow.<LeaseRow>find(
            "model = ?1 and until > ?2 order by until", model, clock.instant())
        .list()
        .stream()
        .map(LeaseRow::view)
        .toList();
  }

  /** Writes a lease down, after the broker has it. */
  @Transactional
  void write(LeaseView lease, Origin origin) {
    LeaseRow row = LeaseRow.findById(lease.id());
    if (row == null) {
      new LeaseRow(lease).persist();
      LeaseRow.delete("until < ?1", clock.instant().minusSeconds(86_400));
    } else {
      row.until = lease.until();
      row.updatedAt = clock.instant();
    }
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("lease", lease.id());
    detail.put("holder", lease.holder());
    detail.put("location", lease.location());
    detail.put("until", lease.until().toString());
    boolean unused = ledger.write(origin.entry("model.used", object(lease), detail), List.of());
  }

  /** Forgets a lease, after the broker has forgotten it. */
  @Transactional
  void forget(LeaseView lease, Origin origin) {
    boolean unusedToo = LeaseRow.deleteById(lease.id());
    boolean unused =
        ledger.write(
            origin.entry(
                "model.released",
                object(lease),
                Map.of("lease", lease.id(), "holder", lease.holder())),
            List.of());
  }

  /**
   * Says that a version is used, and returns when the broker has it.
   *
   * @throws ProblemException {@code broker-unavailable}
   */
  void announce(LeaseView lease) {
    requireHeard(
        Announcement.of(
            Topics.MODEL_USED,
            key(lease),
            new ModelUsed(
                LocationName.of(lease.location()),
                ModelName.of(lease.model()),
                CommitId.of(lease.commit()),
                lease.holder(),
                UseKind.LEASE,
                Optional.of(lease.until()),
                clock.instant())));
  }

  /** Says that it is not used any more: the lease ends now, and its end counts as the last use. */
  void announceEnd(LeaseView lease) {
    announce(lease.until(clock.instant()));
  }

  private void requireHeard(Announcement what) {
    try {
      var unused = announcer.announce(what).get(BROKER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw ProblemException.of(
          ProblemCode.BROKER_UNAVAILABLE,
          "Nobody would hear of the lease, so it would protect nothing.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the broker was waited for.", e);
    }
  }

  private static String key(LeaseView lease) {
    // Two leases of one holder are two leases.
    return String.join(
        "/",
        lease.location(),
        lease.model(),
        lease.commit(),
        "lease",
        lease.holder() + "#" + lease.id());
  }

  private static String object(LeaseView lease) {
    return "model/" + lease.model() + "@" + lease.commit();
  }
}
