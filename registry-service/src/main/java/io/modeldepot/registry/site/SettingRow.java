package io.modeldepot.registry.site;

import com.fasterxml.jackson.core.type.TypeReference;
import io.modeldepot.events.state.SiteDescribed;
import io.modeldepot.registry.door.Json;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;

/** The table {@code site_setting}: a wish, or the number of one that was taken back. */
@Entity
@Table(name = "site_setting")
class SettingRow extends PanacheEntityBase {
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  @Id String key;

  @ColumnTransformer(write = "?::jsonb")
  @Nullable String value;

  long generation;

  @Column(name = "updated_at")
  Instant updatedAt;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected SettingRow() {}

  final void take(Optional<Map<String, Object>> wish, Instant now) {
    value = Json.textOrNull(wish);
    generation++;
    updatedAt = now;
  }

  Optional<SiteDescribed> described() {
    return Optional.ofNullable(value)
        .map(text -> new SiteDescribed(key, Json.value(text, OBJECT), generation));
  }
}
