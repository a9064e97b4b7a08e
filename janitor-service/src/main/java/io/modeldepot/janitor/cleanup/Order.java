package io.modeldepot.janitor.cleanup;

import io.modeldepot.events.command.CleanupDue;
import io.modeldepot.events.command.CleanupScope;
import io.modeldepot.events.fact.RemovalReason;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.janitor.site.Retention;
import io.modeldepot.store.trash.Expunging;
import io.modeldepot.store.trash.TrashNote;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a cleanup is asked to look for.
 *
 * @param scopes where
 * @param model only this one's
 * @param commit only this version
 * @param family only this one's
 * @param keepNewest versions per model, instead of what the catalog says
 * @param olderThan only what is older
 * @param window how long it can be brought back
 * @param longestTrashWindow cuts the windows of what is in the trash already
 * @param unusedAfter when a model that nobody uses is unused
 * @param cacheBytes how much of the cache may stay that nothing needs
 * @param targetFreeBytes to stop once so much is free
 * @param reason for facts
 */
public record Order(
    Set<CleanupScope> scopes,
    Optional<ModelName> model,
    Optional<CommitId> commit,
    Optional<FamilyName> family,
    Optional<Integer> keepNewest,
    Optional<Duration> olderThan,
    Duration window,
    Duration longestTrashWindow,
    Duration unusedAfter,
    long cacheBytes,
    Optional<Long> targetFreeBytes,
    RemovalReason reason) {

  /** No window is cut. */
  public static final Duration UNCUT = Duration.ofDays(36_500);

  /** Keeps its own copy. */
  public Order {
    scopes = Set.copyOf(scopes);
  }

  /** The same when the disk is full: strangers stay, and the trash's windows are cut. */
  Order shortOfSpace() {
    Set<CleanupScope> fewer = EnumSet.copyOf(scopes);
    fewer.remove(CleanupScope.FOREIGN);
    return new Order(
        fewer,
        model,
        commit,
        family,
        keepNewest,
        olderThan,
        window,
        Expunging.SHORTEST_WINDOW,
        unusedAfter,
        0,
        targetFreeBytes,
        RemovalReason.WATERMARK);
  }

  /** What a command means under the site's wishes. */
  public static Order of(CleanupDue command, Retention retention) {
    return new Order(
        command.scope() == CleanupScope.ALL
            ? EnumSet.of(
                CleanupScope.CACHE,
                CleanupScope.PARTIALS,
                CleanupScope.VERSIONS,
                CleanupScope.SURPLUS,
                CleanupScope.UNUSED,
                CleanupScope.TRASH,
                CleanupScope.FOREIGN)
            : EnumSet.of(command.scope()),
        command.model(),
        command.commit(),
        command.family(),
        command.keepNewest().or(retention::keep),
        command.olderThanSeconds().map(Duration::ofSeconds),
        retention.window(),
        UNCUT,
        command.scope() == CleanupScope.UNUSED
            ? command.olderThanSeconds().map(Duration::ofSeconds).orElse(retention.unusedAfter())
            : retention.unusedAfter(),
        retention.cacheBytes(),
        command.targetFreeBytes(),
        RemovalReason.COMMAND);
  }

  /** Whether it looks there. */
  boolean looksAt(CleanupScope scope) {
    return scopes.contains(scope);
  }

  /** Whether what is in the trash is among those asked for. */
  boolean asksForTrashOf(TrashNote note) {
    return model.filter(it -> !note.model().equals(model)).isEmpty();
  }

  /** Whether a model is among those asked for. */
  boolean asksFor(ModelName name, FamilyName its) {
    return model.filter(it -> !it.equals(name)).isEmpty()
        && family.filter(it -> !it.equals(its)).isEmpty();
  }
}
