package io.modeldepot.cli.command.volume;

import io.modeldepot.cli.output.Paper;
import io.modeldepot.events.terms.ModelProfile;
import io.modeldepot.events.terms.Scan;
import io.modeldepot.provenance.policy.Judgement;
import io.modeldepot.provenance.policy.Policy;
import io.modeldepot.store.adopt.Adopter;
import io.modeldepot.store.inspect.ModelFiles;
import io.modeldepot.store.inspect.ModelInspector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks into a tree that is taken in and says what loading it would run; refuses nothing. */
final class TreeInspection implements Adopter.Inspection {
  private final Paper paper;
  private @Nullable Judgement judgement;

  TreeInspection(Paper paper) {
    this.paper = paper;
  }

  @Override
  public Optional<Scan> scan(Map<String, Path> files) throws IOException {
    Judgement found = Judgement.of(files, Policy.OBSERVANT);
    judgement = found;
    found.scan().findings().forEach(paper::talk);
    return Optional.of(found.scan());
  }

  @Override
  public Optional<ModelProfile> inspect(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      List<String> paths =
          files.filter(Files::isRegularFile).map(file -> tree.relativize(file).toString()).toList();
      ModelProfile profile = ModelInspector.inspect(ModelFiles.under(tree, paths)).profile();
      Judgement found = judgement;
      return Optional.of(found == null ? profile : found.in(profile));
    }
  }
}
