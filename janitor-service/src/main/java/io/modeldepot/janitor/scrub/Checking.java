package io.modeldepot.janitor.scrub;

import io.modeldepot.events.command.CleanupAction;
import io.modeldepot.events.command.CleanupDue;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.janitor.job.Asked;
import io.modeldepot.janitor.job.Ending;
import io.modeldepot.janitor.job.Lane;
import io.modeldepot.janitor.job.MaintenanceJob;
import io.modeldepot.janitor.job.Progress;
import io.modeldepot.janitor.job.Worker;
import io.modeldepot.store.archive.ArchiveCheck;
import io.modeldepot.store.integrity.Verifier;
import io.modeldepot.store.integrity.VersionReport;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.survey.Survey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Reads versions again because somebody asks, and asks for what is damaged to be brought anew. */
@ApplicationScoped
public class Checking implements Worker {
  private final Damage damage;

  @Inject
  Checking(Damage damage) {
    this.damage = damage;
  }

  @Override
  public Lane lane() {
    return Lane.INTEGRITY;
  }

  @Override
  public boolean takes(Asked asked) {
    return asked
        .cleanup()
        .flatMap(CleanupDue::action)
        .filter(it -> it == CleanupAction.VERIFY || it == CleanupAction.REPAIR)
        .isPresent();
  }

  /** What there is of what was asked for. */
  private record Wanted(
      List<Survey.Version> versions,
      List<ManifestBook.Rotten> rotten,
      List<ArchiveReading.Archived> archived) {
    boolean isNothing() {
      return versions.isEmpty() && rotten.isEmpty() && archived.isEmpty();
    }
  }

  @Override
  public Ending work(MaintenanceJob job, Shelf shelf, Consumer<Progress> progress)
      throws IOException, InterruptedException {
    CleanupDue command = job.asked().cleanup().orElseThrow();
    List<Survey.Version> versions =
        shelf.store().surveyor().versions().stream()
            .filter(it -> isMeant(command, it.model(), it.commit()))
            .filter(it -> command.family().filter(one -> !one.equals(it.family())).isEmpty())
            .toList();
    Wanted wanted =
        new Wanted(versions, rotten(shelf, command, versions), archived(shelf, command));
    if (wanted.isNothing() && command.model().isPresent()) {
      return new Ending.Failed(
          Problem.of(
              ProblemCode.NOT_PRESENT,
              "This location has no such version of " + command.model().get() + ".",
              Map.of("model", command.model().get().value())));
    }
    return new Ending.Done(check(shelf, command, wanted, progress));
  }

  private static boolean isMeant(CleanupDue command, ModelName model, CommitId commit) {
    return command.model().filter(it -> !it.equals(model)).isEmpty()
        && command.commit().filter(it -> !it.equals(commit)).isEmpty();
  }

  /** Of what was asked for, and of a family also what does not say any more which it is of. */
  private static List<ManifestBook.Rotten> rotten(
      Shelf shelf, CleanupDue command, List<Survey.Version> versions) throws IOException {
    Set<String> whole = new HashSet<>();
    shelf.store().surveyor().versions().forEach(it -> whole.add(it.model() + "@" + it.commit()));
    Set<String> asked = new HashSet<>();
    versions.forEach(it -> asked.add(it.model() + "@" + it.commit()));
    return new ManifestBook(shelf.store())
        .look(
            (model, commit) ->
                isMeant(command, model, commit)
                    && (asked.contains(model + "@" + commit)
                        || !whole.contains(model + "@" + commit)));
  }

  /** The same in the archive. */
  private static List<ArchiveReading.Archived> archived(Shelf shelf, CleanupDue command)
      throws IOException {
    List<ArchiveReading.Archived> asked = new ArrayList<>();
    for (ArchiveReading.Archived one : new ArchiveReading(shelf.store()).all()) {
      Optional<FamilyName> family =
          shelf
              .store()
              .archive()
              .shelf()
              .find(one.model(), one.commit())
              .map(it -> it.manifest().family());
      boolean another =
          family.isPresent() && command.family().filter(it -> !it.equals(family.get())).isPresent();
      if (isMeant(command, one.model(), one.commit()) && !another) {
        asked.add(one);
      }
    }
    return asked;
  }

  private Map<String, Object> check(
      Shelf shelf, CleanupDue command, Wanted wanted, Consumer<Progress> progress)
      throws IOException, InterruptedException {
    Cause cause =
        command.action().filter(CleanupAction.REPAIR::equals).isPresent()
            ? Cause.REPAIR
            : Cause.VERIFY;
    int count = wanted.versions().size() + wanted.archived().size();
    long total =
        wanted.versions().stream().mapToLong(Survey.Version::bytes).sum()
            + wanted.archived().stream().mapToLong(ArchiveReading.Archived::bytes).sum();
    AtomicLong read = new AtomicLong();
    LongConsumer pieces =
        bytes -> progress.accept(new Progress(read.addAndGet(bytes), total, count));
    Checked checked = new Checked();
    wanted.rotten().forEach(checked::found);
    Verifier verifier = shelf.store().verifier();
    for (Survey.Version version : wanted.versions()) {
      Optional<VersionReport> report =
          verifier.verify(version.model(), version.commit(), Verifier.Depth.BYTES, pieces);
      if (report.isPresent()) {
        damage.read(shelf, report.get(), cause);
        report.get().findings().forEach(it -> checked.found(version, it));
      }
    }
    ArchiveReading archive = new ArchiveReading(shelf.store());
    for (ArchiveReading.Archived one : wanted.archived()) {
      List<ArchiveCheck.Damaged> found = archive.readAll(one, shelf.store().volumesNow(), pieces);
      damage.archived(one.model(), one.commit(), found, cause);
      found.forEach(it -> checked.found(one, it));
    }
    return checked.result(
        count, read.get(), wanted.versions().stream().map(Survey.Version::model).toList(), cause);
  }
}
