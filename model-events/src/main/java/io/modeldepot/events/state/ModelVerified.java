package io.modeldepot.events.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Components;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.ModelProfile;
import io.modeldepot.events.terms.Reading;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.Scan;
import io.modeldepot.events.terms.Source;
import io.modeldepot.events.terms.UpstreamSignature;
import io.modeldepot.events.terms.VerifiedBy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a location has of a version: announced from the volume, never from memory.
 *
 * @param location location
 * @param model model
 * @param family family
 * @param commit commit
 * @param state state
 * @param generation generation
 * @param currentCommit empty when the location has no current version of the model
 * @param path {@code versions/<model>/<commit>}, relative to the volume
 * @param verifiedBy the weakest of its files
 * @param sizeBytes of the whole repository
 * @param presentBytes of the selected files; of an archived version, what its archive takes
 * @param fileCount fileCount
 * @param files always there when present
 * @param source source
 * @param profile profile
 * @param signature signature
 * @param upstreamSignature what the signature that its publisher put into the repository says
 * @param scan scan
 * @param reading what its small text files say; absent where they cannot be read
 * @param requestIds requestIds
 * @param verifiedAt verifiedAt
 */
public record ModelVerified(
    LocationName location,
    ModelName model,
    FamilyName family,
    CommitId commit,
    VersionState state,
    @JsonProperty(required = true) long generation,
    String currentCommit,
    String path,
    VerifiedBy verifiedBy,
    @JsonProperty(required = true) long sizeBytes,
    @JsonProperty(required = true) long presentBytes,
    @JsonProperty(required = true) int fileCount,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<VerifiedFile> files,
    Source source,
    Optional<ModelProfile> profile,
    Optional<Signature> signature,
    Optional<UpstreamSignature> upstreamSignature,
    Optional<Scan> scan,
    Optional<Reading> reading,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RequestId> requestIds,
    Instant verifiedAt) {

  /** Refuses what is missing; an absent optional list is an empty one. */
  public ModelVerified {
    Components.required(location, "location");
    Components.required(model, "model");
    Components.required(family, "family");
    Components.required(commit, "commit");
    Components.required(state, "state");
    Components.notNegative(generation, "generation");
    Components.required(currentCommit, "currentCommit");
    Components.required(path, "path");
    Components.required(verifiedBy, "verifiedBy");
    Components.notNegative(sizeBytes, "sizeBytes");
    Components.notNegative(presentBytes, "presentBytes");
    Components.notNegative(fileCount, "fileCount");
    files = Components.list(files);
    Components.required(source, "source");
    profile = Components.optional(profile);
    signature = Components.optional(signature);
    upstreamSignature = Components.optional(upstreamSignature);
    scan = Components.optional(scan);
    reading = Components.optional(reading);
    requestIds = Components.list(requestIds);
    Components.required(verifiedAt, "verifiedAt");
  }

  /** Whether this is the version that the location serves as current. */
  public boolean current() {
    return currentCommit.equals(commit.value());
  }
}
