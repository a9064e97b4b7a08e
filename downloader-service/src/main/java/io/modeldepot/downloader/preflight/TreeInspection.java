package io.modeldepot.downloader.preflight;

import io.modeldepot.downloader.trust.Trust;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.ModelProfile;
import io.modeldepot.events.terms.Scan;
import io.modeldepot.events.terms.UpstreamSignature;
import io.modeldepot.provenance.policy.Judgement;
import io.modeldepot.store.adopt.Adopter;
import io.modeldepot.store.inspect.ModelFiles;
import io.modeldepot.store.inspect.ModelInspector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks into one tree that is taken in: judged first, then described. */
final class TreeInspection implements Adopter.Inspection {
  private final Trust trust;
  private final ModelName model;
  private @Nullable Judgement judgement;

  TreeInspection(Trust trust, ModelName model) {
    this.trust = trust;
    this.model = model;
  }

  @Override
  public Optional<Scan> scan(Map<String, Path> files) throws IOException {
    Judgement found = trust.admit(model, files);
    judgement = found;
    return Optional.of(found.scan());
  }

  @Override
  public Optional<UpstreamSignature> vouch(Manifest manifest, Map<String, Path> files)
      throws IOException {
    return Optional.of(trust.publishers().admit(manifest, files));
  }

  @Override
  public Optional<ModelProfile> inspect(Path tree) throws IOException {
    ModelProfile profile =
        ModelInspector.inspect(
                ModelFiles.under(
                    tree,
                    TakeIn.files(tree).stream()
                        .map(file -> tree.relativize(file).toString())
                        .toList()))
            .profile();
    Judgement found = judgement;
    return Optional.of(found == null ? profile : found.in(profile));
  }
}
