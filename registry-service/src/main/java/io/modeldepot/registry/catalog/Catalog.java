package io.modeldepot.registry.catalog;

import io.modeldepot.events.command.CleanupAction;
import io.modeldepot.events.command.CleanupDue;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.state.PlacementDemand;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.terms.UpdatePolicy;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.door.Ids;
import io.modeldepot.registry.outbox.Ledger;
import io.modeldepot.registry.outbox.Outgoing;
import io.modeldepot.registry.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The entries. Every change locks the entry's row, raises its generation, and writes row, audit
 * entry and {@code model-described} in the caller's transaction. A change that changes nothing is
 * none.
 */
@ApplicationScoped
public class Catalog {
  private final EntityManager database;
  private final CatalogSettings settings;
  private final Generations generations;
  private final Ledger ledger;
  private final InstantSource clock;

  Catalog(
      EntityManager database,
      CatalogSettings settings,
      Generations generations,
      Ledger ledger,
      InstantSource clock) {
    this.database = database;
    this.settings = settings;
    this.generations = generations;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** The entry of that name. */
  @Transactional
  public Optional<ModelDescribed> find(ModelName name) {
    return CatalogModel.<CatalogModel>findByIdOptional(name.value()).map(CatalogModel::wish);
  }

  /** The entries whose locations are chosen, by name. */
  @Transactional
  public List<ModelDescribed> spread() {
    return CatalogModel.<CatalogModel>list("spread is not null order by name").stream()
        .map(CatalogModel::wish)
        .toList();
  }

  /** The entries that are not updated by hand, of models that a hub has. */
  @Transactional
  public List<ModelDescribed> updating() {
    return CatalogModel.<CatalogModel>list(
            "updatePolicy <> ?1 and repository is not null order by name",
            CatalogModel.word(UpdatePolicy.MANUAL))
        .stream()
        .map(CatalogModel::wish)
        .toList();
  }

  /** Every entry, by name, locked until the caller's transaction ends. */
  @Transactional(Transactional.TxType.MANDATORY)
  public List<ModelDescribed> lockAll() {
    return CatalogModel.<CatalogModel>find("order by name")
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .list()
        .stream()
        .map(CatalogModel::wish)
        .toList();
  }

  /** Every entry, by name. */
  @Transactional
  public List<ModelDescribed> all() {
    return CatalogModel.<CatalogModel>list("order by name").stream()
        .map(CatalogModel::wish)
        .toList();
  }

  /** Every entry and every orphan with what is there of it, by name. */
  @Transactional
  public List<ModelView> views() {
    database.flush();
    List<ModelRow> rows = ModelRow.list("order by name");
    rows.forEach(database::detach); // a view may say something else after the next change
    return rows.stream().map(ModelView::of).toList();
  }

  /** The entry of that name, locked until the caller's transaction ends. */
  @Transactional(Transactional.TxType.MANDATORY)
  public Optional<ModelDescribed> lock(ModelName name) {
    return row(name).map(CatalogModel::wish);
  }

  /** The entry of that name with what is there of it, an orphan too. */
  @Transactional
  public Optional<ModelView> view(ModelName name) {
    database.flush();
    Optional<ModelRow> row = ModelRow.find("name", name.value()).firstResultOptional();
    row.ifPresent(database::detach); // the view may say something else after the next change
    return row.map(ModelView::of);
  }

  /** The same as of the last commit, at less cost. */
  @Transactional
  public Optional<ModelView> shown(ModelName name) {
    return ShownModel.<ShownModel>findByIdOptional(name.value()).map(ModelView::of);
  }

  /** Whether there is an entry of that name, or an orphan, as of the last commit. */
  @Transactional
  public boolean isShown(ModelName name) {
    return ShownModel.count("name", name.value()) > 0;
  }

  /** A new entry's wishes where nobody says otherwise. */
  public ModelDescribed standard(ModelName name, FamilyName family) {
    return new ModelDescribed(
        name,
        family,
        Optional.empty(),
        name.value(),
        Optional.empty(),
        Optional.empty(),
        Optional.of("main"),
        Optional.empty(),
        UpdatePolicy.MANUAL,
        settings.keepVersions(),
        false,
        settings.locations().stream().map(LocationName::of).toList(),
        settings.profile(),
        Optional.empty(),
        0);
  }

  /**
   * Makes an entry.
   *
   * @throws ProblemException {@code name-clash} if there is one of this name
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public ModelDescribed create(ModelDescribed wish, Origin origin) {
    long generation = generations.next(wish.model().value());
    if (row(wish.model()).isPresent()) {
      throw ProblemException.of(
          ProblemCode.NAME_CLASH, "There is an entry " + wish.model() + " already.");
    }
    ModelDescribed made = Wishes.at(wish, generation);
    new CatalogModel(made, now()).persist();
    announce("model.described", made, Map.of("generation", generation, "created", true), origin);
    return made;
  }

  /**
   * Changes an entry.
   *
   * @return the entry as it is afterwards
   * @throws ProblemException {@code unknown-model}; {@code family-fixed} if a version is there
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public ModelDescribed edit(ModelName name, UnaryOperator<ModelDescribed> change, Origin origin) {
    CatalogModel row = row(name).orElseThrow(() -> unknown(name));
    ModelDescribed before = row.wish();
    ModelDescribed wished = Wishes.at(change.apply(before), before.generation());
    if (wished.equals(before)) {
      return before;
    }
    if (!wished.family().equals(before.family())
        && view(name).map(ModelView::versions).orElse(0L) > 0) {
      throw ProblemException.of(
          ProblemCode.FAMILY_FIXED,
          name + " has versions under models/" + before.family() + "; its family cannot change.");
    }
    ModelDescribed after = Wishes.at(wished, generations.next(name.value()));
    row.take(after, now());
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("generation", after.generation());
    detail.put("changed", Differences.between(before, after));
    announce("model.described", after, detail, origin);
    return after;
  }

  /**
   * Gives a model to other locations.
   *
   * @param locations not empty
   * @throws ProblemException {@code unknown-model}
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public ModelDescribed assign(ModelName name, List<LocationName> locations, Origin origin) {
    return edit(name, wish -> Wishes.at(wish, locations), origin);
  }

  /**
   * Takes back what a model is to serve; its entry stays.
   *
   * @return what was asked of it, if anything
   * @throws ProblemException {@code unknown-model}
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public Optional<PlacementDemand> askNothing(ModelName name, Origin origin) {
    Optional<PlacementDemand> before =
        row(name).orElseThrow(() -> unknown(name)).wish().placement();
    if (before.isPresent()) {
      edit(name, Wishes::askingNothing, origin);
    }
    return before;
  }

  /**
   * Removes an entry; what the volumes hold of it stays as an orphan, unless its removal is asked
   * for too.
   *
   * @return the cleanup request, if content is to go
   * @throws ProblemException {@code unknown-model}, {@code in-use}
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public Optional<CleanupDue> delete(ModelName name, boolean content, Origin origin) {
    Optional<CatalogModel> row = row(name);
    if (row.isEmpty() && !(content && view(name).isPresent())) {
      throw unknown(name);
    }
    if (row.isPresent() && row.get().active) {
      throw ProblemException.of(
          ProblemCode.IN_USE, name + " is active; deactivate it first.", Map.of("active", true));
    }
    List<Outgoing> records = new ArrayList<>();
    row.ifPresent(
        entry -> {
          entry.delete();
          generations.deleted(name.value());
          records.add(Outgoing.forgotten(Topics.MODEL_DESCRIBED, name.value(), origin.eventId()));
        });
    Optional<CleanupDue> command =
        content
            ? Optional.of(CleanupDue.ofModel(name, CleanupAction.REMOVE, Ids.request()))
            : Optional.empty();
    command.ifPresent(
        due ->
            records.add(
                Outgoing.of(Topics.CLEANUP_DUE, name.value(), due, origin.eventId() + "-c")));
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("content", content);
    command.flatMap(CleanupDue::requestId).ifPresent(id -> detail.put("requestId", id.value()));
    ledger.write(origin.entry("model.deleted", "model/" + name, detail), records);
    return command;
  }

  /** The family for a repository that nobody has read: its organisation. */
  public static FamilyName familyFor(RepositoryId repository) {
    return FamilyName.of(
        plain(repository.value().substring(0, repository.value().indexOf('/')), 64));
  }

  private static String plain(String text, int longest) {
    String plain = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "-");
    return plain.substring(0, Math.min(longest, plain.length()));
  }

  private void announce(
      String action, ModelDescribed entry, Map<String, Object> detail, Origin origin) {
    ledger.write(
        origin.entry(action, "model/" + entry.model(), detail),
        List.of(
            Outgoing.of(Topics.MODEL_DESCRIBED, entry.model().value(), entry, origin.eventId())));
  }

  private static Optional<CatalogModel> row(ModelName name) {
    return CatalogModel.findByIdOptional(name.value(), LockModeType.PESSIMISTIC_WRITE);
  }

  private static ProblemException unknown(ModelName name) {
    return ProblemException.of(
        ProblemCode.UNKNOWN_MODEL,
        "The catalog has no " + name + ".",
        Map.of("model", name.value()));
  }

  private Instant now() {
    return Objects.requireNonNull(clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }
}
