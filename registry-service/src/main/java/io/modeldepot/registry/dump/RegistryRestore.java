package io.modeldepot.registry.dump;

import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.registry.audit.AuditHead;
import io.modeldepot.registry.audit.AuditTrail;
import io.modeldepot.registry.audit.AuditVerifier;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.problem.ProblemException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Puts a dump back into a registry that knows nothing of its own: the catalog, the site's settings,
 * what was asked and what came of it, and the audit trail with its beginning. All of it or nothing;
 * again is once. What the volumes hold the volumes say: of versions only those are taken over that
 * nobody announces, as removed.
 */
@ApplicationScoped
public class RegistryRestore {
  private static final Duration LONGEST = Duration.ofHours(1);

  /** Rows that no row here is ever newer than. */
  private static final List<String> HISTORY =
      List.of(
          "published_profile",
          "lease",
          "download",
          "download_progress",
          "maintenance",
          "maintenance_progress",
          "installation",
          "audit");

  private final DataSource database;
  private final EntityManager entities;
  private final AuditTrail trail;
  private final AuditVerifier verifier;

  RegistryRestore(
      DataSource database, EntityManager entities, AuditTrail trail, AuditVerifier verifier) {
    this.database = database;
    this.entities = entities;
    this.trail = trail;
    this.verifier = verifier;
  }

  /**
   * What came of it.
   *
   * @param restored false if all of it was here already
   * @param auditSeq the last record of the trail that came back
   * @param auditHash its hash
   * @param replacedRecords what the new registry had written meanwhile, which is in the trail as a
   *     count and a hash
   */
  public record Outcome(boolean restored, long auditSeq, String auditHash, long replacedRecords) {}

  /**
   * Restores.
   *
   * @param expected the head that a backup's snapshot names, to be compared with the dump's
   * @throws ProblemException {@code invalid} if it is no dump, or its trail does not hold; {@code
   *     registry-not-empty} if this registry knows other things. Nothing has changed then
   */
  public Outcome from(InputStream dump, Optional<AuditHead> expected, Origin origin) {
    return QuarkusTransaction.requiringNew()
        .timeout((int) LONGEST.toSeconds())
        .call(
            () -> {
              try (Connection connection = database.getConnection()) {
                Incoming incoming = Incoming.read(connection, dump);
                incoming.requireKnown();
                if (expected.filter(head -> !head.equals(incoming.head())).isPresent()) {
                  throw ProblemException.invalid(
                      "", "The dump's audit trail does not end where the backup says it does.");
                }
                return put(connection, incoming, origin);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  private Outcome put(Connection connection, Incoming incoming, Origin origin) throws SQLException {
    try (Statement sql = connection.createStatement()) {
      // Whoever writes takes rows first and the trail last; so does this.
      sql.execute(
          "lock table model, model_generation, site_setting, download, download_progress,"
              + " maintenance, maintenance_progress, lease, version in share row exclusive mode");
      trail.lock();
      AuditHead here = trail.head();
      AuditHead head = incoming.head();
      String known = text(sql, "select id::text from installation");
      if (known.equals(incoming.installation())) {
        requireSame(sql, head);
        return new Outcome(false, head.seq(), head.hash(), 0);
      }
      requireNothingOfItsOwn(sql);
      sql.execute("select audit_make_room()");
      wishes(sql, incoming);
      for (String table : HISTORY) {
        incoming.put(table);
      }
      versions(sql);
      end(sql);
      // What was looked at before is a record of the registry that made room.
      entities.clear();
      requireIntact(head);
      Map<String, Object> detail = new LinkedHashMap<>();
      detail.put("auditSeq", head.seq());
      detail.put("auditHash", head.hash());
      detail.put("replacedInstallation", known);
      detail.put("replacedRecords", here.seq());
      detail.put("replacedHash", here.hash());
      var unused = trail.append(origin.entry("registry.restored", "registry", detail));
      return new Outcome(true, head.seq(), head.hash(), here.seq());
    }
  }

  private static void requireSame(Statement sql, AuditHead head) throws SQLException {
    if (!text(sql, "select hash from audit where seq = " + head.seq()).equals(head.hash())) {
      throw notEmpty("it has the same beginning, but its audit trail went on in another way");
    }
  }

  private static void requireNothingOfItsOwn(Statement sql) throws SQLException {
    String own =
        text(
            sql,
            "select action || ' of ' || object || ' and '"
                + " || (select count(*) - 1 from audit_knows()) || ' other records'"
                + " from audit_knows() order by seq limit 1");
    if (!own.isEmpty()) {
      throw notEmpty("its audit trail has records of its own, the first " + own);
    }
  }

  private static ProblemException notEmpty(String why) {
    return ProblemException.of(
        ProblemCode.REGISTRY_NOT_EMPTY, "Nothing was put back into this registry: " + why + ".");
  }

  /** Of two wishes the one of the higher generation; a seed that nobody touched is no wish. */
  private static void wishes(Statement sql, Incoming incoming) throws SQLException {
    sql.execute(
        """
        delete from model m where m.generation = 1 or exists (
          select 1 from incoming i where i.tbl = 'model' and i.doc ->> 'name' = m.name
            and (i.doc ->> 'generation')::bigint >= m.generation)
        """);
    sql.execute(
        """
        delete from site_setting s where exists (
          select 1 from incoming i where i.tbl = 'site_setting' and i.doc ->> 'key' = s.key
            and (i.doc ->> 'generation')::bigint >= s.generation)
        """);
    incoming.put("model");
    incoming.put("site_setting");
    incoming.put("model_generation");
    sql.execute(
        """
        update model_generation g set generation = greatest(g.generation, (i.doc ->> 'generation')::bigint)
        from incoming i where i.tbl = 'model_generation' and i.doc ->> 'name' = g.name
        """);
    sql.execute(
        """
        update model_generation g set deleted = not exists (select 1 from model m where m.name = g.name)
        """);
  }

  /** What was there once and is announced by nobody; who brings it back announces it anew. */
  private static void versions(Statement sql) throws SQLException {
    sql.execute(
        """
        insert into version select r.location, r.model, r.commit_id, r.family, 'removed', r.generation, false, r.path,
          r.verified_by, r.size_bytes, 0, r.file_count, r.source, r.profile, r.signature, r.scan, r.request_ids,
          r.verified_at, r.updated_at
        from incoming i cross join lateral jsonb_populate_record(null::version, i.doc) r
        where i.tbl = 'version' on conflict do nothing
        """);
  }

  /** Who worked on what was under way is gone with its journals. */
  private static void end(Statement sql) throws SQLException {
    for (String table : List.of("download", "maintenance")) {
      sql.execute(
          """
          update %1$s set state = 'expired', is_final = true, finished_at = now(), updated_at = now()
          where not is_final and id in (select doc ->> 'id' from incoming where tbl = '%1$s')
          """
              .formatted(table));
    }
  }

  private void requireIntact(AuditHead head) {
    AuditVerifier.Verdict verdict = verifier.verifyHere(Optional.of(head));
    if (!verdict.intact() || !verdict.head().equals(head)) {
      throw ProblemException.invalid(
          "",
          "The dump's audit trail does not hold: "
              + verdict
                  .firstBroken()
                  .map(broken -> "record " + broken.seq() + ": " + broken.reason())
                  .orElse("it does not end where the dump says it does."));
    }
  }

  private static String text(Statement sql, String query) throws SQLException {
    try (ResultSet found = sql.executeQuery(query)) {
      return found.next() ? String.valueOf(found.getString(1)) : "";
    }
  }
}
