package io.modeldepot.registry.downloads;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.command.DownloadSource;
import io.modeldepot.events.state.DownloadPlan;
import io.modeldepot.events.state.DownloadProgressed;
import io.modeldepot.events.state.FileInFlight;
import io.modeldepot.events.state.WaitingFor;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.registry.problem.ProblemBody;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** A download as REST shows it. The fields of progress are absent until the first record came. */
public record DownloadView(
    String id,
    Optional<String> model,
    Optional<String> repository,
    Optional<String> revision,
    Optional<String> location,
    Optional<DownloadSource> source,
    String state,
    @JsonProperty("final") boolean isFinal,
    boolean cancelRequested,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean planOnly,
    Optional<String> joinedTo,
    Optional<String> commit,
    Optional<Integer> attempt,
    Optional<Long> sequence,
    Optional<String> holder,
    Optional<Long> totalBytes,
    Optional<Long> doneBytes,
    Optional<Long> reusedBytes,
    Optional<Long> fetchedBytes,
    Optional<Integer> filesTotal,
    Optional<Integer> filesDone,
    Optional<Long> rateBytesPerSecond,
    Optional<Long> etaSeconds,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FileInFlight> inFlight,
    Optional<WaitingFor> waitingFor,
    Optional<DownloadPlan> plan,
    Optional<ProblemBody> problem,
    List<String> requestIds,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<DownloadProgressed> at,
    String actor,
    String origin,
    Instant createdAt,
    Instant updatedAt,
    Optional<Instant> finishedAt) {

  static DownloadView of(DownloadRow row, List<DownloadProgressed> at) {
    DownloadRequested asked = row.asked();
    Optional<DownloadProgressed> shown =
        at.stream().filter(said -> States.word(said.state()).equals(row.state)).findFirst();
    Optional<DownloadProgressed> any = shown.or(() -> at.stream().findFirst());
    return new DownloadView(
        row.id,
        Optional.ofNullable(row.model),
        Optional.ofNullable(row.repository),
        Optional.ofNullable(row.revision),
        at.size() == 1
            ? Optional.of(at.getFirst().location().value())
            : asked.location().map(LocationName::value),
        asked.source(),
        row.state,
        row.isFinal,
        row.cancelRequested,
        asked.plan(),
        Optional.ofNullable(row.joinedTo),
        any.flatMap(DownloadProgressed::commit).map(CommitId::value),
        any.map(DownloadProgressed::attempt),
        any.map(DownloadProgressed::sequence),
        any.map(DownloadProgressed::holder),
        sum(at, DownloadProgressed::totalBytes),
        sum(at, DownloadProgressed::doneBytes),
        sum(at, DownloadProgressed::reusedBytes),
        sum(at, DownloadProgressed::fetchedBytes),
        sum(at, DownloadProgressed::filesTotal).map(Long::intValue),
        sum(at, DownloadProgressed::filesDone).map(Long::intValue),
        running(row, at, DownloadProgressed::rateBytesPerSecond).reduce(Long::sum),
        running(row, at, DownloadProgressed::etaSeconds).reduce(Long::max),
        row.isFinal ? List.of() : at.stream().flatMap(said -> said.inFlight().stream()).toList(),
        row.isFinal ? Optional.empty() : any.flatMap(DownloadProgressed::waitingFor),
        any.flatMap(DownloadProgressed::plan),
        row.failure().map(problem -> body(row, problem)),
        any.map(DownloadProgressed::requestIds).orElse(List.of()).isEmpty()
            ? List.of(row.id)
            : any.get().requestIds().stream().map(RequestId::value).toList(),
        at.size() > 1 ? at : List.of(),
        row.actor,
        row.origin,
        row.createdAt,
        row.updatedAt,
        Optional.ofNullable(row.finishedAt));
  }

  private static ProblemBody body(DownloadRow row, Problem problem) {
    Problem named = row.model == null ? problem : problem.about(row.model);
    return ProblemBody.of(named, "/api/v1/downloads/" + row.id, row.id, List.of());
  }

  private static Optional<Long> sum(
      List<DownloadProgressed> at, ToLongFunction<DownloadProgressed> number) {
    return at.isEmpty() ? Optional.empty() : Optional.of(at.stream().mapToLong(number).sum());
  }

  private static Stream<Long> running(
      DownloadRow row,
      List<DownloadProgressed> at,
      Function<DownloadProgressed, Optional<Long>> number) {
    return row.isFinal ? Stream.empty() : at.stream().map(number).flatMap(Optional::stream);
  }
}
