package io.modeldepot.registry.capacity;

import io.modeldepot.events.state.StorageReported;
import io.modeldepot.registry.door.Json;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.ColumnTransformer;

/** The table {@code storage}: the last report of a location. */
@Entity
@Table(name = "storage")
public class StorageRow extends PanacheEntityBase {
  @Id String location;

  @ColumnTransformer(write = "?::jsonb")
  String record;

  @Column(name = "reported_at")
  Instant reportedAt;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected StorageRow() {}

  @SuppressWarnings("NullAway.Init") // take() sets the rest
  StorageRow(StorageReported report) {
    location = report.location().value();
    take(report);
  }

  final void take(StorageReported report) {
    record = Json.text(report);
    reportedAt = report.reportedAt();
  }

  StorageReported report() {
    return Json.value(record, StorageReported.class);
  }
}
