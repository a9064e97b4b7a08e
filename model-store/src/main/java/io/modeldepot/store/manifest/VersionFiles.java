package io.modeldepot.store.manifest;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.wire.CanonicalJson;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.volume.SafeFile;
import io.modeldepot.store.volume.Volume;
import io.modeldepot.store.volume.call.FileCalls;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes manifests, signatures and {@code current.json}. All are made inside the claim and renamed
 * into place, so a holder that was replaced writes nothing; when a call returns the file survives a
 * power cut.
 */
public final class VersionFiles {
  private static final int MODE = 0644;

  private final Layout layout;
  private final FileCalls calls;

  /** The version files of a volume. */
  public VersionFiles(Volume volume) {
    this.layout = volume.layout();
    this.calls = volume.calls();
  }

  /** Puts a manifest in place: from now on the version exists. */
  public void write(Claim claim, Manifest manifest) throws IOException {
    write(
        claim,
        "manifest.tmp",
        layout.manifest(manifest.model(), manifest.commit()),
        CanonicalJson.of(manifest));
  }

  /** Puts {@code current.json} in place: the commit point of every change of a model. */
  public void write(Claim claim, ModelName model, Current current) throws IOException {
    write(claim, "current.tmp", layout.current(model), CanonicalJson.of(current));
  }

  /**
   * Puts the signature of a version in place, or another instead of the one it has. The version is
   * there already; a version may be without.
   */
  public void sign(Claim claim, ModelName model, CommitId commit, byte[] signature)
      throws IOException {
    write(claim, "signature.tmp", layout.signature(model, commit), signature);
  }

  private void write(Claim claim, String temporary, Path file, byte[] content) throws IOException {
    SafeFile.replace(calls, claim.directory().resolve(temporary), file, content, MODE);
  }
}
