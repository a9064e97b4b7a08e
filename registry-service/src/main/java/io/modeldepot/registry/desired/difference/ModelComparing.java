package io.modeldepot.registry.desired.difference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.registry.catalog.Catalog;
import io.modeldepot.registry.catalog.Wishes;
import io.modeldepot.registry.desired.document.Fault;
import io.modeldepot.registry.desired.document.ModelForm;
import io.modeldepot.registry.desired.document.WishedModel;
import io.modeldepot.registry.downloads.Upstream;
import io.modeldepot.registry.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One model: as a document says it, and as it is. */
final class ModelComparing {
  private static final int USUAL_CONTEXT = 4096;

  private final Current now;
  private final List<Fault> faults;

  ModelComparing(Current now, List<Fault> faults) {
    this.now = now;
    this.faults = faults;
  }

  /** What a document's word changes; empty if nothing, or if it cannot be meant. */
  Optional<Change> wished(WishedModel wished) {
    Optional<ModelNow> known = Optional.ofNullable(now.models().get(wished.model()));
    Optional<ModelDescribed> entry = known.flatMap(ModelNow::entry);
    Optional<ModelDescribed> before = entry.or(() -> standard(wished, known));
    if (before.isEmpty()) {
      faults.add(wished.fault("", "A new model needs a source or a family."));
      return Optional.empty();
    }
    Optional<ModelDescribed> after = patched(wished, before.get(), known);
    if (after.isEmpty()) {
      return Optional.empty();
    }
    List<Deed> deeds = new ArrayList<>();
    if (!after.equals(entry)) {
      deeds.add(new Deed.Describe(after.get(), entry.isEmpty()));
    }
    moving(wished, known).ifPresent(deeds::add);
    if (wished.fetch()) {
      fetch(wished, after.get(), known).ifPresent(deeds::add);
    }
    return change(
        wished.model(),
        entry.isEmpty() ? Change.Kind.ADD : Change.Kind.CHANGE,
        Change.fields(entry.map(ModelForm::of).orElseGet(Map::of), ModelForm.of(after.get())),
        deeds);
  }

  /** What taking a model back changes that no document says: it is not served, and archived. */
  Optional<Change> unsaid(ModelName model, ModelNow known) {
    if (known.entry().isEmpty()) {
      return Optional.empty(); // an orphan is removed by a command that names it, and by no other
    }
    ModelDescribed before = known.entry().get();
    ModelDescribed after = Wishes.retired(before);
    List<Deed> deeds = new ArrayList<>();
    if (!after.equals(before)) {
      deeds.add(new Deed.Describe(after, false));
    }
    if (known.readable() && !known.moving()) {
      deeds.add(new Deed.Archive(model));
    }
    return change(
        model, Change.Kind.REMOVE, Change.fields(ModelForm.of(before), ModelForm.of(after)), deeds);
  }

  private static Optional<Change> change(
      ModelName model, Change.Kind kind, List<Change.Field> fields, List<Deed> deeds) {
    return deeds.isEmpty()
        ? Optional.empty()
        : Optional.of(new Change("model/" + model, kind, fields, deeds));
  }

  private Optional<ModelDescribed> standard(WishedModel wished, Optional<ModelNow> known) {
    return text(wished, "family")
        .map(FamilyName::of)
        .or(() -> known.map(ModelNow::family))
        .or(() -> text(wished, "repository").map(RepositoryId::of).map(Catalog::familyFor))
        .map(family -> now.standard().apply(wished.model(), family));
  }

  private Optional<ModelDescribed> patched(
      WishedModel wished, ModelDescribed before, Optional<ModelNow> known) {
    ObjectNode patch = wished.patch().deepCopy();
    if (patch.path("placement") instanceof ObjectNode demand
        && !demand.has("contextTokens")
        && before.placement().isEmpty()) {
      int longest = known.flatMap(ModelNow::contextTokens).orElse(USUAL_CONTEXT);
      demand.put("contextTokens", Math.min(USUAL_CONTEXT, longest));
    }
    try {
      ModelDescribed after = Wishes.patched(before, patch);
      boolean moves = !after.family().equals(before.family());
      if (moves && known.map(ModelNow::versions).orElse(0L) > 0) {
        faults.add(
            wished.fault(
                "/family",
                "It has versions under models/" + before.family() + "; its family cannot change."));
        return Optional.empty();
      }
      return Optional.of(after);
    } catch (ProblemException e) {
      e.errors().forEach(error -> faults.add(wished.fault(error.pointer(), error.detail())));
      return Optional.empty();
    }
  }

  private static Optional<Deed> moving(WishedModel wished, Optional<ModelNow> known) {
    if (known.isEmpty() || known.get().moving() || wished.archived().isEmpty()) {
      return Optional.empty();
    }
    if (wished.archived().get()) {
      return known.filter(ModelNow::readable).map(it -> new Deed.Archive(wished.model()));
    }
    return known.filter(ModelNow::archived).map(it -> new Deed.Unarchive(wished.model()));
  }

  /** A pinned version is to be current; without a pin any version will do. */
  private static Optional<Deed> fetch(
      WishedModel wished, ModelDescribed after, Optional<ModelNow> known) {
    boolean away = wished.archived().orElse(known.map(ModelNow::archived).orElse(false));
    if (away || after.repository().isEmpty() || known.map(ModelNow::archived).orElse(false)) {
      return Optional.empty();
    }
    Optional<CommitId> pin = after.pin();
    boolean there =
        pin.isPresent()
            ? known.flatMap(ModelNow::current).equals(pin) || under(known, pin.get().value())
            : !known.map(ModelNow::absent).orElse(true);
    return there
        ? Optional.empty()
        : Optional.of(
            new Deed.Fetch(wished.model(), pin, after.branch().orElse(Upstream.USUAL_BRANCH)));
  }

  private static boolean under(Optional<ModelNow> known, String revision) {
    return known.map(it -> it.fetching().contains(revision)).orElse(false);
  }

  private static Optional<String> text(WishedModel wished, String name) {
    return Optional.ofNullable(wished.patch().path(name).textValue());
  }
}
