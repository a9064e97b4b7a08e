package io.modeldepot.registry.site;

import io.modeldepot.events.state.SiteDescribed;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.door.Ids;
import io.modeldepot.registry.notify.receiver.ReceiverRules;
import io.modeldepot.registry.notify.receiver.ReceiverShape;
import io.modeldepot.registry.outbox.Ledger;
import io.modeldepot.registry.outbox.Outgoing;
import io.modeldepot.registry.problem.ProblemException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What operators wish of the site. Each change is a row, an audit entry and a record together. */
@ApplicationScoped
public class SiteSettings {
  private final Ledger ledger;
  private final InstantSource clock;
  private final ReceiverRules receivers;

  SiteSettings(Ledger ledger, InstantSource clock, ReceiverRules receivers) {
    this.ledger = ledger;
    this.clock = clock;
    this.receivers = receivers;
  }

  /** All, by key. */
  @Transactional
  public List<SiteDescribed> all() {
    return SettingRow.<SettingRow>find("value is not null order by key").list().stream()
        .flatMap(row -> row.described().stream())
        .toList();
  }

  /**
   * A setting as it stands.
   *
   * @param since when it was set so
   */
  public record Standing(SiteDescribed setting, Instant since) {}

  /** Those whose keys begin so, by key. */
  @Transactional
  public List<Standing> below(String prefix) {
    return SettingRow.<SettingRow>find(
            "value is not null and left(key, ?1) = ?2 order by key", prefix.length(), prefix)
        .list()
        .stream()
        .flatMap(row -> row.described().map(it -> new Standing(it, row.updatedAt)).stream())
        .toList();
  }

  /** All, by key, locked until the caller's transaction ends. */
  @Transactional(Transactional.TxType.MANDATORY)
  public List<SiteDescribed> lockAll() {
    return SettingRow.<SettingRow>find("order by key")
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .list()
        .stream()
        .flatMap(row -> row.described().stream())
        .toList();
  }

  /** The setting of that key. */
  @Transactional
  Optional<SiteDescribed> find(String key) {
    return SettingRow.<SettingRow>findByIdOptional(key).flatMap(SettingRow::described);
  }

  /** The setting of that key, locked until the caller's transaction ends. */
  @Transactional(Transactional.TxType.MANDATORY)
  Optional<SiteDescribed> lock(String key) {
    return row(key).flatMap(SettingRow::described);
  }

  /**
   * Sets it; the same again changes nothing.
   *
   * @throws ProblemException {@code invalid} where the operator of this registry does not allow it
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public SiteDescribed put(String key, Map<String, Object> value, Origin origin) {
    if (ReceiverShape.isKey(key)) {
      receivers.require(key, value);
    }
    // Two may make one key at the same time: then there is a row to wait for.
    SettingRow.getEntityManager()
        .createNativeQuery(
            """
            insert into site_setting (key, value, generation, updated_at) values (?1, null, 0, now())
            on conflict (key) do nothing
            """)
        .setParameter(1, key)
        .executeUpdate();
    SettingRow row = row(key).orElseThrow();
    Optional<SiteDescribed> before = row.described();
    if (before.map(SiteDescribed::value).filter(value::equals).isPresent()) {
      return before.get();
    }
    row.take(Optional.of(value), clock.instant().truncatedTo(ChronoUnit.MILLIS));
    SiteDescribed after = row.described().orElseThrow();
    ledger.write(
        origin.entry("site.described", "site/" + key, value),
        List.of(Outgoing.of(Topics.SITE_DESCRIBED, key, after, origin.eventId())));
    return after;
  }

  /** Takes it back, if it is set. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void remove(String key, Origin origin) {
    row(key)
        .filter(row -> row.described().isPresent())
        .ifPresent(
            row -> {
              row.take(Optional.empty(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
              ledger.write(
                  origin.entry("site.removed", "site/" + key, Map.of()),
                  List.of(Outgoing.forgotten(Topics.SITE_DESCRIBED, key, origin.eventId())));
            });
  }

  /** Announces all of them, for a broker that may have lost them. */
  public void again() {
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                ledger.repeat(
                    SettingRow.<SettingRow>find("value is not null order by key")
                        .withLock(LockModeType.PESSIMISTIC_READ)
                        .list()
                        .stream()
                        .flatMap(row -> row.described().stream())
                        .map(
                            setting ->
                                Outgoing.of(
                                    Topics.SITE_DESCRIBED, setting.key(), setting, Ids.event()))
                        .toList()));
  }

  private static Optional<SettingRow> row(String key) {
    return SettingRow.findByIdOptional(key, LockModeType.PESSIMISTIC_WRITE);
  }
}
