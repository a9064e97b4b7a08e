package io.modeldepot.backup.repository;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.Components;
import java.time.Instant;

/**
 * {@code config.json}: without it there is no repository.
 *
 * @param format 1
 * @param id which repository
 * @param blockBytes the length of all blocks but a content's last
 * @param cipher {@code none} or {@code AES-256-GCM}
 * @param kdf {@code none} or {@code HKDF-SHA256}
 * @param createdAt when it was made
 */
public record RepositoryConfig(
    @JsonProperty(required = true) int format,
    @JsonProperty(required = true) String id,
    @JsonProperty(required = true) int blockBytes,
    @JsonProperty(required = true) String cipher,
    @JsonProperty(required = true) String kdf,
    @JsonProperty(required = true) Instant createdAt) {
  /** The name of the object. */
  public static final String OBJECT = "config.json";

  static final int FORMAT = 1;
  static final String NONE = "none";
  static final String AES = "AES-256-GCM";
  static final String HKDF = "HKDF-SHA256";

  /** Refuses what is missing. */
  public RepositoryConfig {
    Components.required(id, "id");
    Components.required(cipher, "cipher");
    Components.required(kdf, "kdf");
    Components.required(createdAt, "createdAt");
  }

  /** Whether everything in it is sealed. */
  public boolean sealed() {
    return !cipher.equals(NONE);
  }
}
