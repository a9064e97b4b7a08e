package io.modeldepot.registry.maintenance;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.command.CleanupAction;
import io.modeldepot.events.command.CleanupDue;
import io.modeldepot.events.state.MaintenanceProgressed;
import io.modeldepot.events.state.MaintenanceState;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.kit.intake.CommandReader;
import io.modeldepot.kit.intake.PayloadDigest;
import io.modeldepot.registry.audit.AuditEntry;
import io.modeldepot.registry.audit.AuditSource;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.door.Ids;
import io.modeldepot.registry.door.Json;
import io.modeldepot.registry.outbox.Ledger;
import io.modeldepot.registry.outbox.Outgoing;
import io.modeldepot.registry.problem.AgainOnConflict;
import io.modeldepot.registry.problem.FieldError;
import io.modeldepot.registry.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Requests for work of the janitors, from REST and from the topics alike, and what the janitors say
 * of them. A request is written once per id: the same again changes nothing, another one under the
 * same id is refused.
 */
@ApplicationScoped
public class MaintenanceRequests {
  private static final Set<CleanupAction> ARCHIVE =
      Set.of(CleanupAction.ARCHIVE, CleanupAction.UNARCHIVE);

  private final EntityManager database;
  private final Ledger ledger;
  private final InstantSource clock;

  MaintenanceRequests(EntityManager database, Ledger ledger, InstantSource clock) {
    this.database = database;
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * A request by REST; it goes out as a command.
   *
   * @param command with its id
   * @return whether it is new
   * @throws ProblemException {@code invalid}, {@code duplicate-id}
   */
  @AgainOnConflict
  @Transactional
  public boolean ask(Object command, RequestId id, Origin origin) {
    requireNoFaults(command);
    MaintenanceRow row = hold(id, WorkKind.of(command));
    if (isKnown(row, command)) {
      return false;
    }
    WorkKind work = WorkKind.of(command);
    String key = model(command).orElse(id.value());
    write(row, command, origin, List.of(Outgoing.of(work.topic(), key, command, origin.eventId())));
    return true;
  }

  /**
   * A command that came on its topic. One that this registry published itself is known already.
   *
   * @return whether it is new
   * @throws ProblemException {@code invalid}, {@code duplicate-id}; the janitor says them to the
   *     dead-letter topic
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public boolean heard(Object command, RequestId id, Origin origin) {
    requireNoFaults(command);
    MaintenanceRow row = hold(id, WorkKind.of(command));
    if (isKnown(row, command)) {
      return false;
    }
    write(row, command, origin, List.of());
    return true;
  }

  /**
   * Asks again for the work that was asked for by REST and has not ended, for as long as it may
   * still be executed: the commands may have been lost with the broker that had them, and twice is
   * once. Those that were published by hand only the broker had.
   *
   * @return for how much
   */
  @Transactional
  public int askAgain() {
    List<Outgoing> again = new ArrayList<>();
    for (MaintenanceRow row :
        MaintenanceRow.<MaintenanceRow>list(
            "isFinal = false and origin = ?1 order by createdAt", AuditSource.REST.word())) {
      WorkKind work = WorkKind.of(row.work);
      Duration left =
          CommandReader.maxAge(work.topic()).minus(Duration.between(row.createdAt, now()));
      if (!row.payloadSha256.equals(MaintenanceRow.HEARD_OF_ONLY) && left.toSeconds() > 0) {
        Object command = work.command(row.payload, RequestId.of(row.id));
        String key = Optional.ofNullable(row.model).orElse(row.id);
        again.add(Outgoing.of(work.topic(), key, command, Ids.event()).within(left));
      }
    }
    ledger.repeat(again);
    return again.size();
  }

  /**
   * What a janitor says. Of two records about one request the one with the higher sequence, and the
   * end whatever sequence that has: it is told once it is durable, while of what was told before
   * the number may be lost, on a full disk, and made again by a clock that was set back.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public boolean take(MaintenanceProgressed said) {
    MaintenanceRow row = hold(said.requestId(), WorkKind.of(said.kind()));
    MaintenanceProgressRow progress =
        MaintenanceProgressRow.findById(
            new MaintenanceProgressRow.Key(said.requestId().value(), said.location().value()));
    if (progress != null && !progress.outdatedBy(said)) {
      return false;
    }
    if (progress == null) {
      new MaintenanceProgressRow(said).persist();
    } else {
      progress.take(said);
    }
    List<MaintenanceState> states =
        records(row.id).stream().map(MaintenanceProgressed::state).toList();
    MaintenanceState together = WorkStates.together(states, row.expected);
    row.state = WorkStates.word(together);
    row.isFinal = WorkStates.isFinal(together);
    row.updatedAt = now();
    row.finishedAt = row.isFinal ? row.updatedAt : null;
    if (WorkStates.isFinal(said.state())) {
      ledger.write(ended(row, said), List.of());
    }
    return true;
  }

  /** A request with everything that is known of it. */
  @Transactional
  public Optional<MaintenanceView> find(WorkKind work, RequestId id) {
    return MaintenanceRow.<MaintenanceRow>findByIdOptional(id.value())
        .filter(row -> row.work.equals(work.word()))
        .map(row -> MaintenanceView.of(row, records(row.id)));
  }

  /** The models that are on their way into the archive, or out of it. */
  @Transactional
  public Set<ModelName> movingToOrFromTheArchive() {
    return MaintenanceRow.<MaintenanceRow>list(
            "work = ?1 and isFinal = false and model is not null", WorkKind.CLEANUPS.word())
        .stream()
        .filter(row -> !row.payloadSha256.equals(MaintenanceRow.HEARD_OF_ONLY))
        .map(row -> Json.value(row.payload, CleanupDue.class))
        .filter(due -> !due.dryRun())
        .filter(due -> ARCHIVE.contains(due.action().orElse(CleanupAction.REMOVE)))
        .flatMap(due -> due.model().stream())
        .collect(Collectors.toSet());
  }

  /** The records about a request, by location. */
  List<MaintenanceProgressed> records(String id) {
    return MaintenanceProgressRow.<MaintenanceProgressRow>find("id = ?1 order by location", id)
        .list()
        .stream()
        .map(MaintenanceProgressRow::said)
        .toList();
  }

  private static AuditEntry ended(MaintenanceRow row, MaintenanceProgressed said) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("requestId", row.id);
    detail.put("location", said.location().value());
    detail.put("state", WorkStates.word(said.state()));
    for (String figure : List.of("planId", "freedBytes", "removedCount", "backup")) {
      Object value = said.result().get(figure);
      if (value != null) {
        detail.put(figure, value);
      }
    }
    said.problem().ifPresent(problem -> detail.put("problem", problem.code().code()));
    return Origin.event("maintenance/" + row.id + "/" + said.location() + "/end")
        .entry(row.work + ".ended", object(row), detail);
  }

  private static void requireNoFaults(Object command) {
    List<FieldError> faults = WorkKind.faults(command);
    if (!faults.isEmpty()) {
      throw ProblemException.invalid(faults);
    }
  }

  private static boolean isKnown(MaintenanceRow row, Object command) {
    if (row.payloadSha256.equals(MaintenanceRow.HEARD_OF_ONLY)) {
      return false;
    }
    if (!row.payloadSha256.equals(PayloadDigest.of(command).value())) {
      throw ProblemException.of(
          ProblemCode.DUPLICATE_ID,
          "The id " + row.id + " belongs to another request.",
          Map.of("id", row.id, "firstSeenAt", row.createdAt.toString()));
    }
    return true;
  }

  private void write(MaintenanceRow row, Object command, Origin origin, List<Outgoing> records) {
    row.work = WorkKind.of(command).word();
    row.model = model(command).orElse(null);
    row.payload = Json.text(command);
    row.payloadSha256 = PayloadDigest.of(command).value();
    row.actor = origin.actor();
    row.origin = origin.source().word();
    boolean oneLocation = json(command).path("location").isTextual();
    row.expected = oneLocation ? 1 : Math.max(1, locations());
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("requestId", row.id);
    detail.put("payload", json(command));
    ledger.write(origin.entry(row.work + ".requested", object(row), detail), records);
  }

  /** The row of a request, made if there is none, locked until the caller's transaction ends. */
  private MaintenanceRow hold(RequestId id, WorkKind work) {
    database
        .createNativeQuery(
            """
            insert into maintenance (id, work, payload, payload_sha256, expected, state, is_final,
                                     actor, origin, created_at, updated_at)
            values (?1, ?2, '{}', ?3, 1, ?4, false, ?5, ?6, ?7, ?7)
            on conflict (id) do nothing
            """)
        .setParameter(1, id.value())
        .setParameter(2, work.word())
        .setParameter(3, MaintenanceRow.HEARD_OF_ONLY)
        .setParameter(4, WorkStates.word(MaintenanceState.ACCEPTED))
        .setParameter(5, AuditEntry.KAFKA)
        .setParameter(6, AuditSource.EVENT.word())
        .setParameter(7, now())
        .executeUpdate();
    return MaintenanceRow.findById(id.value(), LockModeType.PESSIMISTIC_WRITE);
  }

  private int locations() {
    return ((Number) database.createNativeQuery("select count(*) from storage").getSingleResult())
        .intValue();
  }

  private static JsonNode json(Object command) {
    return Wire.mapper().valueToTree(command);
  }

  private static Optional<String> model(Object command) {
    JsonNode model = json(command).path("model");
    return model.isTextual() ? Optional.of(model.textValue()) : Optional.empty();
  }

  private static String object(MaintenanceRow row) {
    return row.model == null ? row.work + "/" + row.id : "model/" + row.model;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
