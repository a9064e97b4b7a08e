package io.modeldepot.registry.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import io.modeldepot.events.state.PlacementDemand;
import io.modeldepot.events.state.Spread;
import io.modeldepot.events.terms.ModelProfile;
import io.modeldepot.events.terms.StatedWeights;
import io.modeldepot.registry.door.Json;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A model as REST shows it: the wish, and what is there of it. The README has an example. */
public record ModelView(
    String model,
    String family,
    String displayName,
    Optional<String> repository,
    Optional<String> useCase,
    Optional<String> licence,
    Optional<String> branch,
    Optional<String> pin,
    String update,
    int keepVersions,
    boolean active,
    List<String> locations,
    String profile,
    Optional<PlacementDemand> placement,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Spread> spread,
    long generation,
    String state,
    Optional<Current> current,
    long versions,
    long sizeBytes,
    Optional<ModelProfile> modelProfile,
    Optional<String> modelProfileFrom,
    Optional<Memory> memory,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Newer> newer,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<LastDownload> download,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Instant> lastUsedAt,
    Instant createdAt,
    Instant updatedAt) {

  /**
   * The version that is served.
   *
   * @param signature status of this site's or another one's signature
   * @param upstreamSignature status of the signature that the publisher put into the repository
   * @param scan status of what loading its files would run
   */
  public record Current(
      String commit,
      String location,
      long generation,
      String path,
      String verifiedBy,
      long sizeBytes,
      long presentBytes,
      int fileCount,
      Instant verifiedAt,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> signature,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> upstreamSignature,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> scan) {}

  /**
   * What the branch has since, as it was last looked at; absent for a model that is pinned.
   *
   * @param commit what the branch stood for
   * @param seenAt when
   * @param waits whether somebody has to agree before it is fetched
   */
  public record Newer(String commit, Instant seenAt, boolean waits) {}

  /** The newest download. */
  public record LastDownload(String id, String state) {}

  /**
   * What the model needs on a GPU before any user comes.
   *
   * @param weightsBytes in the precision in which they are stored; the figure that plans use
   * @param weightsRemark where the files were not believed
   * @param kvBytesPerToken two tensors of 16-bit numbers per layer, KV head and head dimension
   */
  public record Memory(
      Optional<Long> weightsBytes,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> weightsRemark,
      Optional<Long> kvBytesPerToken) {
    static Optional<Memory> of(ModelProfile profile) {
      Optional<StatedWeights> stated = StatedWeights.of(profile);
      long tensors = profile.tensorBytes().values().stream().mapToLong(Long::longValue).sum();
      Optional<Long> weights =
          stated.map(StatedWeights::bytes).or(() -> Optional.of(tensors).filter(it -> it > 0));
      Optional<Long> perToken =
          profile
              .layers()
              .flatMap(
                  layers ->
                      profile
                          .kvHeads()
                          .flatMap(
                              heads ->
                                  profile
                                      .headSize()
                                      .map(size -> 2L * layers * heads * size * Short.BYTES)));
      return weights.isEmpty() && perToken.isEmpty()
          ? Optional.empty()
          : Optional.of(new Memory(weights, stated.flatMap(StatedWeights::remark), perToken));
    }
  }

  static ModelView of(ModelColumns row) {
    Optional<ModelProfile> measured = Json.valueOrEmpty(row.filesProfile, ModelProfile.class);
    Optional<ModelProfile> published = Json.valueOrEmpty(row.publishedProfile, ModelProfile.class);
    Optional<ModelProfile> profile = measured.or(() -> published);
    return new ModelView(
        row.name,
        row.family,
        row.displayName,
        Optional.ofNullable(row.repository),
        Optional.ofNullable(row.useCase),
        Optional.ofNullable(row.licence),
        Optional.ofNullable(row.branch),
        Optional.ofNullable(row.pin),
        row.updatePolicy,
        row.keepVersions,
        row.active,
        Json.value(row.locations, new TypeReference<List<String>>() {}),
        row.profile,
        Json.valueOrEmpty(row.placement, PlacementDemand.class),
        Json.valueOrEmpty(row.spread, Spread.class),
        row.generation,
        row.state,
        current(row),
        row.versions,
        row.sizeBytes,
        profile,
        profile.map(ignored -> measured.isPresent() ? "files" : "published"),
        profile.flatMap(Memory::of),
        row.newerCommit == null || row.newerSeenAt == null
            ? Optional.empty()
            : Optional.of(new Newer(row.newerCommit, row.newerSeenAt, row.updateWaits)),
        row.downloadId == null || row.downloadState == null
            ? Optional.empty()
            : Optional.of(new LastDownload(row.downloadId, row.downloadState)),
        Optional.ofNullable(row.lastUsedAt),
        row.createdAt,
        row.updatedAt);
  }

  private static Optional<Current> current(ModelColumns row) {
    if (row.currentCommit == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Current(
            row.currentCommit,
            Objects.requireNonNull(row.currentLocation),
            Objects.requireNonNull(row.currentGeneration),
            Objects.requireNonNull(row.currentPath),
            Objects.requireNonNull(row.currentVerifiedBy),
            Objects.requireNonNull(row.currentSizeBytes),
            Objects.requireNonNull(row.currentPresentBytes),
            Objects.requireNonNull(row.currentFileCount),
            Objects.requireNonNull(row.currentVerifiedAt),
            known(row.currentSignature),
            known(row.currentUpstreamSignature),
            known(row.currentScan)));
  }

  private static Optional<String> known(String status) {
    return Optional.of(status).filter(it -> !it.isEmpty());
  }
}
