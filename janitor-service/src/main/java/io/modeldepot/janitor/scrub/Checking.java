package io.modeldepot.janitor.scrub;

import io.modeldepot.events.command.CleanupAction;
import io.modeldepot.events.command.CleanupDue;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.janitor.job.Asked;
import io.modeldepot.janitor.job.Ending;
import io.modeldepot.janitor.job.Lane;
import io.modeldepot.janitor.job.MaintenanceJob;
import io.modeldepot.janitor.job.Progress;
import io.modeldepot.janitor.job.Worker;
import io.modeldepot.store.integrity.Finding;
import io.modeldepot.store.integrity.Verifier;
import io.modeldepot.store.integrity.VersionReport;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.survey.Survey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Reads versions again because somebody asks, and asks for what is damaged to be brought anew. */
@ApplicationScoped
public class Checking implements Worker {
  private static final int ROWS = 1000;

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

  @Override
  public Ending work(MaintenanceJob job, Shelf shelf, Consumer<Progress> progress)
      throws IOException, InterruptedException {
    CleanupDue command = job.asked().cleanup().orElseThrow();
    List<Survey.Version> versions =
        shelf.store().surveyor().versions().stream()
            .filter(it -> command.model().filter(model -> !model.equals(it.model())).isEmpty())
            .filter(it -> command.commit().filter(one -> !one.equals(it.commit())).isEmpty())
            .filter(it -> command.family().filter(one -> !one.equals(it.family())).isEmpty())
            .toList();
    List<ManifestBook.Rotten> rotten = rotten(shelf, command, versions);
    if (versions.isEmpty() && rotten.isEmpty() && command.model().isPresent()) {
      return new Ending.Failed(
          Problem.of(
              ProblemCode.NOT_PRESENT,
              "This location has no such version of " + command.model().get() + ".",
              Map.of("model", command.model().get().value())));
    }
    return new Ending.Done(check(shelf, command, versions, rotten, progress));
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
                command.model().filter(it -> !it.equals(model)).isEmpty()
                    && command.commit().filter(it -> !it.equals(commit)).isEmpty()
                    && (asked.contains(model + "@" + commit)
                        || !whole.contains(model + "@" + commit)));
  }

  private Map<String, Object> check(
      Shelf shelf,
      CleanupDue command,
      List<Survey.Version> versions,
      List<ManifestBook.Rotten> rotten,
      Consumer<Progress> progress)
      throws IOException, InterruptedException {
    Damage.Cause cause =
        command.action().filter(CleanupAction.REPAIR::equals).isPresent()
            ? Damage.Cause.REPAIR
            : Damage.Cause.VERIFY;
    long total = versions.stream().mapToLong(Survey.Version::bytes).sum();
    AtomicLong read = new AtomicLong();
    Verifier verifier = shelf.store().verifier();
    List<Map<String, Object>> findings = new ArrayList<>();
    Set<String> damagedVersions = new HashSet<>();
    for (ManifestBook.Rotten one : rotten) {
      damagedVersions.add(one.model() + "@" + one.commit());
      findings.add(row(one));
    }
    for (Survey.Version version : versions) {
      Optional<VersionReport> report =
          verifier.verify(
              version.model(),
              version.commit(),
              Verifier.Depth.BYTES,
              bytes ->
                  progress.accept(new Progress(read.addAndGet(bytes), total, versions.size())));
      if (report.isPresent()) {
        damage.read(shelf, report.get(), cause);
        if (report.get().damaged()) {
          damagedVersions.add(version.model() + "@" + version.commit());
        }
        report.get().findings().forEach(it -> findings.add(row(version, it)));
      }
    }
    int damaged = damagedVersions.size();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("versions", versions.size());
    result.put("damaged", damaged);
    result.put("readBytes", read.get());
    result.put("findings", findings.subList(0, Math.min(ROWS, findings.size())));
    result.put("truncated", findings.size() > ROWS);
    // The downloader announces these again: what came onto the volume by hand is listed then.
    result.put(
        "models", versions.stream().map(it -> it.model().value()).distinct().sorted().toList());
    result.put("repair", cause == Damage.Cause.REPAIR && damaged > 0);
    return result;
  }

  private static Map<String, Object> row(ManifestBook.Rotten rotten) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("model", rotten.model().value());
    row.put("commit", rotten.commit().value());
    row.put("path", rotten.path());
    row.put("damage", true);
    row.put("say", rotten.why());
    return row;
  }

  private static Map<String, Object> row(Survey.Version version, Finding finding) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("model", version.model().value());
    row.put("commit", version.commit().value());
    row.put("path", finding.path());
    row.put("damage", finding.isDamage());
    row.put("say", Damage.words(finding));
    return row;
  }
}
