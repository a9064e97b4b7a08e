package io.modeldepot.registry.versions;

import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.VerifiedFile;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Reading;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.door.Json;
import io.modeldepot.registry.outbox.Ledger;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the volumes say they hold. A record that says nothing new changes nothing, so replaying the
 * whole topic is cheap and several registries may do it at once.
 */
@ApplicationScoped
public class Versions {
  private final EntityManager database;
  private final Ledger ledger;
  private final InstantSource clock;

  Versions(EntityManager database, Ledger ledger, InstantSource clock) {
    this.database = database;
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Takes what a location says of a version. A lower generation than the one known is ignored,
   * whatever order they come in; the same one again is taken if it differs, because the later word
   * of equal ones counts.
   *
   * @return whether anything changed
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public boolean take(ModelVerified said) {
    holdModel(said.location(), said.model());
    VersionRow.Key key =
        new VersionRow.Key(said.model().value(), said.commit().value(), said.location().value());
    VersionRow row = VersionRow.findById(key, LockModeType.PESSIMISTIC_WRITE);
    if (row != null && row.generation > said.generation()) {
      return false;
    }
    String before = row == null ? "absent" : row.state;
    boolean same = row != null && row.generation == said.generation() && said(row, said);
    if (row == null) {
      row = new VersionRow(said, clock.instant().truncatedTo(ChronoUnit.MILLIS));
      row.persist();
    } else if (!same) {
      row.take(said, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }
    database.flush();
    boolean moved = pointCurrent(said);
    if (same) {
      return moved;
    }
    writeFiles(said);
    database.refresh(row);
    if (!row.state.equals(before)) {
      audit(said, before, row.state);
    }
    return true;
  }

  /** The location has forgotten the version: neither present nor removed, but never heard of. */
  @Transactional(Transactional.TxType.MANDATORY)
  public boolean forget(LocationName location, ModelName model, CommitId commit) {
    return VersionRow.deleteById(
        new VersionRow.Key(model.value(), commit.value(), location.value()));
  }

  /** The versions of a model, at every location, removed ones not. */
  @Transactional
  public List<VersionView> of(ModelName model) {
    return VersionRow.<VersionRow>list(
            "model = ?1 and state <> 'removed' order by location, commitId", model.value())
        .stream()
        .map(VersionRow::view)
        .toList();
  }

  /** The current version of a model at a location. */
  @Transactional
  public Optional<VersionView> current(ModelName model, Optional<LocationName> location) {
    return of(model).stream()
        .filter(VersionView::current)
        .filter(version -> location.map(at -> at.value().equals(version.location())).orElse(true))
        .findFirst();
  }

  /** What the small text files of a version say, where a location could read them. */
  @Transactional
  public Optional<Reading> reading(VersionView version) {
    return VersionRow.<VersionRow>findByIdOptional(
            new VersionRow.Key(version.model(), version.commit(), version.location()))
        .flatMap(VersionRow::reading);
  }

  /** The files of a version, in order of their paths. */
  @Transactional
  public List<VerifiedFile> files(VersionView version) {
    return VersionFileRow.<VersionFileRow>list(
            "model = ?1 and commitId = ?2 and location = ?3 order by path",
            version.model(),
            version.commit(),
            version.location())
        .stream()
        .map(VersionFileRow::view)
        .toList();
  }

  /** One model at one location is changed by one transaction at a time. */
  private void holdModel(LocationName location, ModelName model) {
    database
        .createNativeQuery("select pg_advisory_xact_lock(1, hashtext(?1))")
        .setParameter(1, "version/" + location + "/" + model)
        .getSingleResult();
  }

  /** The record of the highest generation says which version is current at the location. */
  private boolean pointCurrent(ModelVerified said) {
    return database
            .createNativeQuery(
                """
                update version set is_current = (commit_id = ?3)
                where model = ?1 and location = ?2 and is_current <> (commit_id = ?3)
                  and not exists (select 1 from version newer
                                  where newer.model = ?1 and newer.location = ?2 and newer.generation > ?4)
                """)
            .setParameter(1, said.model().value())
            .setParameter(2, said.location().value())
            .setParameter(3, said.currentCommit())
            .setParameter(4, said.generation())
            .executeUpdate()
        > 0;
  }

  private void writeFiles(ModelVerified said) {
    database
        .createNativeQuery(
            "delete from version_file where model = ?1 and commit_id = ?2 and location = ?3")
        .setParameter(1, said.model().value())
        .setParameter(2, said.commit().value())
        .setParameter(3, said.location().value())
        .executeUpdate();
    if (said.files().isEmpty()) {
      return;
    }
    database
        .createNativeQuery(
            """
            insert into version_file
              (model, commit_id, location, path, size_bytes, sha256, git_sha1, verified_by, present)
            select ?1, ?2, ?3, f.path, f."sizeBytes", f.sha256, f."gitSha1", f."verifiedBy", f.present
            from jsonb_to_recordset(cast(?4 as jsonb)) as f
              (path text, "sizeBytes" bigint, sha256 text, "gitSha1" text, "verifiedBy" text, present boolean)
            on conflict do nothing
            """)
        .setParameter(1, said.model().value())
        .setParameter(2, said.commit().value())
        .setParameter(3, said.location().value())
        .setParameter(4, Json.text(said.files()))
        .executeUpdate();
  }

  /** Whether the row says this already. Columns are compared as they would be written. */
  private static boolean said(VersionRow row, ModelVerified said) {
    VersionRow fresh = new VersionRow(said, row.updatedAt);
    fresh.current = row.current;
    boolean read = said.reading().isEmpty() || row.reading().equals(fresh.reading());
    return read && row.view().equals(fresh.view());
  }

  private void audit(ModelVerified said, String before, String after) {
    String action =
        switch (after) {
          case "present" -> "version.published";
          case "archived" -> "version.archived";
          case "damaged" -> "version.damaged";
          case "removed" -> "version.removed";
          default -> "version.changed";
        };
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("location", said.location().value());
    detail.put("generation", said.generation());
    detail.put("before", before);
    detail.put("verifiedBy", VersionRow.word(said.verifiedBy()));
    detail.put("sizeBytes", said.sizeBytes());
    if (!said.requestIds().isEmpty()) {
      detail.put("requestIds", said.requestIds().stream().map(Object::toString).toList());
    }
    String event =
        "model-verified/%s/%s/%s/%d/%s"
            .formatted(said.location(), said.model(), said.commit(), said.generation(), after);
    ledger.write(
        Origin.event(event).entry(action, "model/" + said.model() + "@" + said.commit(), detail),
        List.of());
  }
}
