package io.modeldepot.janitor.cleanup;

import io.modeldepot.events.command.CleanupDue;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.janitor.announce.Facts;
import io.modeldepot.janitor.job.Ending;
import io.modeldepot.janitor.job.OwnRequests;
import io.modeldepot.janitor.job.Progress;
import io.modeldepot.janitor.site.KnownSite;
import io.modeldepot.janitor.site.Site;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.survey.Survey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * One cleanup of one volume, by one who is its janitor: picture, plan, and, unless only the plan
 * was asked for, the carrying out. What the topics say comes through {@link KnownSite}, and no
 * clock is asked but those given.
 */
public final class Cleanup {
  private final Shelf shelf;
  private final KnownSite site;
  private final String topics;
  private final Facts facts;
  private final ClockWatch clockWatch;
  private final LongSupplier nanos;

  /**
   * A cleanup.
   *
   * @param site what everybody wants; up to date
   * @param topics what names this broker and its topics, and nobody else's
   * @param facts where is told what went
   * @param nanos a monotonic clock, nanoseconds
   */
  public Cleanup(
      Shelf shelf,
      KnownSite site,
      String topics,
      Facts facts,
      ClockWatch clockWatch,
      LongSupplier nanos) {
    this.shelf = shelf;
    this.site = site;
    this.topics = topics;
    this.facts = facts;
    this.clockWatch = clockWatch;
    this.nanos = nanos;
  }

  /**
   * Cleans up. Again after a crash, under the same id, it goes on with the plan it had begun.
   *
   * @throws IOException when the volume or the broker is away, or something forbids all removal
   *     now; to be called again
   */
  public Ending clean(CleanupDue command, RequestId job, Consumer<Progress> progress)
      throws IOException, InterruptedException {
    PlanBook book = new PlanBook(shelf.store());
    Instant volumesNow = clockWatch.requireSteady(shelf.store());
    BrokerWatch.requireKnown(shelf.store(), topics, volumesNow);
    book.forgetOld(volumesNow);
    Optional<Plan> begun = book.begun(job);
    if (begun.isPresent()) {
      return carryOut(begun.get(), job, progress, Applier.GOING_ON);
    }
    if (command.plan().isPresent()) {
      return exactly(command.plan().get(), job, progress);
    }
    Plan plan = plan(command, job);
    book.write(plan);
    if (command.dryRun()) {
      return new Ending.Planned(Results.planned(plan));
    }
    book.begin(job, plan);
    return carryOut(plan, job, progress, Applier.FIRST_TRY);
  }

  private Ending carryOut(Plan plan, RequestId job, Consumer<Progress> progress, Duration patience)
      throws IOException, InterruptedException {
    List<Outcome> outcomes =
        new Applier(shelf, site, facts, clockWatch, plan, job, patience, nanos).apply(progress);
    return new Ending.Done(Results.done(plan, outcomes));
  }

  /** Does exactly a plan, or nothing: if something it names is not as it was, it is refused. */
  private Ending exactly(String id, RequestId job, Consumer<Progress> progress)
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
    Plan now = plan(plan.command(), plan.madeFor());
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
    return carryOut(plan, job, progress, Applier.FIRST_TRY);
  }

  private static Ending stale(Plan plan, String why) {
    return new Ending.Failed(
        Problem.of(
            ProblemCode.STALE_PLAN,
            "The plan %s is not carried out: %s. Nothing was removed.".formatted(plan.id(), why),
            Map.of("plan", plan.id())));
  }

  private Plan plan(CleanupDue command, RequestId job) throws IOException {
    Site known = site.site();
    Survey survey = shelf.store().surveyor().look();
    Picture picture =
        new Picture(
            survey,
            known,
            References.backups(shelf.store()),
            new UseBook(shelf.store()).look(known, survey.versions(), survey.volumesNow()));
    Order order = Order.of(command, known.retention());
    // Not its id says who asked: anybody can choose one.
    boolean ours = new OwnRequests(shelf.store()).gave(command);
    return Planner.plan(picture, ours ? order.shortOfSpace() : order, command, job);
  }
}
