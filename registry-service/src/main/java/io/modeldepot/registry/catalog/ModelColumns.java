package io.modeldepot.registry.catalog;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The wish beside what the volumes say. Read only. */
@MappedSuperclass
@SuppressWarnings("NullAway.Init") // filled by Hibernate
public abstract class ModelColumns extends PanacheEntityBase {
  @Id String name;

  @Column(name = "in_catalog")
  boolean inCatalog;

  String family;
  @Nullable String repository;

  @Column(name = "display_name")
  String displayName;

  @Column(name = "use_case")
  @Nullable String useCase;

  @Nullable String licence;
  @Nullable String branch;
  @Nullable String pin;

  @Column(name = "update_policy")
  String updatePolicy;

  @Column(name = "keep_versions")
  int keepVersions;

  boolean active;
  String locations;
  String profile;
  @Nullable String placement;
  @Nullable String spread;
  long users;
  long priority;
  long generation;
  String state;
  long versions;

  @Column(name = "size_bytes")
  long sizeBytes;

  @Column(name = "current_commit")
  @Nullable String currentCommit;

  @Column(name = "current_location")
  @Nullable String currentLocation;

  @Column(name = "current_generation")
  @Nullable Long currentGeneration;

  @Column(name = "current_path")
  @Nullable String currentPath;

  @Column(name = "current_verified_by")
  @Nullable String currentVerifiedBy;

  @Column(name = "current_size_bytes")
  @Nullable Long currentSizeBytes;

  @Column(name = "current_present_bytes")
  @Nullable Long currentPresentBytes;

  @Column(name = "current_file_count")
  @Nullable Integer currentFileCount;

  @Column(name = "current_verified_at")
  @Nullable Instant currentVerifiedAt;

  /** Status words; empty where nothing is known. */
  @Column(name = "current_signature")
  String currentSignature;

  @Column(name = "current_upstream_signature")
  String currentUpstreamSignature;

  @Column(name = "current_scan")
  String currentScan;

  @Column(name = "newer_commit")
  @Nullable String newerCommit;

  @Column(name = "newer_seen_at")
  @Nullable Instant newerSeenAt;

  @Column(name = "update_waits")
  boolean updateWaits;

  @Column(name = "verified_at")
  Instant verifiedAt;

  @Column(name = "last_used_at")
  @Nullable Instant lastUsedAt;

  /** Long ago where it never was. */
  @Column(name = "used_at")
  Instant usedAt;

  @Column(name = "files_profile")
  @Nullable String filesProfile;

  @Column(name = "published_profile")
  @Nullable String publishedProfile;

  @Column(name = "download_id")
  @Nullable String downloadId;

  @Column(name = "download_state")
  @Nullable String downloadState;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  /** The value of a property by which the list can be sorted. */
  Object value(String property) {
    return switch (property) {
      case "name" -> name;
      case "family" -> family;
      case ModelFields.REPOSITORY -> repository == null ? "" : repository;
      case ModelFields.LICENCE -> licence == null ? "" : licence;
      case "displayName" -> displayName;
      case "state" -> state;
      case "updatePolicy" -> updatePolicy;
      case "profile" -> profile;
      case "active" -> active;
      case "users" -> users;
      case "priority" -> priority;
      case "versions" -> versions;
      case "sizeBytes" -> sizeBytes;
      case "verifiedAt" -> verifiedAt;
      case "usedAt" -> usedAt;
      case "updatedAt" -> updatedAt;
      case "currentSignature" -> currentSignature;
      case "currentUpstreamSignature" -> currentUpstreamSignature;
      case "currentScan" -> currentScan;
      case "updateWaits" -> updateWaits;
      default -> throw new IllegalArgumentException(property);
    };
  }
}
