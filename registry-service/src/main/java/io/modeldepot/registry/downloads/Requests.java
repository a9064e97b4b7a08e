package io.modeldepot.registry.downloads;

import io.modeldepot.events.command.DownloadAction;
import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.command.DownloadSource;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.kit.intake.CommandReader;
import io.modeldepot.kit.intake.PayloadDigest;
import io.modeldepot.registry.audit.AuditSource;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.catalog.Catalog;
import io.modeldepot.registry.door.Ids;
import io.modeldepot.registry.door.Storable;
import io.modeldepot.registry.outbox.Ledger;
import io.modeldepot.registry.outbox.Outgoing;
import io.modeldepot.registry.problem.AgainOnConflict;
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
import java.util.function.Function;

/**
 * Requests for content, from REST and from the topic alike. A request is written once per id: the
 * same again changes nothing, another one under the same id is refused. What a request means for
 * the catalog (a new entry for an unknown repository, a pin for a commit, no pin for a branch) is
 * done in the same transaction.
 */
@ApplicationScoped
public class Requests {
  private final EntityManager database;
  private final Catalog catalog;
  private final Ledger ledger;
  private final InstantSource clock;

  Requests(EntityManager database, Catalog catalog, Ledger ledger, InstantSource clock) {
    this.database = database;
    this.catalog = catalog;
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * A request by REST; it goes out as {@code download-requested}.
   *
   * @return whether it is new
   * @throws ProblemException {@code invalid}, {@code unknown-model}, {@code name-clash}, {@code
   *     duplicate-id}
   */
  @AgainOnConflict
  @Transactional
  public boolean ask(DownloadRequested given, RequestId id, Origin origin) {
    DownloadRequested asked = RequestRules.complete(given, id, origin.actor());
    hold(id);
    if (known(id, asked)) {
      return false;
    }
    boolean unknown = asked.model().map(model -> catalog.lock(model).isEmpty()).orElse(true);
    if (unknown && asked.repository().isEmpty()) {
      throw ProblemException.of(
          ProblemCode.UNKNOWN_MODEL,
          "The catalog has no " + asked.model().orElseThrow() + ", and no repository is named.",
          Map.of("model", asked.model().orElseThrow().value()));
    }
    if (given.model().isEmpty()) {
      refuseOtherRepository(asked);
    }
    DownloadRow row = DownloadRow.hold(id.value(), now());
    Optional<ModelDescribed> entry = meanForCatalog(asked, origin);
    write(row, asked, entry, origin, List.of(outgoing(asked, origin)));
    return true;
  }

  /**
   * A request that came on the topic. One that this registry published itself is known already.
   *
   * @return whether it is new
   * @throws ProblemException {@code invalid}, {@code duplicate-id}; the downloader says them to the
   *     dead-letter topic
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public boolean heard(DownloadRequested given, RequestId id, Origin origin) {
    return heard(given, id, origin, asked -> meanForCatalog(asked, origin));
  }

  /**
   * The same for one that came too late to be executed: it is written down and means nothing for
   * the catalog.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public boolean heardTooLate(DownloadRequested given, RequestId id, Origin origin) {
    return heard(given, id, origin, asked -> asked.model().flatMap(catalog::lock));
  }

  private boolean heard(
      DownloadRequested given,
      RequestId id,
      Origin origin,
      Function<DownloadRequested, Optional<ModelDescribed>> meaning) {
    DownloadRequested asked = RequestRules.heard(given);
    hold(id);
    if (asked.action().filter(DownloadAction.CANCEL::equals).isPresent()) {
      return heardCancel(asked, origin);
    }
    if (known(id, asked)) {
      return false;
    }
    DownloadRow row = DownloadRow.hold(id.value(), now());
    write(row, asked, meaning.apply(asked), origin, List.of());
    return true;
  }

  /**
   * Asks for a running download to be cancelled.
   *
   * @throws ProblemException {@code not-found}, {@code already-final}
   */
  @AgainOnConflict
  @Transactional
  public void cancel(RequestId id, Origin origin) {
    DownloadRow row = DownloadRow.findById(id.value(), LockModeType.PESSIMISTIC_WRITE);
    if (row == null) {
      throw unknownDownload(id);
    }
    if (row.isFinal) {
      throw ProblemException.of(
          ProblemCode.ALREADY_FINAL,
          "Download " + id + " is " + row.state + ".",
          Map.of("state", row.state, "requestId", id.value()));
    }
    if (row.cancelRequested) {
      return;
    }
    row.cancelRequested = true;
    row.updatedAt = now();
    DownloadRequested command = RequestRules.cancellation(row.asked(), id, origin.actor());
    ledger.write(
        origin.entry("download.cancel-requested", object(row), Map.of("requestId", id.value())),
        List.of(outgoing(command, origin)));
  }

  /**
   * Asks again for what was asked for by REST and has not ended, for as long as it may still be
   * executed: the commands may have been lost with the broker that had them, and twice is once.
   * Those that were published by hand only the broker had.
   *
   * @return for how many
   */
  @Transactional
  public int askAgain() {
    Duration maxAge = CommandReader.maxAge(Topics.DOWNLOAD_REQUESTED);
    List<Outgoing> again = new ArrayList<>();
    for (DownloadRow row :
        DownloadRow.<DownloadRow>list(
            "isFinal = false and origin = ?1 order by createdAt", AuditSource.REST.word())) {
      Duration left = maxAge.minus(Duration.between(row.createdAt, now()));
      if (!row.heardOfOnly() && left.toSeconds() > 0) {
        commands(row).forEach(command -> again.add(command.within(left)));
      }
    }
    ledger.repeat(again);
    return again.size();
  }

  private static List<Outgoing> commands(DownloadRow row) {
    RequestId id = RequestId.of(row.id);
    Outgoing request = outgoing(row.asked().withRequestId(id), Ids.event());
    return row.cancelRequested
        ? List.of(
            request, outgoing(RequestRules.cancellation(row.asked(), id, row.actor), Ids.event()))
        : List.of(request);
  }

  static ProblemException unknownDownload(RequestId id) {
    return ProblemException.of(
        ProblemCode.NOT_FOUND, "There is no download " + id + ".", Map.of("id", id.value()));
  }

  private boolean heardCancel(DownloadRequested given, Origin origin) {
    Optional<DownloadRow> row =
        given
            .requestId()
            .flatMap(
                id -> DownloadRow.findByIdOptional(id.value(), LockModeType.PESSIMISTIC_WRITE));
    if (row.isEmpty() || row.get().isFinal || row.get().cancelRequested) {
      return false;
    }
    row.get().cancelRequested = true;
    row.get().updatedAt = now();
    // A request by event and its cancel have one id, and one event has one entry.
    return ledger.write(
        origin
            .and("cancel")
            .entry(
                "download.cancel-requested", object(row.get()), Map.of("requestId", row.get().id)),
        List.of());
  }

  private boolean known(RequestId id, DownloadRequested asked) {
    DownloadRow row = DownloadRow.findById(id.value(), LockModeType.PESSIMISTIC_WRITE);
    if (row == null || row.heardOfOnly()) {
      return false;
    }
    if (!row.payloadSha256.equals(PayloadDigest.of(asked).value())) {
      throw ProblemException.of(
          ProblemCode.DUPLICATE_ID,
          "The id " + id + " belongs to another request, for " + object(row) + ".",
          Map.of("id", id.value(), "firstSeenAt", row.createdAt.toString()));
    }
    return true;
  }

  private void write(
      DownloadRow row,
      DownloadRequested asked,
      Optional<ModelDescribed> entry,
      Origin origin,
      List<Outgoing> records) {
    List<LocationName> at =
        asked
            .location()
            .map(List::of)
            .or(() -> entry.map(ModelDescribed::locations))
            .orElse(List.of());
    row.take(asked, at, origin.actor(), origin.source().word());
    row.repository =
        asked
            .repository()
            .or(() -> entry.flatMap(ModelDescribed::repository))
            .map(RepositoryId::value)
            .orElse(null);
    row.revision =
        asked
            .revision()
            .or(() -> entry.flatMap(ModelDescribed::pin).map(CommitId::value))
            .or(() -> entry.flatMap(ModelDescribed::branch))
            .map(Storable::text)
            .orElse(null);
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("requestId", row.id);
    detail.put("payload", Wire.mapper().valueToTree(asked));
    ledger.write(origin.entry("download.requested", object(row), detail), records);
  }

  /** What the request means for the catalog; returns the entry, if there is one. */
  private Optional<ModelDescribed> meanForCatalog(DownloadRequested asked, Origin origin) {
    Optional<ModelName> model = asked.model();
    if (model.isEmpty()) {
      return Optional.empty();
    }
    Optional<ModelDescribed> entry = catalog.lock(model.get());
    if (entry.isEmpty()) {
      return asked
          .repository()
          .map(
              repository ->
                  catalog.create(
                      RequestRules.entryFor(
                          asked,
                          repository,
                          catalog.standard(model.get(), Catalog.familyFor(repository))),
                      origin.and("entry")));
    }
    boolean fromHub = asked.source().orElse(DownloadSource.HUB) == DownloadSource.HUB;
    if (asked.plan() || !fromHub || asked.revision().isEmpty()) {
      return entry;
    }
    return Optional.of(
        catalog.edit(
            model.get(),
            wish -> RequestRules.pinned(wish, asked.revision().get()),
            origin.and("pin")));
  }

  private void refuseOtherRepository(DownloadRequested asked) {
    ModelName name = asked.model().orElseThrow();
    catalog
        .lock(name)
        .flatMap(ModelDescribed::repository)
        .filter(other -> !other.value().equalsIgnoreCase(asked.repository().orElseThrow().value()))
        .ifPresent(
            other -> {
              throw ProblemException.of(
                  ProblemCode.NAME_CLASH,
                  name + " is the entry of " + other + "; name the model to choose another name.",
                  Map.of("model", name.value(), "repository", other.value()));
            });
  }

  private static Outgoing outgoing(DownloadRequested asked, Origin origin) {
    return outgoing(asked, origin.eventId());
  }

  private static Outgoing outgoing(DownloadRequested asked, String eventId) {
    return Outgoing.of(
        Topics.DOWNLOAD_REQUESTED, asked.model().map(ModelName::value).orElse(""), asked, eventId);
  }

  private static String object(DownloadRow row) {
    return row.model == null ? "download/" + row.id : "model/" + row.model;
  }

  /** Two requests with one id are looked at one after the other. */
  private void hold(RequestId id) {
    database
        .createNativeQuery("select pg_advisory_xact_lock(2, hashtext(?1))")
        .setParameter(1, id.value())
        .getSingleResult();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
