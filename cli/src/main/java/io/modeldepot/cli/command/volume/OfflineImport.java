package io.modeldepot.cli.command.volume;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.download.CtrlC;
import io.modeldepot.cli.command.download.ProgressKind;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.progress.ByteProgress;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.terms.Source;
import io.modeldepot.events.terms.SourceKind;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.adopt.Adopter;
import io.modeldepot.store.adopt.Unadoptable;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.publish.Publication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes a tree in by this process, under the model's claim, so that a downloader elsewhere and this
 * never meet.
 */
final class OfflineImport {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Session session;
  private final ModelName model;
  private final Optional<RepositoryId> repository;
  private final ProgressKind kind;

  OfflineImport(
      Session session, ModelName model, Optional<RepositoryId> repository, ProgressKind kind) {
    this.session = session;
    this.model = model;
    this.repository = repository;
    this.kind = kind;
  }

  ExitCode take(Path tree, FamilyName family) {
    ModelStore store = Volumes.openToWrite(session);
    try (CtrlC ctrlC = new CtrlC();
        Claims claims = store.claims("cli-" + ProcessHandle.current().pid())) {
      claims.startBeating();
      Optional<Claim> claim = claims.await(store.claimPlace(model), PATIENCE);
      if (claim.isEmpty()) {
        throw Failure.of(ExitCode.CONFLICT, "in-use", model + ": somebody is working on it")
            .because(String.valueOf(claims.observe(store.claimPlace(model))))
            .tryThis(Try.words("wait until it is done, then repeat this"));
      }
      return adopt(store, claim.get(), tree, family, ctrlC);
    } catch (CtrlC.Pressed e) {
      session.paper().warn("Interrupted: nothing was taken in.");
      return ExitCode.INTERRUPTED;
    } catch (Unadoptable e) {
      throw Failure.of(ExitCode.REFUSED, "bad-name", tree + " cannot be taken in")
          .because(String.valueOf(e.getMessage()));
    } catch (UncheckedIOException e) {
      throw Volumes.failure(e, session);
    } catch (IOException e) {
      throw Volumes.failure(e, session);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }

  private ExitCode adopt(ModelStore store, Claim claim, Path tree, FamilyName family, CtrlC ctrlC)
      throws IOException {
    FamilyName kept = store.versions().currentManifest(model).map(Manifest::family).orElse(family);
    boolean onVolume = tree.startsWith(store.layout().root());
    Source source =
        new Source(
            onVolume ? SourceKind.ADOPTED : SourceKind.IMPORT,
            Optional.empty(),
            repository,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    ByteProgress progress = kind.bytes(session, "import", bytes(tree));
    Publication done;
    try {
      done =
          store
              .adopter()
              .adopt(
                  claim,
                  new Adopter.Tree(tree, tree, model, kept, source),
                  new TreeInspection(session.paper()),
                  0,
                  bytes -> {
                    ctrlC.check();
                    progress.add(bytes);
                  });
    } finally {
      progress.clear();
    }
    say(store, done);
    return ExitCode.OK;
  }

  private void say(ModelStore store, Publication done) {
    Manifest manifest = done.manifest().orElseThrow();
    Path path = store.layout().tree(model, manifest.commit());
    long bytes = manifest.files().stream().mapToLong(f -> f.sizeBytes()).sum();
    if (session.form().machine()) {
      ObjectNode node =
          Json.object()
              .put("way", "offline")
              .put("model", model.value())
              .put("commit", manifest.commit().value())
              .put("path", path.toString())
              .put("files", manifest.files().size())
              .put("sizeBytes", bytes);
      session.paper().machine(node);
      return;
    }
    session
        .paper()
        .data(
            model
                + " "
                + manifest.commit().value().substring(0, 7)
                + " "
                + Human.count(manifest.files().size(), "file", "files")
                + ", "
                + Human.bytes(bytes)
                + ", verified by self");
    session.paper().talk("The registry learns of it when a downloader starts. Path: " + path);
  }

  private static long bytes(Path tree) throws IOException {
    long sum = 0;
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
    }
    return sum;
  }
}
