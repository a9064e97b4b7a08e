package io.modeldepot.cli.command.bundle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.backup.bundle.BundleIndex;
import io.modeldepot.backup.bundle.InventoryFile;
import io.modeldepot.backup.bundle.SiteInventory;
import io.modeldepot.backup.bundling.BundleMaking;
import io.modeldepot.backup.bundling.BundlePlan;
import io.modeldepot.backup.bundling.BundlePlanner;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.download.CtrlC;
import io.modeldepot.cli.command.download.ProgressKind;
import io.modeldepot.cli.command.volume.Volumes;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.progress.ByteProgress;
import io.modeldepot.provenance.oms.ModelSigner;
import io.modeldepot.store.ModelStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Makes a bundle, or says what it would be. */
final class Creating {
  private final Session session;
  private final ProgressKind kind;

  Creating(Session session, ProgressKind kind) {
    this.session = session;
    this.kind = kind;
  }

  /**
   * What is asked for.
   *
   * @param directory where to; a plan needs none
   * @param inventory of the far side
   * @param partBytes how long a part may be
   * @param planOnly whether nothing is written
   */
  record Order(
      Choice choice,
      Optional<Path> directory,
      Optional<Path> inventory,
      long partBytes,
      boolean planOnly) {}

  ExitCode create(Order order, Optional<ModelSigner> signer) {
    ModelStore store = Volumes.open(session);
    try {
      Optional<SiteInventory> farSide =
          order.inventory().isPresent()
              ? Optional.of(read(order.inventory().get()))
              : Optional.empty();
      BundlePlan plan =
          new BundlePlanner(store, farSide)
              .plan(
                  order.choice().on(store, session), order.partBytes(), session.clock().instant());
      if (plan.index().isEmpty() || order.planOnly()) {
        say(plan, Optional.empty(), signer);
        return ExitCode.OK;
      }
      return make(store, plan, order.directory().orElseThrow(), signer);
    } catch (IOException e) {
      throw BundleFailure.of(e, session);
    }
  }

  private static SiteInventory read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw Failure.usage(file + " is no inventory")
          .tryThis(new Try("make one on the far side", "bundle inventory --out FILE"));
    }
    try (InputStream in = Files.newInputStream(file)) {
      return InventoryFile.read(in);
    }
  }

  private ExitCode make(
      ModelStore store, BundlePlan plan, Path directory, Optional<ModelSigner> signer)
      throws IOException {
    ByteProgress shown = kind.bytes(session, "bundle", 0);
    try (CtrlC ctrlC = new CtrlC()) {
      Files.createDirectories(directory);
      BundleMaking.Report report =
          new BundleMaking(store.volume().calls(), directory, signer)
              .make(
                  plan,
                  (done, total, parts) -> {
                    ctrlC.check();
                    shown.at(done, total);
                  });
      shown.clear();
      say(plan, Optional.of(new Made(directory, report)), signer);
      return ExitCode.OK;
    } catch (CtrlC.Pressed e) {
      shown.clear();
      session.paper().warn("Interrupted: it is no bundle yet; the same command goes on.");
      return ExitCode.INTERRUPTED;
    } finally {
      shown.clear();
    }
  }

  /** A bundle that was made. */
  private record Made(Path directory, BundleMaking.Report report) {}

  private void say(BundlePlan plan, Optional<Made> made, Optional<ModelSigner> signer) {
    if (session.form().machine()) {
      session.paper().data(Json.line(line(plan, made, signer)));
      return;
    }
    Optional<BundleIndex> index = plan.index();
    if (index.isEmpty()) {
      session.paper().data("The far side has everything: nothing to carry.");
      return;
    }
    String what =
        Human.count(index.get().versions().size(), "version", "versions")
            + ", "
            + Human.bytes(index.get().contentBytes())
            + " in "
            + Human.count(index.get().partCount(), "part", "parts");
    String where =
        made.map(done -> session.paper().style().safe(done.directory().toString()) + "  ")
            .orElse("");
    session.paper().data(where + what);
    index.get().versions().stream()
        .map(version -> "  " + version.shown() + (version.current() ? "" : ", not current"))
        .forEach(session.paper()::data);
    if (plan.heldVersions() > 0 || plan.leftOutContents() > 0) {
      session
          .paper()
          .talk(
              "Left out, the far side has it: "
                  + Human.count(plan.heldVersions(), "version", "versions")
                  + ", "
                  + Human.bytes(plan.leftOutBytes())
                  + " of the others");
    }
    made.ifPresent(done -> sayMade(done, signer));
  }

  private void sayMade(Made made, Optional<ModelSigner> signer) {
    if (made.report().keptBytes() > 0) {
      session.paper().talk(Human.bytes(made.report().keptBytes()) + " were there and whole");
    }
    session
        .paper()
        .talk(
            signer
                .map(key -> "Signed by key " + key.fingerprint())
                .orElse("Not signed: the far side must take it in with --untrusted"));
  }

  private static ObjectNode line(
      BundlePlan plan, Optional<Made> made, Optional<ModelSigner> signer) {
    ObjectNode line =
        Json.object()
            .put("kind", "summary")
            .put("heldVersions", plan.heldVersions())
            .put("leftOutBytes", plan.leftOutBytes())
            .put("leftOutContents", plan.leftOutContents());
    var versions = line.putArray("versions");
    plan.index()
        .ifPresent(
            index -> {
              index
                  .versions()
                  .forEach(
                      one ->
                          versions
                              .addObject()
                              .put("model", one.model().value())
                              .put("commit", one.commit().value())
                              .put("current", one.current())
                              .put("sizeBytes", one.sizeBytes()));
              line.put("bundle", index.id());
              line.put("contentBytes", index.contentBytes()).put("parts", index.partCount());
            });
    made.ifPresent(
        done ->
            line.put("directory", done.directory().toString())
                .put("writtenBytes", done.report().writtenBytes())
                .put("keptBytes", done.report().keptBytes()));
    signer.ifPresent(key -> line.put("signer", key.fingerprint()));
    return line.put("exit", 0);
  }
}
