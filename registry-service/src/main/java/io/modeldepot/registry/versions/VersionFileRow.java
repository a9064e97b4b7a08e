package io.modeldepot.registry.versions;

import io.modeldepot.events.state.VerifiedFile;
import io.modeldepot.events.terms.GitSha1;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.terms.VerifiedBy;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.Locale;
import java.util.Optional;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** The table {@code version_file}. Written in one statement per version by {@link Versions}. */
@Entity
@Immutable
@Table(name = "version_file")
@IdClass(VersionFileRow.Key.class)
@SuppressWarnings("NullAway.Init") // filled by Hibernate
public class VersionFileRow extends PanacheEntityBase {

  /** Model, commit, location and path. */
  public record Key(String model, String commitId, String location, String path) {}

  @Id String model;

  @Id
  @Column(name = "commit_id")
  String commitId;

  @Id String location;
  @Id String path;

  @Column(name = "size_bytes")
  long sizeBytes;

  @Nullable String sha256;

  @Column(name = "git_sha1")
  @Nullable String gitSha1;

  @Column(name = "verified_by")
  @Nullable String verifiedBy;

  boolean present;

  VerifiedFile view() {
    return new VerifiedFile(
        path,
        sizeBytes,
        Optional.ofNullable(sha256).map(Sha256::of),
        Optional.ofNullable(gitSha1).map(GitSha1::of),
        Optional.ofNullable(verifiedBy)
            .map(word -> VerifiedBy.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'))),
        present);
  }

  /** The value of a property by which the list can be sorted. */
  Object value(String property) {
    return switch (property) {
      case "path" -> path;
      case "sizeBytes" -> sizeBytes;
      case "present" -> present;
      default -> throw new IllegalArgumentException(property);
    };
  }
}
