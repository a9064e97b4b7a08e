package io.modeldepot.registry.downloads;

import io.modeldepot.events.state.DownloadPlan;
import io.modeldepot.events.state.DownloadProgressed;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.registry.door.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the hub held when it was last looked at: the newest plan of a whole revision. */
@ApplicationScoped
public class Upstream {
  private final EntityManager database;

  Upstream(EntityManager database) {
    this.database = database;
  }

  /**
   * A revision as it was seen.
   *
   * @param commit what it stood for
   * @param plan what bringing it here would do
   */
  public record Seen(CommitId commit, DownloadPlan plan, Instant at) {}

  /** The branch of a model whose entry names none. */
  public static final String USUAL_BRANCH = "main";

  /** The revision of a model at its hub; empty if nobody has looked yet. */
  @Transactional
  public Optional<Seen> of(ModelName model, String revision) {
    return newest("cast(p.record as text)", model, revision)
        .map(text -> Json.value(text, DownloadProgressed.class))
        .filter(said -> said.commit().isPresent() && said.plan().isPresent())
        .map(said -> new Seen(said.commit().get(), said.plan().get(), said.updatedAt()));
  }

  /** Only the commit of it. */
  @Transactional
  public Optional<CommitId> commit(ModelName model, String revision) {
    return newest("p.record ->> 'commit'", model, revision).map(CommitId::of);
  }

  /**
   * A branch of a model's repository.
   *
   * @param model name
   * @param revision branch, tag or commit
   */
  public record Revision(String model, String revision) {}

  /** The commits of all revisions that anybody has looked at, by one question. */
  @Transactional
  public Map<Revision, CommitId> commits() {
    Map<Revision, CommitId> commits = new HashMap<>();
    List<?> found =
        database
            .createNativeQuery(
                """
                select distinct on (d.model, d.revision) d.model, d.revision, p.record ->> 'commit'
                from download d join download_progress p on p.id = d.id
                where p.state = 'planned' and d.revision is not null and p.record ->> 'commit' is not null
                  and jsonb_array_length(coalesce(d.payload -> 'include', '[]')) = 0
                  and jsonb_array_length(coalesce(d.payload -> 'exclude', '[]')) = 0
                order by d.model, d.revision, d.created_at desc, d.id desc
                """)
            .getResultList();
    for (Object row : found) {
      Object[] columns = (Object[]) row;
      commits.put(
          new Revision((String) columns[0], (String) columns[1]), CommitId.of((String) columns[2]));
    }
    return commits;
  }

  private Optional<String> newest(String column, ModelName model, String revision) {
    List<?> found =
        database
            .createNativeQuery(
                """
                select %s
                from download d join download_progress p on p.id = d.id
                where d.model = ?1 and p.state = 'planned' and d.revision = ?2
                  and jsonb_array_length(coalesce(d.payload -> 'include', '[]')) = 0
                  and jsonb_array_length(coalesce(d.payload -> 'exclude', '[]')) = 0
                order by d.created_at desc, d.id desc limit 1
                """
                    .formatted(column))
            .setParameter(1, model.value())
            .setParameter(2, revision)
            .getResultList();
    return found.stream().findFirst().map(String.class::cast);
  }
}
