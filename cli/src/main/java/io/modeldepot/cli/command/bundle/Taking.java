package io.modeldepot.cli.command.bundle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.backup.unbundle.BundleImport;
import io.modeldepot.backup.unbundle.BundleImportPlan;
import io.modeldepot.backup.unbundle.BundleImportReport;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.download.CtrlC;
import io.modeldepot.cli.command.download.ProgressKind;
import io.modeldepot.cli.command.volume.DepotListing;
import io.modeldepot.cli.command.volume.Volumes;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.progress.ByteProgress;
import io.modeldepot.events.terms.Scan;
import io.modeldepot.events.terms.ScanStatus;
import io.modeldepot.provenance.oms.ModelVerifier;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.keep.Shelf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Takes a bundle in on the volume, and asks a depot that runs to list what came. */
final class Taking {
  private final Session session;
  private final ProgressKind kind;

  Taking(Session session, ProgressKind kind) {
    this.session = session;
    this.kind = kind;
  }

  ExitCode take(Path directory, Optional<ModelVerifier> trusted, boolean activate, boolean plan) {
    ModelStore store = plan ? Volumes.open(session) : Volumes.openToWrite(session);
    DepotListing depot = new DepotListing(session, "bundle import", false);
    ByteProgress shown = kind.bytes(session, plan ? "verify" : "import", 0);
    try (CtrlC ctrlC = new CtrlC();
        Claims claims = store.claims("cli-" + ProcessHandle.current().pid())) {
      claims.startBeating();
      BundleImport work = new BundleImport(new Shelf(store, claims), directory, trusted, activate);
      if (plan) {
        say(
            work.plan(
                (done, total, parts) -> {
                  ctrlC.check();
                  shown.at(done, total);
                }),
            shown);
        return ExitCode.OK;
      }
      BundleImportReport report =
          work.run(
              depot::shownGeneration,
              new SiteKeys(session).policy(),
              (done, total, parts) -> {
                ctrlC.check();
                shown.at(done, total);
              });
      shown.clear();
      say(report);
      report.done().stream()
          .map(done -> done.step().model())
          .distinct()
          .forEach(model -> depot.list(store, model));
      return ExitCode.OK;
    } catch (CtrlC.Pressed e) {
      shown.clear();
      session.paper().warn("Interrupted: nothing was published; the same command goes on.");
      return ExitCode.INTERRUPTED;
    } catch (IOException e) {
      shown.clear();
      throw BundleFailure.of(e, session);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }

  private void say(BundleImportPlan plan, ByteProgress shown) {
    shown.clear();
    if (session.form().machine()) {
      ObjectNode line = line(plan);
      var versions = line.putArray("versions");
      plan.versions().forEach(step -> of(step, versions.addObject()));
      session.paper().data(Json.line(line.put("exit", 0)));
      return;
    }
    plan.versions().forEach(step -> session.paper().data(text(step)));
    session
        .paper()
        .talk(
            "Whole"
                + plan.signer().map(key -> ", signed by key " + key).orElse("")
                + ": "
                + Human.bytes(plan.writeBytes())
                + " to write, "
                + Human.bytes(plan.keptBytes())
                + " are here. Nothing was changed.");
  }

  private void say(BundleImportReport report) {
    if (session.form().machine()) {
      ObjectNode line = line(report.plan());
      var versions = line.putArray("versions");
      report
          .done()
          .forEach(
              done ->
                  of(done.step(), versions.addObject())
                      .put("outcome", done.outcome())
                      .put("scan", word(done.scan())));
      session.paper().data(Json.line(line.put("exit", 0)));
      return;
    }
    for (BundleImportReport.Done done : report.done()) {
      boolean clean = done.scan().status() == ScanStatus.CLEAN;
      session
          .paper()
          .data(
              text(done.step())
                  + ", "
                  + done.outcome()
                  + (clean ? "" : ", scan " + word(done.scan())));
      done.scan().findings().forEach(session.paper()::talk);
    }
    session
        .paper()
        .talk(
            Human.bytes(report.plan().writeBytes())
                + " written, "
                + Human.bytes(report.plan().keptBytes())
                + " were here"
                + report.plan().signer().map(key -> "; signed by key " + key).orElse(""));
  }

  private static String word(Scan scan) {
    return scan.status().name().toLowerCase(Locale.ROOT);
  }

  private static String text(BundleImportPlan.Step step) {
    String fate =
        step.current()
            ? "current"
            : "kept beside "
                + step.before().map(c -> c.value().substring(0, 7)).orElse("the current one");
    return step.model()
        + "@"
        + step.commit().value().substring(0, 7)
        + "  "
        + Human.bytes(step.sizeBytes())
        + ", "
        + fate;
  }

  private static ObjectNode line(BundleImportPlan plan) {
    ObjectNode line =
        Json.object()
            .put("kind", "summary")
            .put("bundle", plan.index().id())
            .put("writeBytes", plan.writeBytes())
            .put("keptBytes", plan.keptBytes());
    plan.signer().ifPresent(key -> line.put("signer", key));
    return line;
  }

  private static ObjectNode of(BundleImportPlan.Step step, ObjectNode node) {
    node.put("model", step.model().value())
        .put("commit", step.commit().value())
        .put("current", step.current())
        .put("sizeBytes", step.sizeBytes());
    step.before().ifPresent(commit -> node.put("before", commit.value()));
    return node;
  }
}
