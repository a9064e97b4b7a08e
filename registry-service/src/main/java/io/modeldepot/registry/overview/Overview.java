package io.modeldepot.registry.overview;

import io.modeldepot.events.state.StorageReported;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.ProblemText;
import io.modeldepot.events.terms.Remedy;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.registry.audit.AuditTrail;
import io.modeldepot.registry.capacity.Storages;
import io.modeldepot.registry.desired.folder.FolderWatch;
import io.modeldepot.registry.door.Json;
import io.modeldepot.registry.outbox.OutboxBacklog;
import io.modeldepot.registry.site.Services;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Looks at every room and says what needs attention. */
@ApplicationScoped
class Overview {
  static final String ERROR = "error";
  static final String WARNING = "warning";
  private static final long LATE_SECONDS = 30;
  private static final int MOST_FAILURES = 20;

  private final EntityManager database;
  private final MaintenanceFailures maintenance;
  private final ReceiversStopped receivers;
  private final Services services;
  private final Storages storages;
  private final AuditTrail trail;
  private final OutboxBacklog backlog;
  private final FolderWatch folder;
  private final ServiceIdentity identity;
  private final InstantSource clock;

  Overview(
      EntityManager database,
      MaintenanceFailures maintenance,
      ReceiversStopped receivers,
      Services services,
      Storages storages,
      AuditTrail trail,
      OutboxBacklog backlog,
      FolderWatch folder,
      ServiceIdentity identity,
      InstantSource clock) {
    this.database = database;
    this.maintenance = maintenance;
    this.receivers = receivers;
    this.services = services;
    this.storages = storages;
    this.trail = trail;
    this.backlog = backlog;
    this.folder = folder;
    this.identity = identity;
    this.clock = clock;
  }

  @Transactional
  Status now() {
    Instant now = clock.instant();
    OutboxBacklog.Waiting waiting = backlog.waiting();
    List<Services.Service> present = services.now();
    // What this registry says of itself came back through the broker: both ways work.
    boolean heardSelf =
        present.stream()
            .anyMatch(service -> service.instance().equals(identity.instance()) && service.up());
    boolean connected = heardSelf && waiting.oldestSeconds() < LATE_SECONDS;
    List<StorageReported> reports = storages.all();
    Status.Models models = models();
    List<Status.Attention> attention = new ArrayList<>();
    silent(present, attention);
    broker(connected, waiting, now, attention);
    damaged(attention);
    failures(now, attention);
    attention.addAll(maintenance.newest(now, MOST_FAILURES));
    attention.addAll(receivers.now());
    space(reports, attention);
    folder.trouble().map(Overview::desiredState).ifPresent(attention::add);
    attention.sort(Comparator.comparing(Status.Attention::severity));
    return new Status(
        identity.version(),
        attention.isEmpty() ? "ok" : "attention",
        now,
        attention,
        present,
        models,
        downloads(now),
        reports.stream()
            .map(
                report ->
                    new Status.Space(
                        report.location().value(),
                        report.capacityBytes(),
                        report.freeBytes(),
                        report.reservedBytes(),
                        report.reportedAt()))
            .toList(),
        Status.Audit.of(trail.head()),
        waiting,
        new Status.Broker(connected));
  }

  private Status.Models models() {
    Object[] sums =
        (Object[])
            database
                .createNativeQuery(
                    """
                    select count(*) filter (where in_catalog), count(*) filter (where current_commit is not null),
                           count(*) filter (where state = 'active'), count(*) filter (where state = 'damaged'),
                           count(*) filter (where state = 'orphan'), coalesce(sum(versions), 0),
                           coalesce(sum(size_bytes), 0), count(*) filter (where update_waits)
                    from model_shown
                    """)
                .getSingleResult();
    return new Status.Models(
        number(sums[0]),
        number(sums[1]),
        number(sums[2]),
        number(sums[3]),
        number(sums[4]),
        number(sums[5]),
        number(sums[6]),
        number(sums[7]));
  }

  private Status.Downloads downloads(Instant now) {
    Object[] sums =
        (Object[])
            database
                .createNativeQuery(
                    """
                    select count(*) filter (where not is_final and state not in ('requested', 'waiting')),
                           count(*) filter (where not is_final and state in ('requested', 'waiting')),
                           count(*) filter (where state = 'failed' and finished_at > ?1)
                    from download where not is_final or finished_at > ?1
                    """)
                .setParameter(1, now.minus(Duration.ofDays(1)))
                .getSingleResult();
    return new Status.Downloads(number(sums[0]), number(sums[1]), number(sums[2]));
  }

  private static void silent(List<Services.Service> present, List<Status.Attention> attention) {
    present.stream()
        .filter(service -> !service.up())
        .forEach(
            service ->
                attention.add(
                    new Status.Attention(
                        ERROR,
                        "service-silent",
                        "%s has not reported for %d s."
                            .formatted(service.instance(), service.ageSeconds()),
                        "service/" + service.instance(),
                        service.reportedAt(),
                        List.of(Remedy.say("Look at its log, start it again")))));
    present.stream()
        .filter(service -> service.up() && service.state().equals("degraded"))
        .forEach(
            service ->
                attention.add(
                    new Status.Attention(
                        WARNING,
                        "service-degraded",
                        service.instance() + ": " + service.detail().orElse("It does not say why."),
                        "service/" + service.instance(),
                        service.reportedAt(),
                        List.of())));
  }

  private static void broker(
      boolean connected,
      OutboxBacklog.Waiting waiting,
      Instant now,
      List<Status.Attention> attention) {
    if (!connected) {
      attention.add(
          new Status.Attention(
              ERROR,
              ProblemCode.BROKER_UNAVAILABLE.code(),
              "The broker does not answer; %d records wait to be published."
                  .formatted(waiting.pending()),
              "broker",
              now.minusSeconds(waiting.oldestSeconds()),
              ProblemText.of(ProblemCode.BROKER_UNAVAILABLE).remedies()));
    }
  }

  private void damaged(List<Status.Attention> attention) {
    database
        .createQuery(
            """
            select v.model, v.commitId, v.location, v.updatedAt from VersionRow v where v.state = 'damaged'
            order by v.updatedAt desc
            """,
            Object[].class)
        .setMaxResults(MOST_FAILURES)
        .getResultList()
        .forEach(
            row ->
                attention.add(
                    new Status.Attention(
                        ERROR,
                        ProblemCode.ALTERED.code(),
                        "%s@%s at %s is damaged.".formatted(row[0], row[1], row[2]),
                        "model/" + row[0] + "@" + row[1],
                        (Instant) row[3],
                        Problem.of(ProblemCode.ALTERED, "")
                            .about(String.valueOf(row[0]))
                            .remedies())));
  }

  /** A failure counts until the model was asked for again. */
  private void failures(Instant now, List<Status.Attention> attention) {
    database
        .createQuery(
            """
            select d.id, d.model, d.problem, d.finishedAt from DownloadRow d
            where d.state = 'failed' and d.finishedAt > ?1
              and not exists (select 1 from DownloadRow later
                              where later.model = d.model and later.createdAt > d.createdAt)
            order by d.finishedAt desc
            """,
            Object[].class)
        .setParameter(1, now.minus(Duration.ofDays(1)))
        .setMaxResults(MOST_FAILURES)
        .getResultList()
        .forEach(
            row -> {
              Problem problem =
                  row[2] == null
                      ? Problem.of(ProblemCode.INTERNAL, "No reason was given.")
                      : Json.value((String) row[2], Problem.class);
              attention.add(
                  new Status.Attention(
                      ERROR,
                      problem.code().code(),
                      "The download of %s failed: %s".formatted(row[1], problem.detail()),
                      "download/" + row[0],
                      (Instant) Objects.requireNonNull(row[3]),
                      problem.about(String.valueOf(row[1])).remedies()));
            });
  }

  private static void space(List<StorageReported> reports, List<Status.Attention> attention) {
    reports.stream()
        .filter(Storages::isNearlyFull)
        .forEach(
            report ->
                attention.add(
                    new Status.Attention(
                        WARNING,
                        ProblemCode.NO_SPACE.code(),
                        "%s is nearly full: %d of %d bytes are free."
                            .formatted(
                                report.location(), report.freeBytes(), report.capacityBytes()),
                        "storage/" + report.location(),
                        report.reportedAt(),
                        ProblemText.of(ProblemCode.NO_SPACE).remedies())));
  }

  private static Status.Attention desiredState(FolderWatch.Trouble trouble) {
    return new Status.Attention(
        ERROR,
        ProblemCode.INVALID.code(),
        "The desired state in %s is not carried out: %s"
            .formatted(trouble.directory(), trouble.say()),
        "desired-state",
        trouble.since(),
        List.of(Remedy.cli("See what it would change", "diff -f FILE")));
  }

  private static long number(Object value) {
    return ((Number) value).longValue();
  }
}
