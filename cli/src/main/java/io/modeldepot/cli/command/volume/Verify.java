package io.modeldepot.cli.command.volume;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Listing.Mark;
import io.modeldepot.cli.output.Style;
import io.modeldepot.cli.progress.ByteProgress;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.integrity.Verifier;
import io.modeldepot.store.integrity.Verifier.Depth;
import io.modeldepot.store.integrity.VersionReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code verify}: compares what is on the volume with its manifests, offline. */
@Command(
    name = "verify",
    description = {
      "Reads every byte of versions and compares it with their manifests.",
      "Works on the volume alone: no network, nothing running. Exit code 0: all is what it should be, 1: findings.",
      "",
      "Examples:",
      "  verify                        everything on the volume",
      "  verify llama2-7b              all its versions",
      "  verify mistral-7b@26bca36 --quick",
      ""
    })
public final class Verify implements Work {
  @Parameters(
      paramLabel = "NAME[@COMMIT]",
      arity = "0..*",
      description = "models; - reads them from stdin; none: all")
  @Nullable List<String> names;

  @Option(names = "--quick", description = "only names, lengths and modes; under a second")
  boolean quick;

  @Override
  public ExitCode run(Session session) {
    ModelStore store = Volumes.open(session);
    try {
      Set<Wanted.Found> versions = versions(store, session);
      return check(store, session, versions);
    } catch (IOException e) {
      throw Volumes.failure(e, session);
    }
  }

  private Set<Wanted.Found> versions(ModelStore store, Session session) throws IOException {
    Set<Wanted.Found> found = new LinkedHashSet<>();
    if (names == null || names.isEmpty()) {
      for (ModelName model : store.versions().models()) {
        if (!store.versions().commits(model).isEmpty()) {
          found.addAll(new Wanted(model, "").all(store, session));
        }
      }
      return found;
    }
    for (String name : session.named(names, "model")) {
      found.addAll(Wanted.of(name).all(store, session));
    }
    return found;
  }

  private ExitCode check(ModelStore store, Session session, Set<Wanted.Found> versions)
      throws IOException {
    long total = 0;
    for (Wanted.Found version : versions) {
      total += quick ? 0 : presentBytes(store, version);
    }
    ByteProgress progress = new ByteProgress(session.paper(), session.clock(), "verify", total);
    Verifier verifier = store.verifier();
    ArrayNode machine = Json.array();
    List<String> bad = new ArrayList<>();
    List<String> damaged = new ArrayList<>();
    for (Wanted.Found version : versions) {
      Optional<VersionReport> report =
          verifier.verify(
              version.model(), version.commit(), quick ? Depth.NAMES : Depth.BYTES, progress::add);
      if (report.isPresent()) {
        progress.clear();
        say(session, version, report.get());
        machine.add(json(version, report.get()));
        if (!report.get().clean()) {
          bad.add(version.toString());
        }
        if (report.get().damaged()) {
          damaged.add(version.model().value());
        }
      }
    }
    progress.clear();
    return conclude(session, versions.size(), machine, bad, damaged);
  }

  private static ExitCode conclude(
      Session session, int count, ArrayNode machine, List<String> bad, List<String> damaged) {
    if (session.form().machine()) {
      ObjectNode all = Json.object().put("exit", bad.isEmpty() ? 0 : 1);
      all.set("versions", machine);
      session.paper().machine(all);
    } else if (count == 0) {
      session.paper().talk("Nothing is on the volume yet.");
    } else if (!bad.isEmpty()) {
      session
          .paper()
          .talk(
              bad.size() + " of " + Human.count(count, "version", "versions") + " with findings.");
      for (String model : new LinkedHashSet<>(damaged)) {
        session.paper().talk("Try:  " + session.program() + " download " + model + " --force");
      }
    }
    return bad.isEmpty() ? ExitCode.OK : ExitCode.NO;
  }

  private void say(Session session, Wanted.Found version, VersionReport report) {
    if (session.form().machine()) {
      return;
    }
    Style style = session.paper().style();
    if (session.paper().quiet()) {
      if (!report.clean()) {
        session.paper().data(version.toString());
      }
      return;
    }
    Mark mark = report.clean() ? Mark.GOOD : report.damaged() ? Mark.BAD : Mark.WARN;
    String word = report.clean() ? "ok" : report.damaged() ? "damaged" : "findings";
    String read =
        quick
            ? Human.count(files(report), "file", "files") + " by name and length"
            : Human.count(report.filesRead(), "file", "files")
                + ", "
                + Human.bytes(report.bytesRead())
                + " read in "
                + Human.span(report.took().toSeconds());
    session
        .paper()
        .data(style.sign(mark) + " " + version + "  " + style.marked(mark, word) + "  " + read);
    report
        .findings()
        .forEach(
            f ->
                session
                    .paper()
                    .data("    " + style.safe(f.path()) + ": " + style.safe(FindingText.of(f))));
  }

  private static int files(VersionReport report) {
    return (int) report.manifest().files().stream().filter(ManifestFile::present).count();
  }

  private static ObjectNode json(Wanted.Found version, VersionReport report) {
    ObjectNode node =
        Json.object()
            .put("model", version.model().value())
            .put("commit", version.commit().value())
            .put("clean", report.clean())
            .put("damaged", report.damaged())
            .put("filesRead", report.filesRead())
            .put("bytesRead", report.bytesRead());
    ArrayNode findings = node.putArray("findings");
    report.findings().forEach(finding -> findings.add(FindingText.json(finding)));
    return node;
  }

  private static long presentBytes(ModelStore store, Wanted.Found version) throws IOException {
    return store
        .versions()
        .manifest(version.model(), version.commit())
        .map(Manifest::files)
        .orElse(List.of())
        .stream()
        .filter(ManifestFile::present)
        .mapToLong(ManifestFile::sizeBytes)
        .sum();
  }
}
