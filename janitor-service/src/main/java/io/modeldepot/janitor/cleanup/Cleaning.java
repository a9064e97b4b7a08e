package io.modeldepot.janitor.cleanup;

import io.modeldepot.events.command.CleanupAction;
import io.modeldepot.events.command.CleanupDue;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.janitor.announce.JobTeller;
import io.modeldepot.janitor.job.Asked;
import io.modeldepot.janitor.job.Ending;
import io.modeldepot.janitor.job.Lane;
import io.modeldepot.janitor.job.MaintenanceJob;
import io.modeldepot.janitor.job.OwnRequests;
import io.modeldepot.janitor.job.Progress;
import io.modeldepot.janitor.job.Worker;
import io.modeldepot.janitor.site.Site;
import io.modeldepot.janitor.site.SiteReader;
import io.modeldepot.janitor.site.SiteUnknown;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.survey.Survey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Cleans up: picture, plan, and, unless only the plan was asked for, the carrying out. */
@ApplicationScoped
public class Cleaning implements Worker {
  private final KafkaConnection connection;
  private final JobTeller teller;
  private final ClockWatch clockWatch;
  private final Clock clock;
  private final CleanupMetrics metrics;

  @Inject
  Cleaning(
      KafkaConnection connection,
      JobTeller teller,
      ClockWatch clockWatch,
      Clock clock,
      CleanupMetrics metrics) {
    this.connection = connection;
    this.teller = teller;
    this.clockWatch = clockWatch;
    this.clock = clock;
    this.metrics = metrics;
  }

  @Override
  public Lane lane() {
    return Lane.CLEANUP;
  }

  @Override
  public boolean takes(Asked asked) {
    return asked
        .cleanup()
        .filter(it -> it.action().orElse(CleanupAction.REMOVE) == CleanupAction.REMOVE)
        .isPresent();
  }

  @Override
  public Ending work(MaintenanceJob job, Shelf shelf, Consumer<Progress> progress)
      throws IOException, InterruptedException {
    CleanupDue command = job.asked().cleanup().orElseThrow();
    try {
      Ending ending = clean(command, job, shelf, progress);
      metrics.ended(command.scope(), ending, shelf.store());
      return ending;
    } catch (SiteUnknown e) {
      metrics.refused("broker");
      throw e;
    } catch (ClockJumped e) {
      metrics.refused("clock");
      throw e;
    }
  }

  private Ending clean(
      CleanupDue command, MaintenanceJob job, Shelf shelf, Consumer<Progress> progress)
      throws IOException, InterruptedException {
    PlanBook book = new PlanBook(shelf.store());
    try (SiteReader site = SiteReader.open(connection, job.location(), clock)) {
      site.requireUpToDate();
      Instant volumesNow = clockWatch.requireSteady(shelf.store());
      BrokerWatch.requireKnown(shelf.store(), site.topics(), volumesNow);
      book.forgetOld(volumesNow);
      Optional<Plan> begun = book.begun(job.requestId());
      if (begun.isPresent()) {
        return carryOut(begun.get(), job.requestId(), shelf, site, progress, Applier.GOING_ON);
      }
      if (command.plan().isPresent()) {
        return exactly(command.plan().get(), job.requestId(), shelf, site, progress);
      }
      Plan plan = plan(command, job.requestId(), shelf, site.site());
      book.write(plan);
      if (command.dryRun()) {
        return new Ending.Planned(Results.planned(plan));
      }
      book.begin(job.requestId(), plan);
      return carryOut(plan, job.requestId(), shelf, site, progress, Applier.FIRST_TRY);
    }
  }

  private Ending carryOut(
      Plan plan,
      RequestId job,
      Shelf shelf,
      SiteReader site,
      Consumer<Progress> progress,
      Duration patience)
      throws IOException, InterruptedException {
    List<Outcome> outcomes =
        new Applier(shelf, site, teller, clockWatch, plan, job, patience).apply(progress);
    return new Ending.Done(Results.done(plan, outcomes));
  }

  /** Does exactly a plan, or nothing: if something it names is not as it was, it is refused. */
  private Ending exactly(
      String id, RequestId job, Shelf shelf, SiteReader site, Consumer<Progress> progress)
      throws IOException, InterruptedException {
    PlanBook book = new PlanBook(shelf.store());
    Optional<Plan> found = book.read(id);
    if (found.isEmpty()) {
      return new Ending.Failed(
          Problem.of(
              ProblemCode.NOT_FOUND,
              "There is no plan %s on this volume; plans are forgotten after two weeks."
                  .formatted(id),
              Map.of("plan", id)));
    }
    Plan plan = found.get();
    if (plan.madeAt().plus(Plan.VALID).isBefore(clockWatch.requireSteady(shelf.store()))) {
      return stale(plan, "it is older than 24 hours");
    }
    Plan now = plan(plan.command(), plan.madeFor(), shelf, site.site());
    Set<String> still = now.items().stream().map(Item::identity).collect(Collectors.toSet());
    Optional<Item> changed =
        plan.items().stream().filter(item -> !still.contains(item.identity())).findFirst();
    if (changed.isPresent()) {
      String why =
          now.kept().stream()
              .filter(it -> it.what().equals(changed.get().what()))
              .map(it -> " (" + it.reason() + ")")
              .findFirst()
              .orElse("");
      return stale(plan, changed.get().what() + " has changed" + why);
    }
    book.begin(job, plan);
    return carryOut(plan, job, shelf, site, progress, Applier.FIRST_TRY);
  }

  private static Ending stale(Plan plan, String why) {
    return new Ending.Failed(
        Problem.of(
            ProblemCode.STALE_PLAN,
            "The plan %s is not carried out: %s. Nothing was removed.".formatted(plan.id(), why),
            Map.of("plan", plan.id())));
  }

  private static Plan plan(CleanupDue command, RequestId job, Shelf shelf, Site site)
      throws IOException {
    Survey survey = shelf.store().surveyor().look();
    Picture picture =
        new Picture(
            survey,
            site,
            References.backups(shelf.store()),
            new UseBook(shelf.store()).look(site, survey.versions(), survey.volumesNow()));
    Order order = Order.of(command, site.retention());
    // Not its id says who asked: anybody can choose one.
    boolean ours = new OwnRequests(shelf.store()).gave(command);
    return Planner.plan(picture, ours ? order.shortOfSpace() : order, command, job);
  }
}
