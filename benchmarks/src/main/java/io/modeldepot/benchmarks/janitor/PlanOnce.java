package io.modeldepot.benchmarks.janitor;

import io.modeldepot.benchmarks.rig.Usage;
import io.modeldepot.events.command.CleanupDue;
import io.modeldepot.events.command.CleanupScope;
import io.modeldepot.events.fact.RemovalReason;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Profile;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.UpdatePolicy;
import io.modeldepot.janitor.cleanup.Order;
import io.modeldepot.janitor.cleanup.Picture;
import io.modeldepot.janitor.cleanup.Plan;
import io.modeldepot.janitor.cleanup.PlanBook;
import io.modeldepot.janitor.cleanup.Planner;
import io.modeldepot.janitor.cleanup.UseBook;
import io.modeldepot.janitor.site.Site;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.survey.Survey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A process that looks at a volume, plans a cleanup, writes the plan down and says what it took.
 */
public final class PlanOnce {
  private PlanOnce() {}

  /**
   * @param args the volume
   */
  public static void main(String[] args) throws IOException {
    long begun = System.nanoTime();
    ModelStore store = ModelStore.open(Path.of(args[0]));
    Survey survey = store.surveyor().look();
    double looked = seconds(begun);
    Site site = site(survey);
    Picture picture =
        new Picture(
            survey,
            site,
            List.of(),
            new UseBook(store).look(site, survey.versions(), survey.volumesNow()));
    Plan plan = Planner.plan(picture, order(), command(), RequestId.of("benchmark"));
    new PlanBook(store).write(plan);
    System.out.printf(
        "%d versions, %d blobs: %d things go; %.2f s (looking %.2f s), at most %d MiB%n",
        survey.versions().size(),
        survey.blobs().size(),
        plan.items().size(),
        seconds(begun),
        looked,
        Usage.of(ProcessHandle.current().pid()).peakBytes() >> 20);
  }

  private static double seconds(long since) {
    return Duration.ofNanos(System.nanoTime() - since).toMillis() / 1000.0;
  }

  private static Site site(Survey survey) {
    Map<ModelName, ModelDescribed> wishes = new HashMap<>();
    for (Survey.Version version : survey.versions()) {
      wishes.computeIfAbsent(version.model(), PlanOnce::wish);
    }
    return new Site(
        LocationName.of("default"),
        wishes,
        Map.of(),
        List.of(),
        List.of(),
        Map.of(),
        Instant.now());
  }

  private static ModelDescribed wish(ModelName model) {
    return new ModelDescribed(
        model,
        FamilyName.of("large"),
        Optional.empty(),
        model.value(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        UpdatePolicy.MANUAL,
        3,
        false,
        List.of(LocationName.of("default")),
        Profile.FULL,
        Optional.empty(),
        1);
  }

  private static Order order() {
    return new Order(
        Set.of(CleanupScope.CACHE, CleanupScope.VERSIONS, CleanupScope.UNUSED),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Duration.ofHours(72),
        Order.UNCUT,
        Duration.ofDays(60),
        0,
        Optional.empty(),
        RemovalReason.COMMAND);
  }

  private static CleanupDue command() {
    return new CleanupDue(
        CleanupScope.ALL,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
