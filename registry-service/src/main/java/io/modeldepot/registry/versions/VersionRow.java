package io.modeldepot.registry.versions;

import com.fasterxml.jackson.core.type.TypeReference;
import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.Signature;
import io.modeldepot.events.terms.ModelProfile;
import io.modeldepot.events.terms.Reading;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.Scan;
import io.modeldepot.events.terms.Source;
import io.modeldepot.events.terms.UpstreamSignature;
import io.modeldepot.registry.door.Json;
import io.modeldepot.registry.door.Storable;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;

/** The table {@code version}: what a location says of a version. */
@Entity
@Table(name = "version")
@IdClass(VersionRow.Key.class)
public class VersionRow extends PanacheEntityBase {
  private static final TypeReference<List<RequestId>> IDS = new TypeReference<>() {};

  /** Model, commit and location. */
  public record Key(String model, String commitId, String location) {}

  @Id String model;

  @Id
  @Column(name = "commit_id")
  String commitId;

  @Id String location;
  String family;
  String state;
  long generation;

  @Column(name = "is_current")
  boolean current;

  String path;

  @Column(name = "verified_by")
  String verifiedBy;

  @Column(name = "size_bytes")
  long sizeBytes;

  @Column(name = "present_bytes")
  long presentBytes;

  @Column(name = "file_count")
  int fileCount;

  @ColumnTransformer(write = "?::jsonb")
  String source;

  @ColumnTransformer(write = "?::jsonb")
  @Nullable String profile;

  @ColumnTransformer(write = "?::jsonb")
  @Nullable String signature;

  @Column(name = "upstream_signature")
  @ColumnTransformer(write = "?::jsonb")
  @Nullable String upstreamSignature;

  @ColumnTransformer(write = "?::jsonb")
  @Nullable String scan;

  @ColumnTransformer(write = "?::jsonb")
  @Nullable String reading;

  @Column(name = "request_ids")
  @ColumnTransformer(write = "?::jsonb")
  String requestIds;

  @Column(name = "verified_at")
  Instant verifiedAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected VersionRow() {}

  @SuppressWarnings("NullAway.Init") // take() sets the rest
  VersionRow(ModelVerified said, Instant now) {
    model = said.model().value();
    commitId = said.commit().value();
    location = said.location().value();
    take(said, now);
  }

  /** Makes the row say what the location says; which version is current is decided elsewhere. */
  final void take(ModelVerified said, Instant now) {
    family = said.family().value();
    state = word(said.state());
    generation = said.generation();
    path = Storable.text(said.path());
    verifiedBy = word(said.verifiedBy());
    sizeBytes = said.sizeBytes();
    presentBytes = said.presentBytes();
    fileCount = said.fileCount();
    source = Json.text(said.source());
    profile = Json.textOrNull(said.profile());
    signature = Json.textOrNull(said.signature());
    upstreamSignature = Json.textOrNull(said.upstreamSignature());
    scan = Json.textOrNull(said.scan());
    // An archived version cannot be read again, and a commit never says anything else.
    reading = said.reading().isPresent() ? Json.textOrNull(said.reading()) : reading;
    requestIds = Json.text(said.requestIds());
    verifiedAt = said.verifiedAt();
    updatedAt = now;
  }

  VersionView view() {
    return new VersionView(
        model,
        commitId,
        location,
        family,
        state,
        current,
        generation,
        path,
        verifiedBy,
        sizeBytes,
        presentBytes,
        fileCount,
        Json.value(source, Source.class),
        Json.valueOrEmpty(profile, ModelProfile.class),
        Json.valueOrEmpty(signature, Signature.class),
        Json.valueOrEmpty(upstreamSignature, UpstreamSignature.class),
        Json.valueOrEmpty(scan, Scan.class),
        Json.value(requestIds, IDS),
        verifiedAt);
  }

  Optional<Reading> reading() {
    return Json.valueOrEmpty(reading, Reading.class);
  }

  /** The value of a property by which the list can be sorted. */
  Object value(String property) {
    return switch (property) {
      case "commitId" -> commitId;
      case "location" -> location;
      case "state" -> state;
      case "presentBytes" -> presentBytes;
      case "verifiedAt" -> verifiedAt;
      case "generation" -> generation;
      case "current" -> current;
      case VersionsResource.COMMIT_AT -> commitId + "@" + location;
      default -> throw new IllegalArgumentException(property);
    };
  }

  static String word(Enum<?> constant) {
    return Objects.requireNonNull(constant.name()).toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
