package io.modeldepot.downloader.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.downloader.job.JobEvent.Bytes;
import io.modeldepot.events.state.WaitingFor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of the contract's section 3, cell by cell, in its order. {@code -} is a dash there,
 * {@code late} is "too late", {@code same} is the same state with the same content. Joined has no
 * column there; its cells follow from the text below the table. A final state has dashes only.
 */
class JobMachineTest {
  private static final List<String> COLUMNS =
      List.of(
          "requested",
          "waiting",
          "resolving",
          "checking",
          "transferring",
          "publishing",
          "announcing",
          "joined");

  private static final String TABLE =
      """
      claimed             | resolving | -         | -          | -         | -            | -          | -          | -
      retry due           | -         | resolving | -          | -         | -            | -          | -          | -
      resolved            | -         | -         | checking   | -         | -            | -          | -          | -
      already here        | -         | -         | announcing | -         | -            | -          | -          | -
      same as another     | -         | -         | joined     | -         | -            | -          | -          | -
      catalog silent      | -         | -         | waiting    | -         | -            | -          | -          | -
      elsewhere           | -         | -         | cancelled  | -         | -            | -          | -          | -
      plan made           | -         | -         | -          | planned   | -            | -          | -          | -
      admitted            | -         | -         | -          | transferring | -         | -          | -          | -
      refused             | -         | failed    | failed     | failed    | failed       | -          | -          | -
      setback             | -         | -         | waiting    | waiting   | waiting      | same       | same       | -
      spent               | expired   | failed    | -          | -         | -            | -          | -          | -
      block written       | -         | -         | -          | -         | same         | -          | -          | -
      digest wrong        | -         | -         | -          | -         | same         | -          | -          | -
      digest wrong again  | -         | -         | -          | -         | failed       | -          | -          | -
      branch moved        | -         | -         | -          | -         | same         | -          | -          | -
      commit changed      | -         | -         | -          | -         | failed       | -          | -          | -
      all verified        | -         | -         | -          | -         | publishing   | -          | -          | -
      published           | -         | -         | -          | -         | -            | announcing | -          | -
      acknowledged        | -         | -         | -          | -         | -            | -          | done       | -
      cancel seen         | cancelled | cancelled | cancelled  | cancelled | cancelled    | late       | late       | cancelled
      taken over          | same      | same      | same       | same      | same         | same       | same       | same
      shut down           | same      | same      | same       | same      | same         | same       | same       | same
      host done           | -         | -         | -          | -         | -            | -          | -          | done
      host failed         | -         | -         | -          | -         | -            | -          | -          | failed
      host planned        | -         | -         | -          | -         | -            | -          | -          | planned
      host expired        | -         | -         | -          | -         | -            | -          | -          | expired
      host cancelled      | -         | -         | -          | -         | -            | -          | -          | requested
      host forgotten      | -         | -         | -          | -         | -            | -          | -          | requested
      """;

  static Map<String, JobEvent> events() {
    return Map.ofEntries(
        Map.entry("claimed", new JobEvent.Claimed()),
        Map.entry("retry due", new JobEvent.RetryDue()),
        Map.entry("resolved", new JobEvent.Resolved(Jobs.COMMIT)),
        Map.entry("already here", new JobEvent.AlreadyHere(Jobs.COMMIT)),
        Map.entry("same as another", new JobEvent.SameAsAnother(Jobs.COMMIT, Jobs.HOST)),
        Map.entry("catalog silent", new JobEvent.CatalogSilent(Jobs.LATER)),
        Map.entry("elsewhere", new JobEvent.NotForThisLocation()),
        Map.entry("plan made", new JobEvent.PlanMade(Jobs.PLAN)),
        Map.entry("admitted", new JobEvent.Admitted()),
        Map.entry("refused", new JobEvent.Refused(Jobs.WHY)),
        Map.entry(
            "setback", new JobEvent.Setback(Jobs.WHY, WaitingFor.HUB, Jobs.LATER, Bytes.NONE_CAME)),
        Map.entry("spent", new JobEvent.Spent(Jobs.WHY)),
        Map.entry("block written", new JobEvent.BlockWritten()),
        Map.entry("digest wrong", new JobEvent.DigestWrong("a")),
        Map.entry("digest wrong again", new JobEvent.DigestWrongAgain("a", Jobs.WHY)),
        Map.entry("branch moved", new JobEvent.BranchMoved("a")),
        Map.entry("commit changed", new JobEvent.CommitChanged(Jobs.WHY)),
        Map.entry("all verified", new JobEvent.AllVerified()),
        Map.entry("published", new JobEvent.Published()),
        Map.entry("acknowledged", new JobEvent.Acknowledged()),
        Map.entry("cancel seen", new JobEvent.CancelSeen()),
        Map.entry("taken over", new JobEvent.TakenOver()),
        Map.entry("shut down", new JobEvent.ShutDown()),
        Map.entry("host done", hostEnded(new JobState.Done(Jobs.COMMIT))),
        Map.entry(
            "host failed", hostEnded(new JobState.Failed(Optional.of(Jobs.COMMIT), Jobs.WHY))),
        Map.entry("host planned", hostEnded(new JobState.Planned(Jobs.COMMIT, Jobs.PLAN))),
        Map.entry("host expired", hostEnded(new JobState.Expired(Jobs.WHY))),
        Map.entry("host cancelled", hostEnded(new JobState.Cancelled(Optional.empty()))),
        Map.entry("host forgotten", new JobEvent.HostEnded(Optional.empty())));
  }

  private static JobEvent event(String name) {
    return Objects.requireNonNull(events().get(name), name);
  }

  static Stream<Arguments> cells() {
    return TABLE
        .lines()
        .flatMap(
            line -> {
              List<String> cells = Stream.of(line.split("\\|")).map(String::strip).toList();
              return Stream.iterate(0, column -> column + 1)
                  .limit(COLUMNS.size())
                  .map(
                      column ->
                          Arguments.of(
                              cells.getFirst(), COLUMNS.get(column), cells.get(column + 1)));
            });
  }

  @ParameterizedTest(name = "{0} in {1}: {2}")
  @MethodSource("cells")
  void everyCellIsAsInTheContract(String event, String state, String cell) {
    JobState before = Jobs.state(state);

    Step step = JobMachine.next(before, event(event));

    assertThat(cell(before, step)).isEqualTo(cell);
  }

  static Stream<Arguments> cellsOfFinalStates() {
    return events().keySet().stream()
        .filter(event -> !event.equals("taken over") && !event.equals("cancel seen"))
        .flatMap(
            event ->
                Stream.of("planned", "done", "failed", "cancelled", "expired")
                    .map(state -> Arguments.of(event, state)));
  }

  @ParameterizedTest(name = "{0} in {1}")
  @MethodSource("cellsOfFinalStates")
  void nothingHappensInAFinalState(String event, String state) {
    assertThat(JobMachine.next(Jobs.state(state), event(event))).isEqualTo(new Step.NotPossible());
  }

  @ParameterizedTest
  @MethodSource("finalStates")
  void aCancelComesTooLateForAFinalState(JobState state) {
    assertThat(JobMachine.next(state, new JobEvent.CancelSeen())).isEqualTo(new Step.TooLate());
  }

  @ParameterizedTest
  @MethodSource("finalStates")
  void whoTakesAFinalJobOverOnlyTellsItsEndAgain(JobState state) {
    Step.Taken step = (Step.Taken) JobMachine.next(state, new JobEvent.TakenOver());

    assertThat(step.state()).isEqualTo(state);
    assertThat(step.effects()).endsWith(new Effect.Dissolve());
  }

  static Stream<JobState> finalStates() {
    return Jobs.states().values().stream().filter(JobState.Final.class::isInstance);
  }

  private static JobEvent hostEnded(JobState.Final as) {
    return new JobEvent.HostEnded(Optional.of(as));
  }

  private static String cell(JobState before, Step step) {
    return switch (step) {
      case Step.NotPossible _ -> "-";
      case Step.TooLate _ -> "late";
      case Step.Taken taken when taken.state().equals(before) -> "same";
      case Step.Taken taken -> taken.state().name().name().toLowerCase(java.util.Locale.ROOT);
    };
  }
}
