package io.modeldepot.registry.maintenance;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.state.MaintenanceKind;
import io.modeldepot.events.state.MaintenanceProgressed;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.registry.door.Json;
import io.modeldepot.registry.problem.ProblemBody;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Work of the janitors as REST shows it. Progress and result are absent until the first record
 * came; of several locations the sums are given, and each record in {@code at}.
 *
 * @param id of the request
 * @param requestId the same, under the name that events have for it
 * @param backup the id of the backup that was made or that the work is about, as {@code
 *     restore-requested} names it; absent until it is known
 */
public record MaintenanceView(
    String id,
    String requestId,
    Optional<String> backup,
    Optional<MaintenanceKind> kind,
    Optional<String> model,
    Optional<String> location,
    String state,
    @JsonProperty("final") boolean isFinal,
    Optional<Long> doneBytes,
    Optional<Long> totalBytes,
    Optional<Integer> items,
    Optional<ProblemBody> problem,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Object> result,
    JsonNode asked,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<MaintenanceProgressed> at,
    String actor,
    String origin,
    Instant createdAt,
    Instant updatedAt,
    Optional<Instant> finishedAt) {

  static MaintenanceView of(MaintenanceRow row, List<MaintenanceProgressed> at) {
    Optional<MaintenanceProgressed> shown =
        at.stream()
            .filter(said -> WorkStates.word(said.state()).equals(row.state))
            .findFirst()
            .or(() -> at.stream().findFirst());
    Map<String, Object> result = shown.map(MaintenanceProgressed::result).orElse(Map.of());
    return new MaintenanceView(
        row.id,
        row.id,
        Optional.ofNullable(result.get("backup")).map(Object::toString),
        shown.map(MaintenanceProgressed::kind),
        Optional.ofNullable(row.model),
        at.size() == 1 ? Optional.of(at.getFirst().location().value()) : Optional.<String>empty(),
        row.state,
        row.isFinal,
        sum(at, MaintenanceProgressed::doneBytes),
        sum(at, MaintenanceProgressed::totalBytes),
        sum(at, said -> said.items().map(Integer::longValue)).map(Math::toIntExact),
        shown.flatMap(MaintenanceProgressed::problem).map(problem -> body(row, problem)),
        result,
        Json.value(row.payload, JsonNode.class),
        at.size() > 1 ? at : List.of(),
        row.actor,
        row.origin,
        row.createdAt,
        row.updatedAt,
        Optional.ofNullable(row.finishedAt));
  }

  /** The same without the long lists of its result, which a list of many has no place for. */
  MaintenanceView inShort() {
    Map<String, Object> shorter = new java.util.LinkedHashMap<>(result);
    shorter.remove("removed");
    shorter.remove("kept");
    return new MaintenanceView(
        id,
        requestId,
        backup,
        kind,
        model,
        location,
        state,
        isFinal,
        doneBytes,
        totalBytes,
        items,
        problem,
        shorter,
        asked,
        List.of(),
        actor,
        origin,
        createdAt,
        updatedAt,
        finishedAt);
  }

  private static ProblemBody body(MaintenanceRow row, Problem problem) {
    return ProblemBody.of(problem, "/api/v1/" + row.work + "/" + row.id, row.id, List.of());
  }

  private static Optional<Long> sum(
      List<MaintenanceProgressed> at, Function<MaintenanceProgressed, Optional<Long>> number) {
    return at.stream().map(number).flatMap(Optional::stream).reduce(Long::sum);
  }
}
