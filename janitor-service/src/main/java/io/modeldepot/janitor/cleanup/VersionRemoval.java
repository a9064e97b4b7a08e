package io.modeldepot.janitor.cleanup;

import io.modeldepot.events.fact.ModelRemoved;
import io.modeldepot.events.fact.RemovalReason;
import io.modeldepot.events.fact.RemovedWhat;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.janitor.announce.Facts;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.keep.ModelBusy;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.survey.Survey;
import io.modeldepot.store.trash.TrashEntry;
import io.modeldepot.store.trash.TrashNote;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes versions to the trash, each under the claim of its model. It looks before, and once more
 * after: whoever was told meanwhile that the version is theirs gets it back at once, before anybody
 * else can have the claim. That it was the current version is written down before it is none: an
 * attempt that was interrupted anywhere is finished, or taken back, as a whole.
 */
final class VersionRemoval {
  private final Shelf shelf;
  private final ModelStore store;
  private final Moment moment;
  private final Facts facts;
  private final Notes notes;
  private final RequestId job;
  private final Duration patience;
  private final Map<ModelName, String> staying = new HashMap<>();

  /** Writes what lies in the trash beside what was taken. */
  @FunctionalInterface
  interface Notes {
    TrashNote of(Item item, String from, boolean wasCurrent);
  }

  VersionRemoval(
      Shelf shelf, Moment moment, Facts facts, Notes notes, RequestId job, Duration patience) {
    this.shelf = shelf;
    this.store = shelf.store();
    this.moment = moment;
    this.facts = facts;
    this.notes = notes;
    this.job = job;
    this.patience = patience;
  }

  /** Takes one, if it is still as it was planned and nobody needs it. */
  Outcome take(Item item) throws IOException, InterruptedException {
    ModelName model = item.model().orElseThrow();
    Optional<String> why =
        item.withModel() ? Optional.ofNullable(staying.get(model)) : Optional.empty();
    try {
      Outcome outcome =
          shelf.underClaim(
              model,
              patience,
              claim ->
                  why.isPresent()
                      ? stayed(claim, item, begun(item), why.get())
                      : under(claim, item, model));
      if (outcome instanceof Outcome.Stayed stayed && item.withModel()) {
        // A model goes whole or not at all; what went of it before can be brought back.
        staying.put(model, stayed.reason());
      }
      return outcome;
    } catch (ModelBusy e) {
      return new Outcome.Stayed(item, "somebody works on the model");
    }
  }

  private Outcome under(Claim claim, Item item, ModelName model)
      throws IOException, InterruptedException {
    moment.look();
    CommitId commit = item.commit().orElseThrow();
    List<Survey.Version> versions = store.surveyor().versions(model);
    Optional<Survey.Version> version =
        versions.stream().filter(it -> it.commit().equals(commit)).findFirst();
    Optional<TrashEntry> begun = begun(item);
    if (version.isEmpty() && begun.isEmpty()) {
      return new Outcome.Stayed(item, "it is not there any more");
    }
    boolean current =
        version.map(Survey.Version::current).orElse(false)
            || begun.filter(it -> it.note().wasCurrent()).isPresent();
    if (version.isPresent()) {
      Optional<String> whyNot = whyNot(item, versions, version.get(), current);
      if (whyNot.isPresent()) {
        return stayed(claim, item, begun, whyNot.get());
      }
    }
    TrashNote note = notes.of(item, "versions/" + model + "/" + commit, current);
    if (current) {
      TrashEntry unused = store.trash().begin(claim, note);
      // Again, if it was interrupted between the commit point and the views.
      var unusedToo = store.publisher().withdraw(claim, model, moment.site().generation(model));
    }
    TrashEntry entry = store.trash().take(claim, note, moment.site().generation(model));
    moment.look();
    Optional<String> use = use(item, versions, entry.note().wasCurrent());
    if (use.isPresent()) {
      return givenBack(claim, item, entry, use.get());
    }
    announce(item, model, commit, entry);
    return new Outcome.Gone(item, 0, Optional.of(entry.undoUntil()), Optional.of(entry.name()));
  }

  private Optional<String> whyNot(
      Item item, List<Survey.Version> versions, Survey.Version version, boolean current)
      throws IOException {
    Optional<String> use = use(item, versions, current);
    if (use.isPresent()) {
      return use;
    }
    if (!version.print().equals(item.print())) {
      return Optional.of("it has changed");
    }
    return version.current() && !item.withModel()
        ? Optional.of("it is the current version")
        : Optional.empty();
  }

  private Optional<String> use(Item item, List<Survey.Version> versions, boolean current)
      throws IOException {
    ModelName model = item.model().orElseThrow();
    if (item.why() == RemovalReason.SURPLUS) {
      Optional<String> stays = moment.elsewhere().whyStays(model, item.commit().orElseThrow());
      if (stays.isPresent()) {
        return stays;
      }
    }
    Optional<String> its = moment.uses().ofVersion(model, item.commit().orElseThrow(), current);
    return its.isEmpty() && item.withModel() ? moment.uses().ofModel(model, versions) : its;
  }

  /** What an attempt before this one took away of it. */
  private Optional<TrashEntry> begun(Item item) throws IOException {
    return store.trash().find(item.model().orElseThrow(), item.commit().orElseThrow(), job);
  }

  private Outcome stayed(Claim claim, Item item, Optional<TrashEntry> begun, String why)
      throws IOException {
    return begun.isPresent()
        ? givenBack(claim, item, begun.get(), why)
        : new Outcome.Stayed(item, why);
  }

  private Outcome givenBack(Claim claim, Item item, TrashEntry entry, String use)
      throws IOException {
    ModelName model = item.model().orElseThrow();
    long generation = moment.site().generation(model);
    var unused =
        store
            .trash()
            .undo(claim, entry, generation, () -> Undoing.current(store, claim, entry, generation));
    return new Outcome.Stayed(item, use);
  }

  private void announce(Item item, ModelName model, CommitId commit, TrashEntry entry)
      throws IOException, InterruptedException {
    facts.tell(
        Topics.MODEL_REMOVED,
        model.value(),
        new ModelRemoved(
            moment.site().site().location(),
            model,
            Optional.of(commit),
            item.withModel() ? RemovedWhat.MODEL : RemovedWhat.VERSION,
            item.why(),
            item.bytes(),
            Optional.of(entry.undoUntil()),
            Optional.of(entry.name()),
            Optional.of(job),
            moment.now()));
  }
}
