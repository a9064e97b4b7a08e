package io.modeldepot.janitor.cleanup;

import io.modeldepot.events.command.CleanupAction;
import io.modeldepot.events.command.CleanupDue;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.Remedy;
import io.modeldepot.janitor.job.Asked;
import io.modeldepot.janitor.job.Ending;
import io.modeldepot.janitor.job.Lane;
import io.modeldepot.janitor.job.MaintenanceJob;
import io.modeldepot.janitor.job.Progress;
import io.modeldepot.janitor.job.Worker;
import io.modeldepot.janitor.site.KnownSite;
import io.modeldepot.janitor.site.SiteReader;
import io.modeldepot.kit.connection.KafkaConnection;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.manifest.Current;
import io.modeldepot.store.trash.Trash;
import io.modeldepot.store.trash.TrashEntry;
import io.modeldepot.store.trash.TrashNote;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Brings back what is in the trash: one entry, everything that one cleanup took, or what was taken
 * last. A version that was current is made current again, unless another one is.
 */
@ApplicationScoped
public class Undoing implements Worker {
  /** What names the latest removal, in any case of letters. */
  public static final String LAST = "last";

  private static final Duration FOR_A_CLAIM = Duration.ofSeconds(100);

  private final KafkaConnection connection;
  private final Clock clock;

  @Inject
  Undoing(KafkaConnection connection, Clock clock) {
    this.connection = connection;
    this.clock = clock;
  }

  @Override
  public Lane lane() {
    return Lane.CLEANUP;
  }

  @Override
  public boolean takes(Asked asked) {
    return asked
        .cleanup()
        .flatMap(CleanupDue::action)
        .filter(CleanupAction.UNDO::equals)
        .isPresent();
  }

  @Override
  public Ending work(MaintenanceJob job, Shelf shelf, Consumer<Progress> progress)
      throws IOException, InterruptedException {
    CleanupDue command = job.asked().cleanup().orElseThrow();
    List<TrashEntry> entries = asked(command, shelf.store().trash().list());
    if (entries.isEmpty()) {
      return new Ending.Failed(
          Problem.of(
                  ProblemCode.NOT_FOUND,
                  "There is nothing like it in the trash; what was there longer than its time is"
                      + " gone.",
                  Map.of(
                      "asked",
                      command.trash().or(() -> command.model().map(ModelName::value)).orElse("")))
              .withRemedies(
                  List.of(Remedy.cli("See what is in it", "cleanup --scope trash --dry-run"))));
    }
    List<Map<String, Object>> back = new ArrayList<>();
    List<Map<String, Object>> kept = new ArrayList<>();
    // The generation must be higher than any that was announced.
    try (SiteReader site = SiteReader.open(connection, job.location(), clock)) {
      for (TrashEntry entry : entries) {
        String what = what(entry);
        switch (undo(shelf, entry, site)) {
          case BACK -> back.add(Results.row(what, "brought back", entry.note().bytes()));
          case TAKEN ->
              kept.add(Results.row(what, "there is one in its place", entry.note().bytes()));
          case GONE ->
              kept.add(Results.row(what, "it is not whole any more", entry.note().bytes()));
        }
        progress.accept(new Progress(back.size(), entries.size(), entries.size()));
      }
    }
    Map<String, Object> result = Results.undone(back, kept);
    Results.models(
        result, entries.stream().flatMap(entry -> entry.note().model().stream()).toList());
    return back.isEmpty()
        ? new Ending.Failed(
            Problem.of(
                ProblemCode.IN_USE,
                "Nothing was brought back: "
                    + kept.getFirst().get("what")
                    + ": "
                    + kept.getFirst().get("reason")
                    + "."),
            result)
        : new Ending.Done(result);
  }

  private static List<TrashEntry> asked(CleanupDue command, List<TrashEntry> all) {
    if (command.trash().isEmpty()) {
      return all.stream()
          .filter(it -> it.note().model().equals(command.model()))
          .filter(it -> command.commit().isEmpty() || it.note().commit().equals(command.commit()))
          .toList();
    }
    String name = command.trash().get();
    if (name.equalsIgnoreCase(LAST)) {
      return all.isEmpty() ? List.of() : ofJob(all.getLast().note().requestId().value(), all);
    }
    List<TrashEntry> named = all.stream().filter(it -> it.name().equals(name)).toList();
    return named.isEmpty() ? ofJob(name, all) : named;
  }

  private static List<TrashEntry> ofJob(String id, List<TrashEntry> all) {
    return all.stream().filter(it -> it.note().requestId().value().equals(id)).toList();
  }

  /**
   * Brings one entry back, under the claim of its model.
   *
   * @param site knows the highest generation that was announced
   */
  public static Trash.Undone undo(Shelf shelf, TrashEntry entry, KnownSite site)
      throws IOException, InterruptedException {
    ModelStore store = shelf.store();
    if (entry.note().kind() == TrashNote.Kind.FILE) {
      return store.trash().undo(entry);
    }
    ModelName model = entry.note().model().orElseThrow();
    return shelf.underClaim(
        model,
        FOR_A_CLAIM,
        claim -> {
          long generation = site.generation(model);
          return store
              .trash()
              .undo(claim, entry, generation, () -> current(store, claim, entry, generation));
        });
  }

  /** Makes a version that is back current again, if it was and no other one is. */
  static void current(ModelStore store, Claim claim, TrashEntry entry, long shownGeneration)
      throws IOException {
    ModelName model = entry.note().model().orElseThrow();
    if (!entry.note().wasCurrent()) {
      return;
    }
    if (store.versions().current(model).flatMap(Current::commit).isEmpty()) {
      var unused =
          store
              .publisher()
              .makeCurrent(claim, model, entry.note().commit().orElseThrow(), shownGeneration);
    } else {
      // An attempt before may have stopped between the commit point and the views.
      store.publisher().settle(claim, model);
    }
  }

  private static String what(TrashEntry entry) {
    TrashNote note = entry.note();
    return note.kind() == TrashNote.Kind.FILE
        ? note.from()
        : note.model().orElseThrow() + "@" + note.commit().orElseThrow().value().substring(0, 7);
  }
}
