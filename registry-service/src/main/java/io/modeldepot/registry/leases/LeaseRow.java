package io.modeldepot.registry.leases;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The table {@code lease}. */
@Entity
@Table(name = "lease")
public class LeaseRow extends PanacheEntityBase {
  @Id String id;
  String model;

  @Column(name = "commit_id")
  String commitId;

  String location;
  String holder;
  Instant until;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected LeaseRow() {}

  LeaseRow(LeaseView view) {
    this.id = view.id();
    this.model = view.model();
    this.commitId = view.commit();
    this.location = view.location();
    this.holder = view.holder();
    this.until = view.until();
    this.createdAt = view.createdAt();
    this.updatedAt = view.createdAt();
  }

  LeaseView view() {
    return new LeaseView(id, model, commitId, location, holder, until, createdAt);
  }
}
