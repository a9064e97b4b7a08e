package io.modeldepot.registry.downloads;

import io.modeldepot.events.fact.DownloadFailed;
import io.modeldepot.events.state.DownloadProgressed;
import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.door.Json;
import io.modeldepot.registry.outbox.Ledger;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What became of requests: progress and failures, for the request itself and for those that joined
 * it. Applying a record twice, or an older one after a newer one, changes nothing; an end is never
 * left.
 */
@ApplicationScoped
public class Outcomes {
  private final Ledger ledger;
  private final InstantSource clock;
  private final Event<DownloadChanged> changed;

  Outcomes(Ledger ledger, InstantSource clock, Event<DownloadChanged> changed) {
    this.ledger = ledger;
    this.clock = clock;
    this.changed = changed;
  }

  /** Takes a progress record. Returns whether anything changed. */
  @Transactional(Transactional.TxType.MANDATORY)
  public boolean take(DownloadProgressed said) {
    boolean any = false;
    for (RequestId id : together(said.requestId(), said.requestIds())) {
      any |= take(id, said);
    }
    return any;
  }

  /** Takes a failure. Returns whether anything changed. */
  @Transactional(Transactional.TxType.MANDATORY)
  public boolean take(DownloadFailed failed) {
    boolean any = false;
    for (RequestId id : together(failed.requestId(), failed.requestIds())) {
      any |= take(id, failed);
    }
    return any;
  }

  private boolean take(RequestId id, DownloadProgressed said) {
    DownloadRow row = row(id, said.model(), said.updatedAt());
    ProgressRow.Key key = new ProgressRow.Key(id.value(), said.location().value());
    ProgressRow progress = ProgressRow.findById(key);
    if (progress == null) {
      new ProgressRow(id.value(), said).persist();
    } else if (progress.outdatedBy(said)) {
      progress.take(said);
    } else {
      return false;
    }
    if (!said.requestId().equals(id)) {
      row.joinedTo = said.requestId().value();
    }
    said.error().ifPresent(problem -> row.problem = Json.text(problem));
    settle(row);
    return true;
  }

  private boolean take(RequestId id, DownloadFailed failed) {
    DownloadRow row = row(id, failed.model(), failed.at());
    DownloadState end = endOf(failed.problem().code());
    ProgressRow.Key key = new ProgressRow.Key(id.value(), failed.location().value());
    ProgressRow progress = ProgressRow.findById(key);
    boolean explains = row.problem == null && (progress == null || !progress.state.equals("done"));
    if (progress != null && States.isFinal(progress.state) && !explains) {
      return false;
    }
    if (explains) {
      row.problem = Json.text(failed.problem());
    }
    if (progress == null) {
      new ProgressRow(id.value(), ended(id, failed, end)).persist();
    } else if (!States.isFinal(progress.state)) {
      progress.take(ended(progress.said(), end, failed));
    }
    settle(row);
    return true;
  }

  /** Sets the request's own state from those of its locations, and writes down its end. */
  private void settle(DownloadRow row) {
    List<DownloadState> each =
        ProgressRow.<ProgressRow>list("id", row.id).stream()
            .map(progress -> States.of(progress.state))
            .toList();
    DownloadState state = States.together(each, row.expected);
    row.state = States.word(state);
    row.updatedAt = now();
    if (States.isFinal(state) && !row.isFinal) {
      row.isFinal = true;
      row.finishedAt = row.updatedAt;
      Map<String, Object> detail = new LinkedHashMap<>();
      detail.put("requestId", row.id);
      row.failure()
          .map(Problem::code)
          .map(ProblemCode::code)
          .ifPresent(code -> detail.put("code", code));
      ledger.write(
          Origin.event("download/" + row.id + "/" + row.state)
              .entry(
                  "download." + row.state,
                  row.model == null ? "download/" + row.id : "model/" + row.model,
                  detail),
          List.of());
    }
    changed.fire(new DownloadChanged(row.id));
  }

  private DownloadRow row(RequestId id, ModelName model, Instant since) {
    Optional<DownloadRow> known =
        DownloadRow.findByIdOptional(id.value(), LockModeType.PESSIMISTIC_WRITE);
    return known.orElseGet(
        () -> {
          DownloadRow row = new DownloadRow(id.value(), since);
          row.model = model.value();
          row.persist();
          return row;
        });
  }

  private static DownloadState endOf(ProblemCode code) {
    return switch (code) {
      case CANCELLED -> DownloadState.CANCELLED;
      case EXPIRED -> DownloadState.EXPIRED;
      default -> DownloadState.FAILED;
    };
  }

  /** A failure that came before, or without, any progress. */
  private static DownloadProgressed ended(RequestId id, DownloadFailed failed, DownloadState end) {
    return new DownloadProgressed(
        failed.requestId(),
        failed.model(),
        failed.location(),
        Optional.empty(),
        end,
        0,
        0,
        "none",
        0,
        0,
        0,
        0,
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(failed.problem()),
        together(id, failed.requestIds()).stream().toList(),
        failed.at());
  }

  private static DownloadProgressed ended(
      DownloadProgressed last, DownloadState end, DownloadFailed failed) {
    return new DownloadProgressed(
        last.requestId(),
        last.model(),
        last.location(),
        last.commit(),
        end,
        last.attempt(),
        last.sequence(),
        last.holder(),
        last.totalBytes(),
        last.doneBytes(),
        last.reusedBytes(),
        last.fetchedBytes(),
        last.filesTotal(),
        last.filesDone(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        last.plan(),
        Optional.of(failed.problem()),
        last.requestIds(),
        failed.at());
  }

  private static Set<RequestId> together(RequestId first, List<RequestId> others) {
    Set<RequestId> all = new LinkedHashSet<>();
    all.add(first);
    all.addAll(others);
    return all;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
