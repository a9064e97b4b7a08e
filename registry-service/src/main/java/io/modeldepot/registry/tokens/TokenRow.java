package io.modeldepot.registry.tokens;

import com.fasterxml.jackson.core.type.TypeReference;
import io.modeldepot.events.state.AccessChanged;
import io.modeldepot.events.state.Role;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.registry.door.Json;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;

/** The table {@code access_token}: tokens, sessions and claims, by their digests. */
@Entity
@Table(name = "access_token")
class TokenRow extends PanacheEntityBase {
  private static final TypeReference<List<FamilyName>> FAMILIES = new TypeReference<>() {};

  /** What it is good for. */
  enum Kind {
    /** To be carried by programs and people. */
    TOKEN,
    /** In a browser's cookie. */
    SESSION,
    /** Once, to begin a session. */
    CLAIM
  }

  @Id String id;
  String name;

  @Enumerated(EnumType.STRING)
  Kind kind;

  String sha256;

  @Enumerated(EnumType.STRING)
  Role role;

  @ColumnTransformer(write = "?::jsonb")
  String families;

  /** The token that a session was begun with; it ends with it. */
  @Column(name = "begun_with")
  @Nullable String begunWith;

  @Column(name = "created_by")
  String createdBy;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "expires_at")
  @Nullable Instant expiresAt;

  @Column(name = "revoked_at")
  @Nullable Instant revokedAt;

  long generation;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected TokenRow() {}

  TokenRow(Grant grant, Kind kind, String id, Sha256 sha256, String createdBy, Instant now) {
    this.id = id;
    this.name = grant.name();
    this.kind = kind;
    this.sha256 = sha256.value();
    this.role = grant.role();
    this.families = Json.text(grant.families());
    this.createdBy = createdBy;
    this.createdAt = now;
    this.expiresAt = grant.expiresAt().orElse(null);
    this.generation = 1;
  }

  boolean endedBy(Instant moment) {
    return revokedAt != null || expiresAt != null && !expiresAt.isAfter(moment);
  }

  AccessChanged said() {
    return new AccessChanged(
        id,
        Sha256.of(sha256),
        role,
        Json.value(families, FAMILIES),
        Optional.ofNullable(expiresAt),
        revokedAt != null,
        generation);
  }

  Grant grant() {
    return new Grant(name, role, Json.value(families, FAMILIES), Optional.ofNullable(expiresAt));
  }

  TokenView view() {
    return new TokenView(
        id,
        name,
        kind,
        role,
        Json.value(families, FAMILIES),
        createdBy,
        createdAt,
        Optional.ofNullable(expiresAt),
        Optional.ofNullable(revokedAt));
  }
}
