package io.modeldepot.placement.seed;

import io.modeldepot.events.state.Gpu;
import io.modeldepot.events.state.GpuReported;
import io.modeldepot.events.state.GpuState;
import io.modeldepot.events.state.MeasuredEngine;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.PlacementDemand;
import io.modeldepot.events.state.VersionState;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.Profile;
import io.modeldepot.events.terms.Source;
import io.modeldepot.events.terms.SourceKind;
import io.modeldepot.events.terms.UpdatePolicy;
import io.modeldepot.events.terms.VerifiedBy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the registry and a downloader say of the seed's models. */
public final class SeedEvents {
  /** The version of every model. */
  public static final CommitId COMMIT = CommitId.of("01c7f73d771dfac7d292323805ebc428287df4f9");

  private static final LocationName HERE = LocationName.of("default");

  private SeedEvents() {}

  /** The catalog's entry, with the seed's demand. */
  public static ModelDescribed described(SeedModel model, long generation) {
    return described(model, generation, Optional.of(demand(model)));
  }

  /** The catalog's entry with this demand. */
  public static ModelDescribed described(
      SeedModel model, long generation, Optional<PlacementDemand> demand) {
    return new ModelDescribed(
        model.model(),
        FamilyName.of("testing"),
        Optional.empty(),
        model.model().value(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        UpdatePolicy.MANUAL,
        3,
        false,
        List.of(HERE),
        Profile.FULL,
        demand,
        generation);
  }

  /** The seed's demand. */
  public static PlacementDemand demand(SeedModel model) {
    return new PlacementDemand(
        model.users(),
        Optional.of(model.minUsers()),
        model.contextTokens(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** What the seed's host says of its GPUs and the engines on them. */
  public static GpuReported reported(List<MeasuredEngine> engines, Instant at) {
    return new GpuReported(
        HERE,
        "gpu-host",
        SeedFleet.both().gpus().stream()
            .map(
                it ->
                    new Gpu(
                        it.id().id(),
                        it.kind().name(),
                        it.kind().memoryBytes(),
                        it.usableBytes(),
                        Optional.empty(),
                        GpuState.READY))
            .toList(),
        600,
        at,
        engines);
  }

  /** The key of its version. */
  public static String keyOfVersion(SeedModel model) {
    return HERE + "/" + model.model() + "/" + COMMIT;
  }

  /** Its version, present and current. */
  public static ModelVerified verified(SeedModel model) {
    return verified(model, HERE, COMMIT, VersionState.PRESENT, COMMIT.value());
  }

  /** A version of it. */
  public static ModelVerified verified(
      SeedModel model, LocationName location, CommitId commit, VersionState state, String current) {
    return new ModelVerified(
        location,
        model.model(),
        FamilyName.of("testing"),
        commit,
        state,
        1,
        current,
        "versions/" + model.model() + "/" + commit,
        VerifiedBy.SHA256,
        1,
        1,
        0,
        List.of(),
        new Source(
            SourceKind.HUB,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        Optional.of(model.profile()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Instant.parse("2026-11-23T09:00:00Z"));
  }
}
