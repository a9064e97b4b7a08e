package io.modeldepot.registry.maintenance;

import io.modeldepot.events.state.MaintenanceProgressed;
import io.modeldepot.registry.door.Json;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.hibernate.annotations.ColumnTransformer;

/** The table {@code maintenance_progress}: the last record about a request at a location. */
@Entity
@Table(name = "maintenance_progress")
@IdClass(MaintenanceProgressRow.Key.class)
public class MaintenanceProgressRow extends PanacheEntityBase {

  /** Request and location. */
  public record Key(String id, String location) {}

  @Id String id;
  @Id String location;
  long sequence;
  String state;

  @ColumnTransformer(write = "?::jsonb")
  String record;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected MaintenanceProgressRow() {}

  @SuppressWarnings("NullAway.Init") // take() sets the rest
  MaintenanceProgressRow(MaintenanceProgressed said) {
    this.id = said.requestId().value();
    this.location = said.location().value();
    take(said);
  }

  final void take(MaintenanceProgressed said) {
    sequence = said.sequence();
    state = WorkStates.word(said.state());
    record = Json.text(said);
  }

  MaintenanceProgressed said() {
    return Json.value(record, MaintenanceProgressed.class);
  }

  /** Whether a record says something newer; an end is newer than everything and is never left. */
  boolean outdatedBy(MaintenanceProgressed later) {
    return !WorkStates.isFinal(said().state())
        && (later.sequence() > sequence || WorkStates.isFinal(later.state()));
  }
}
