package io.modeldepot.benchmarks.registry;

import io.modeldepot.benchmarks.rig.Engines;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Models and versions in the tables, as if they had been announced: each model has a catalog entry
 * with a demand, a profile, and equally many versions, the last of which is current; and a download
 * that is done.
 */
final class Filling {
  private static final String PROFILE =
      """
      {"architecture":"LlamaForCausalLM","parameters":6738415616,"tensorBytes":{"BF16":13476831232},"layers":32,
       "hiddenSize":4096,"heads":32,"kvHeads":8,"headSize":128,"contextTokens":131072}
      """;

  private Filling() {}

  static void fill(Engines engines, int models, int versions) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(engines.jdbcUrl(), engines.username(), engines.password());
        Statement sql = connection.createStatement()) {
      connection.setAutoCommit(false);
      sql.execute(
          """
          insert into model (name, family, repository, display_name, use_case, licence, branch, update_policy, keep_versions,
            active, locations, profile, placement, generation, created_at, updated_at)
          select 'bench-' || n, 'family-' || n %% 40, 'bench-org/bench-' || n, 'Benchmark model ' || n, 'General chat and completion',
            'apache-2.0', 'main', 'manual', 3, n %% 2 = 0, '["default"]', 'full',
            '{"users":15,"minUsers":10,"contextTokens":4096}', 1, now(), now()
          from generate_series(1, %d) n
          """
              .formatted(models));
      sql.execute(
          """
          insert into version (location, model, commit_id, family, state, generation, is_current, path, verified_by, size_bytes,
            present_bytes, file_count, source, profile, request_ids, verified_at, updated_at)
          select 'default', 'bench-' || n, encode(sha1, 'hex'), 'family-' || n %% 40, 'present', v, v = %2$d,
            'versions/bench-' || n || '/' || encode(sha1, 'hex'), 'sha256', 13476954112, 13476954112, 12,
            '{"kind":"hub","endpoint":"https://huggingface.co","repository":"bench-org/bench","revision":"main"}',
            '%3$s', '[]', now() - make_interval(hours => %2$d - v), now()
          from generate_series(1, %1$d) n, generate_series(1, %2$d) v,
            lateral (select substr(sha256((n || '/' || v)::bytea), 1, 20) as sha1) s
          """
              .formatted(models, versions, PROFILE.strip().replace("\n", " ")));
      sql.execute(
          """
          insert into download (id, model, revision, payload, payload_sha256, expected, state, is_final, cancel_requested, actor,
            origin, created_at, updated_at)
          select 'r-bench-' || n, 'bench-' || n, 'main', '{}', '-', 1, 'done', true, false, 'local', 'rest', now(), now()
          from generate_series(1, %d) n
          """
              .formatted(models));
      connection.commit();
      connection.setAutoCommit(true);
      sql.execute("vacuum analyze");
    }
  }
}
