package io.modeldepot.store.integrity;

import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.volume.FreshName;
import io.modeldepot.store.volume.SafeFile;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.FileCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where damaged or foreign files go: out of everybody's way, with what is known about them. */
public final class Quarantine {
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Layout layout;
  private final FileCalls calls;
  private final Clock clock;

  /** The quarantine of a volume. */
  public Quarantine(Volume volume, Clock clock) {
    this.layout = volume.layout();
    this.calls = volume.calls();
    this.clock = clock;
  }

  /**
   * Moves a file or a tree to {@code .depot/quarantine/<when>-<model>-<8 hex>/}, beside {@code
   * evidence.json}, which is written first. One rename: it is either where it was or here. A crash
   * before that leaves evidence of nothing, which does no harm.
   *
   * @param file inside the claim, so that a holder that was replaced moves nothing
   * @param evidence what happened, expected and actual digests, where it came from; no secrets
   * @return where it is now
   */
  public Path put(ModelName model, Path file, Map<String, ?> evidence) throws IOException {
    return move(file, prepared(model, file, evidence));
  }

  /**
   * Moves what lies outside of the claim. What may be somebody's own goes here straight from where
   * people see it: inside a claim's work directory it would be cleared away after a crash.
   *
   * @throws io.modeldepot.store.claim.ClaimLost if somebody else holds it; nothing is moved then
   */
  public Path putFromOutside(Claim claim, ModelName model, Path file, Map<String, ?> evidence)
      throws IOException {
    Path place = prepared(model, file, evidence);
    claim.requireHeld();
    return move(file, place);
  }

  /**
   * Moves a blob out of the cache whose bytes are not what its name says, so that no version is
   * made of it any more. Trees that have the same file keep it.
   *
   * @return where it is now; empty if it is gone already
   */
  public Optional<Path> putBlob(Sha256 digest, Map<String, ?> evidence) throws IOException {
    Path blob = layout.blob(digest);
    if (calls.stat(blob).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(move(blob, prepared("blob", blob, evidence)));
  }

  private Path prepared(ModelName model, Path file, Map<String, ?> evidence) throws IOException {
    Map<String, Object> written = new TreeMap<>(evidence);
    written.put("model", model.value());
    return prepared(model.value(), file, written);
  }

  private Path prepared(String name, Path file, Map<String, ?> evidence) throws IOException {
    Path place =
        layout
            .quarantine()
            .resolve(WHEN.format(clock.instant()) + "-" + name + "-" + FreshName.eightHex(calls));
    calls.mkdir(place, DirectoryTree.DIRECTORY_MODE);
    Map<String, Object> written = new TreeMap<>(evidence);
    written.put("at", Wire.time(clock.instant()));
    written.put("was", layout.shown(file));
    SafeFile.write(calls, place.resolve("evidence.json"), Wire.write(written), 0444);
    return place;
  }

  private Path move(Path file, Path place) throws IOException {
    Path name = file.getFileName();
    Path there = place.resolve(name == null ? Path.of("file") : name);
    calls.rename(file, there);
    calls.syncDirectory(place);
    calls.syncDirectory(layout.quarantine());
    return there;
  }
}
