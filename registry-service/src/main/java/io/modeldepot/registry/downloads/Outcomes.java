package io.modeldepot.registry.downloads;

import io.modeldepot.events.fact.DownloadFailed;
import io.modeldepot.events.state.DownloadProgressed;
import io.modeldepot.events.state.DownloadState;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.door.Json;
import io.modeldepot.registry.notify.Newsroom;
import io.modeldepot.registry.outbox.Ledger;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
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
 * left. All rows that a record is about are locked, in the order of their ids, before the first end
 * is written down: no two transactions wait for each other.
 */
@ApplicationScoped
public class Outcomes {
  private final Ledger ledger;
  private final InstantSource clock;
  private final Event<DownloadChanged> changed;
  private final Newsroom newsroom;

  Outcomes(Ledger ledger, InstantSource clock, Event<DownloadChanged> changed, Newsroom newsroom) {
    this.ledger = ledger;
    this.newsroom = newsroom;
    this.clock = clock;
    this.changed = changed;
  }

  /** Takes a progress record. Returns whether anything changed. */
  @Transactional(Transactional.TxType.MANDATORY)
  public boolean take(DownloadProgressed said) {
    List<DownloadRow> rows =
        hold(together(said.requestId(), said.requestIds()), said.model(), said.updatedAt());
    return settle(
        rows.stream().filter(row -> take(row, said)).toList(), said.commit(), said.updatedAt());
  }

  /** Takes a failure. Returns whether anything changed. */
  @Transactional(Transactional.TxType.MANDATORY)
  public boolean take(DownloadFailed failed) {
    List<DownloadRow> rows =
        hold(together(failed.requestId(), failed.requestIds()), failed.model(), failed.at());
    return settle(
        rows.stream().filter(row -> take(row, failed)).toList(), Optional.empty(), failed.at());
  }

  private static boolean take(DownloadRow row, DownloadProgressed said) {
    Optional<ProgressRow> progress = progress(row, said.location());
    if (progress.isEmpty()) {
      new ProgressRow(row.id, said).persist();
    } else if (progress.get().outdatedBy(said)) {
      progress.get().take(said);
    } else {
      return false;
    }
    if (!said.requestId().value().equals(row.id)) {
      row.joinedTo = said.requestId().value();
    }
    return true;
  }

  private static boolean take(DownloadRow row, DownloadFailed failed) {
    DownloadState end = endOf(failed.problem().code());
    Optional<ProgressRow> progress = progress(row, failed.location());
    if (progress.isEmpty()) {
      new ProgressRow(row.id, ended(row, failed, end)).persist();
      return true;
    }
    DownloadProgressed last = progress.get().said();
    if (States.isFinal(last.state())) {
      boolean explained = last.error().filter(failed.problem()::equals).isPresent();
      if (last.state() != end || explained) {
        return false;
      }
    }
    progress.get().take(ended(last, end, failed));
    return true;
  }

  /** Sets the requests' own states, then writes down those that have ended. */
  private boolean settle(List<DownloadRow> rows, Optional<CommitId> commit, Instant at) {
    List<DownloadRow> ended = rows.stream().filter(this::hasJustEnded).toList();
    ended.forEach(row -> tell(row, commit, at));
    ended.forEach(this::writeDown);
    rows.forEach(row -> changed.fire(new DownloadChanged(row.id)));
    return !rows.isEmpty();
  }

  /** Sets the request's own state from those of its locations. */
  private boolean hasJustEnded(DownloadRow row) {
    List<DownloadProgressed> each =
        row.deciding(
            ProgressRow.<ProgressRow>list("id = ?1 order by location", row.id).stream()
                .map(ProgressRow::said)
                .toList());
    DownloadState state =
        row.isFinal
            ? States.of(row.state)
            : States.together(each.stream().map(DownloadProgressed::state).toList(), row.expected);
    row.state = States.word(state);
    row.problem = Json.textOrNull(problem(state, each));
    row.updatedAt = now();
    if (!States.isFinal(state) || row.isFinal) {
      return false;
    }
    row.isFinal = true;
    row.finishedAt = row.updatedAt;
    return true;
  }

  /** The problem of a location whose state is the request's; what went well has none. */
  private static Optional<Problem> problem(DownloadState state, List<DownloadProgressed> each) {
    if (state == DownloadState.DONE || state == DownloadState.PLANNED) {
      return Optional.empty();
    }
    return each.stream()
        .filter(said -> said.state() == state)
        .flatMap(said -> said.error().stream())
        .filter(error -> state != DownloadState.CANCELLED || error.code() == ProblemCode.CANCELLED)
        .findFirst();
  }

  /** Of requests that joined another one only that one; a plan was only a question. */
  private void tell(DownloadRow row, Optional<CommitId> commit, Instant at) {
    DownloadState state = States.of(row.state);
    boolean told =
        state == DownloadState.DONE
            || state == DownloadState.FAILED
            || state == DownloadState.EXPIRED;
    if (told && row.joinedTo == null && !row.isPlan()) {
      newsroom.ended(
          new Newsroom.DownloadEnd(
              row.id,
              Optional.ofNullable(row.model),
              state == DownloadState.DONE,
              commit.map(CommitId::value),
              row.failure(),
              at));
    }
  }

  private void writeDown(DownloadRow row) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("requestId", row.id);
    row.failure().map(problem -> problem.code().code()).ifPresent(code -> detail.put("code", code));
    ledger.write(
        Origin.event("download/" + row.id + "/" + row.state)
            .entry(
                "download." + row.state,
                row.model == null ? "download/" + row.id : "model/" + row.model,
                detail),
        List.of());
  }

  private static List<DownloadRow> hold(Set<RequestId> ids, ModelName model, Instant since) {
    return ids.stream()
        .map(RequestId::value)
        .sorted()
        .map(
            id -> {
              DownloadRow row = DownloadRow.hold(id, since);
              if (row.model == null) {
                row.model = model.value();
              }
              return row;
            })
        .toList();
  }

  private static Optional<ProgressRow> progress(DownloadRow row, LocationName location) {
    return ProgressRow.findByIdOptional(new ProgressRow.Key(row.id, location.value()));
  }

  private static DownloadState endOf(ProblemCode code) {
    return switch (code) {
      case CANCELLED -> DownloadState.CANCELLED;
      case EXPIRED -> DownloadState.EXPIRED;
      default -> DownloadState.FAILED;
    };
  }

  /** A failure that came before, or without, any progress. */
  private static DownloadProgressed ended(
      DownloadRow row, DownloadFailed failed, DownloadState end) {
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
        together(RequestId.of(row.id), failed.requestIds()).stream().toList(),
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
