package io.modeldepot.mirror.elsewhere;

import io.modeldepot.events.state.Capabilities;
import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.state.StorageReported;
import io.modeldepot.events.state.VerifiedFile;
import io.modeldepot.events.state.VersionState;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.terms.Source;
import io.modeldepot.events.terms.SourceKind;
import io.modeldepot.events.terms.VerifiedBy;
import io.modeldepot.mirror.door.FilledVolume;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a location announces of a version of {@code acme/<model>}, whose only version it is.
 *
 * @param location who
 * @param model of the catalog
 * @param commit also what is current there
 * @param revision under which it was fetched
 * @param state of the version
 * @param gated as the hub stated it
 * @param files with their content; git's id is told too
 */
public record Said(
    String location,
    String model,
    String commit,
    String revision,
    VersionState state,
    Optional<String> gated,
    Map<String, byte[]> files) {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  /** One that everyone may read, fetched from main. */
  public static Said of(String location, String model, String commit, Map<String, byte[]> files) {
    return new Said(location, model, commit, "main", VersionState.PRESENT, Optional.empty(), files);
  }

  public Said behindAGate() {
    return new Said(location, model, commit, revision, state, Optional.of("manual"), files);
  }

  public Said in(VersionState now) {
    return new Said(location, model, commit, revision, now, gated, files);
  }

  public Said asked(String name) {
    return new Said(location, model, commit, name, state, gated, files);
  }

  /** The key of the announcement. */
  public String key() {
    return location + "/" + model + "/" + commit;
  }

  /** The announcement. */
  public ModelVerified verified(long generation) {
    List<VerifiedFile> list =
        files.entrySet().stream().map(it -> file(it.getKey(), it.getValue())).toList();
    return new ModelVerified(
        LocationName.of(location),
        ModelName.of(model),
        FamilyName.of("family"),
        CommitId.of(commit),
        state,
        generation,
        commit,
        "versions/" + model + "/" + commit,
        VerifiedBy.GIT_SHA1,
        10,
        10,
        list.size(),
        list,
        new Source(
            SourceKind.HUB,
            Optional.empty(),
            Optional.of(RepositoryId.of("acme/" + model)),
            Optional.of(revision),
            Optional.of("mit"),
            gated),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        AT);
  }

  /** What a location reports of itself. */
  public static StorageReported storage(String location, Instant at, String... mirrorUrls) {
    return new StorageReported(
        LocationName.of(location),
        "volume-of-" + location,
        10,
        10,
        0,
        0,
        0,
        0,
        List.of(),
        List.of(mirrorUrls),
        new Capabilities(true, true, true, true, false),
        at);
  }

  private static VerifiedFile file(String path, byte[] content) {
    var digests = FilledVolume.digests(content);
    return new VerifiedFile(
        path,
        content.length,
        Optional.of(digests.sha256()),
        digests.gitSha1(),
        Optional.of(VerifiedBy.GIT_SHA1),
        true);
  }
}
