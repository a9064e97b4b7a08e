package io.modeldepot.registry.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.registry.hands.Given;
import io.modeldepot.registry.hands.Tables;
import io.modeldepot.testkit.database.DepotTestResource;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two registries on one database, each with stamps of its own. */
@QuarkusTest
@QuarkusTestResource(DepotTestResource.class)
@SuppressWarnings("NullAway.Init") // injected
class StampsTest {
  private static final Duration AT_ONCE = Duration.ZERO;
  private static final Duration NEVER = Duration.ofDays(1);

  @Inject DataSource database;

  private final String model = Given.name("stamped");
  private final Subject subject = new Subject("model/" + model);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update model set use_case = 'other' where name = '%s'",
        "delete from model where name = '%s'",
        "update version set state = 'damaged' where model = '%s'",
        "delete from version where model = '%s'",
        "update download set state = 'transferring' where model = '%s'",
        "delete from download where model = '%s'",
        "update download_progress set state = 'planned' where id = '%s'",
        "insert into published_profile values ('test-org/%s', '{}')"
      })
  void everyChangeThatAModelShowsIsANewStampForItAndForTheList(String change) throws Exception {
    everythingOfTheModel();
    Stamps stamps = stamps(new Suspicion(), AT_ONCE, AT_ONCE);
    Optional<String> before = stamps.current(subject);
    Optional<String> list = stamps.current(new Subject("models"));
    assertThat(before).isPresent();

    Tables.run(change.formatted(model));

    assertThat(stamps.current(subject)).isPresent().isNotEqualTo(before);
    assertThat(stamps.current(new Subject("models"))).isPresent().isNotEqualTo(list);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update download set updated_at = now() + interval '1 day' where model = '%s'",
        "update download_progress set sequence = sequence + 1 where id = '%s'",
        "update model set use_case = 'other' where name = '%s-another'"
      })
  void whatAModelDoesNotShowIsNoNewStamp(String change) throws Exception {
    everythingOfTheModel();
    Stamps stamps = stamps(new Suspicion(), AT_ONCE, AT_ONCE);
    Optional<String> before = stamps.current(subject);

    Tables.run(change.formatted(model));

    assertThat(stamps.current(subject)).isPresent().isEqualTo(before);
  }

  @Test
  void aReportOfALocationIsANewStampOfTheStorageAlone() throws Exception {
    Stamps stamps = stamps(new Suspicion(), AT_ONCE, AT_ONCE);
    Optional<String> before = stamps.current(new Subject("storage"));

    Tables.run("insert into storage values ('" + model + "', '{}', now())");
    try {
      assertThat(stamps.current(new Subject("storage"))).isPresent().isNotEqualTo(before);
    } finally {
      Tables.run("delete from storage where location = '" + model + "'");
    }
  }

  @Test
  void aTransactionThatIsRolledBackHasChangedNothing() throws Exception {
    everythingOfTheModel();
    Stamps stamps = stamps(new Suspicion(), AT_ONCE, AT_ONCE);
    Optional<String> before = stamps.current(subject);

    try (Connection connection = database.getConnection();
        Statement sql = connection.createStatement()) {
      connection.setAutoCommit(false);
      sql.execute("update model set use_case = 'other' where name = '" + model + "'");
      sql.execute("set constraints all immediate");
      assertThat(stamps.current(subject)).isEqualTo(before);
      connection.rollback();
      connection.setAutoCommit(true);
    }

    assertThat(stamps.current(subject)).isEqualTo(before);
  }

  @Test
  void whatIsYoungEnoughIsNotLookedAtAgainUnlessThereIsAReason() throws Exception {
    everythingOfTheModel();
    Suspicion suspicion = new Suspicion();
    Stamps stamps = stamps(suspicion, NEVER, NEVER);
    Optional<String> before = stamps.current(subject);
    Tables.run("update model set use_case = 'other' where name = '" + model + "'");

    assertThat(stamps.atHand(subject)).isEqualTo(before);
    assertThat(stamps.current(subject)).isEqualTo(before);

    suspicion.raise();

    assertThat(stamps.atHand(subject)).isEmpty();
    assertThat(stamps.current(subject)).isPresent().isNotEqualTo(before);
  }

  @Test
  void whatIsTooOldIsNeverAtHand() throws Exception {
    everythingOfTheModel();
    Stamps stamps = stamps(new Suspicion(), AT_ONCE, AT_ONCE);
    assertThat(stamps.current(subject)).isPresent();

    assertThat(stamps.atHand(subject)).isEmpty();
  }

  @Test
  void aTableThatWentBackIsReadFromItsBeginning() throws Exception {
    everythingOfTheModel();
    Stamps stamps = stamps(new Suspicion(), AT_ONCE, AT_ONCE);
    Optional<String> before = stamps.current(subject);

    // As a database that is put back: lower numbers, and other stamps under them.
    Tables.run("update change_stamp set number = 0, stamp = gen_random_uuid()");

    assertThat(stamps.current(subject)).isPresent().isNotEqualTo(before);
  }

  private void everythingOfTheModel() throws Exception {
    Tables.run(
        """
        insert into model (name, family, repository, display_name, update_policy, keep_versions, active, locations, profile,
          generation, created_at, updated_at)
        select n, 'test', 'test-org/' || n, n, 'manual', 3, false, '["default"]', 'full', 1, now(), now()
        from unnest(array['%1$s', '%1$s-another']) n
        """
            .formatted(model),
        """
        insert into version (location, model, commit_id, family, state, generation, is_current, path, verified_by, size_bytes,
          present_bytes, file_count, source, request_ids, verified_at, updated_at)
        values ('default', '%1$s', repeat('a', 40), 'test', 'present', 1, true, 'p', 'sha256', 1, 1, 1, '{}', '[]', now(), now())
        """
            .formatted(model),
        """
        insert into download (id, model, payload, payload_sha256, expected, state, is_final, cancel_requested, actor, origin,
          created_at, updated_at)
        values ('%1$s', '%1$s', '{}', '-', 1, 'requested', false, false, 'local', 'rest', now(), now())
        """
            .formatted(model),
        "insert into download_progress values ('%1$s', 'default', '%1$s', 1, 'transferring', '{}')"
            .formatted(model));
  }

  private Stamps stamps(Suspicion suspicion, Duration look, Duration stalest) {
    return new Stamps(
        database,
        suspicion,
        new CacheSettings() {
          @Override
          public boolean enabled() {
            return true;
          }

          @Override
          public MemorySize memory() {
            return new MemorySize(BigInteger.valueOf(1 << 20));
          }

          @Override
          public Duration look() {
            return look;
          }

          @Override
          public Duration stalest() {
            return stalest;
          }
        });
  }
}
