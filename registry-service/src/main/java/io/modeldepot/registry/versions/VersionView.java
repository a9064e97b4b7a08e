package io.modeldepot.registry.versions;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.modeldepot.events.state.Signature;
import io.modeldepot.events.terms.ModelProfile;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.Scan;
import io.modeldepot.events.terms.Source;
import io.modeldepot.events.terms.UpstreamSignature;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A version at a location as REST shows it: what {@code model-verified} says, without the files.
 */
public record VersionView(
    String model,
    String commit,
    String location,
    String family,
    String state,
    boolean current,
    long generation,
    String path,
    String verifiedBy,
    long sizeBytes,
    long presentBytes,
    int fileCount,
    Source source,
    Optional<ModelProfile> profile,
    Optional<Signature> signature,
    Optional<UpstreamSignature> upstreamSignature,
    Optional<Scan> scan,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RequestId> requestIds,
    Instant verifiedAt) {

  /** Whether an application could read it. */
  @JsonIgnore
  public boolean readable() {
    return state.equals("present") || state.equals("damaged");
  }
}
