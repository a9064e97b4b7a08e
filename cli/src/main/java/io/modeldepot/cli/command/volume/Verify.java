package io.modeldepot.cli.command.volume;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Style;
import io.modeldepot.cli.progress.ByteProgress;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.archive.ArchiveCheck;
import io.modeldepot.store.archive.ArchivedVersion;
import io.modeldepot.store.integrity.Finding.Missing;
import io.modeldepot.store.integrity.Verifier;
import io.modeldepot.store.integrity.Verifier.Depth;
import io.modeldepot.store.integrity.VersionReport;
import io.modeldepot.store.manifest.Current;
import io.modeldepot.store.manifest.UnreadableFile;
import io.modeldepot.store.volume.call.FileCallFailed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
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
      "  verify phi-2 --repair         read again by the janitor; what is damaged is brought anew",
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

  @Option(
      names = "--repair",
      description = "by the janitor, which asks for what is damaged to be brought anew")
  boolean repair;

  @Override
  public ExitCode run(Session session) {
    if (repair) {
      return new Repair(session).run(names, quick);
    }
    ModelStore store = Volumes.open(session);
    try {
      return check(store, session, wanted(store, session));
    } catch (IOException e) {
      throw Volumes.failure(e, session);
    }
  }

  private Set<Wanted> wanted(ModelStore store, Session session) throws IOException {
    Set<Wanted> wanted = new LinkedHashSet<>();
    if (names != null && !names.isEmpty()) {
      session.named(names, "model").forEach(name -> wanted.add(Wanted.of(name, "verify")));
      return wanted;
    }
    SequencedSet<ModelName> models = new LinkedHashSet<>(store.versions().models());
    models.addAll(store.archive().shelf().models());
    for (ModelName model : models) {
      Wanted every = new Wanted(model, "");
      if (every.isHere(store) || !every.archived(store).isEmpty()) {
        wanted.add(every);
      }
    }
    return wanted;
  }

  private ExitCode check(ModelStore store, Session session, Set<Wanted> wanted) throws IOException {
    Set<Wanted.Found> versions = new LinkedHashSet<>();
    Set<Wanted.Found> archived = new LinkedHashSet<>();
    List<Verified> results = new ArrayList<>();
    for (Wanted one : wanted) {
      archived.addAll(one.archived(store));
      if (!one.isArchivedAlone(store)) {
        versions.addAll(one.all(store, session));
      }
      if (one.version().isEmpty()) {
        one.unreadableCurrent(store).ifPresent(f -> results.add(Verified.without(one.model(), f)));
      }
    }
    results.forEach(result -> say(session, result));
    long total = 0;
    for (Wanted.Found version : versions) {
      total += quick ? 0 : presentBytes(store, version);
    }
    for (Wanted.Found version : archived) {
      total += quick ? 0 : archivedBytes(store, version);
    }
    ByteProgress progress = new ByteProgress(session.paper(), session.clock(), "verify", total);
    Verifier verifier = store.verifier();
    for (Wanted.Found version : versions) {
      Optional<Verified> result = look(store, verifier, version, progress);
      progress.clear();
      result.ifPresent(r -> say(session, r));
      result.ifPresent(results::add);
    }
    for (Wanted.Found version : archived) {
      Verified result = Verified.archived(version, damaged(store, version, progress));
      progress.clear();
      say(session, result);
      results.add(result);
    }
    return conclude(session, results);
  }

  /** Empty if the version was removed meanwhile. */
  private Optional<Verified> look(
      ModelStore store, Verifier verifier, Wanted.Found version, ByteProgress progress)
      throws IOException {
    Path manifest = store.layout().manifest(version.model(), version.commit());
    try {
      if (store.versions().manifest(version.model(), version.commit()).isEmpty()) {
        return store
            .versions()
            .current(version.model())
            .flatMap(Current::commit)
            .filter(version.commit()::equals)
            .map(c -> Verified.without(version, new Missing(store.layout().shown(manifest))));
      }
    } catch (UnreadableFile | FileCallFailed e) {
      store.volume().requireStillHere();
      return Optional.of(Verified.without(version, FindingText.unreadable(store, manifest, e)));
    }
    return verifier
        .verify(version.model(), version.commit(), quick ? Depth.NAMES : Depth.BYTES, progress::add)
        .map(report -> Verified.of(version, report));
  }

  private List<ArchiveCheck.Damaged> damaged(
      ModelStore store, Wanted.Found version, ByteProgress progress) throws IOException {
    ArchiveCheck check = store.archiveCheck();
    return quick
        ? check.look(version.model(), version.commit())
        : check.read(version.model(), version.commit(), new HashSet<>(), progress::add);
  }

  private static long archivedBytes(ModelStore store, Wanted.Found version) throws IOException {
    return store
        .archive()
        .shelf()
        .find(version.model(), version.commit())
        .map(ArchivedVersion::rawBytes)
        .orElse(0L);
  }

  private static ExitCode conclude(Session session, List<Verified> results) {
    List<Verified> bad = results.stream().filter(result -> !result.clean()).toList();
    if (session.form().machine()) {
      ObjectNode all = Json.object().put("exit", bad.isEmpty() ? 0 : 1);
      ArrayNode versions = all.putArray("versions");
      results.forEach(result -> versions.add(result.json()));
      session.paper().machine(all);
    } else if (results.isEmpty()) {
      session.paper().talk("Nothing is on the volume yet.");
    } else if (!bad.isEmpty()) {
      session
          .paper()
          .talk(
              bad.size()
                  + " of "
                  + Human.count(results.size(), "version", "versions")
                  + " with findings.");
      bad.stream()
          .filter(Verified::damaged)
          .map(Verified::remedy)
          .distinct()
          .forEach(it -> session.paper().talk("Try:  " + session.program() + " " + it));
    }
    return bad.isEmpty() ? ExitCode.OK : ExitCode.NO;
  }

  private void say(Session session, Verified result) {
    if (session.form().machine()) {
      return;
    }
    Style style = session.paper().style();
    if (session.paper().quiet()) {
      if (!result.clean()) {
        session.paper().data(result.toString());
      }
      return;
    }
    String read =
        result.place() == Verified.Place.ARCHIVE
            ? "  in the archive"
            : result.report().map(report -> "  " + read(report)).orElse("");
    session
        .paper()
        .data(
            style.sign(result.mark())
                + " "
                + result
                + "  "
                + style.marked(result.mark(), result.word())
                + read);
    result
        .findings()
        .forEach(
            f ->
                session
                    .paper()
                    .data("    " + style.safe(f.path()) + ": " + style.safe(FindingText.of(f))));
  }

  private String read(VersionReport report) {
    return quick
        ? Human.count(files(report), "file", "files") + " by name and length"
        : Human.count(report.filesRead(), "file", "files")
            + ", "
            + Human.bytes(report.bytesRead())
            + " read in "
            + Human.span(report.took().toSeconds());
  }

  private static int files(VersionReport report) {
    return report.manifest().presentFiles().size();
  }

  /** For the bar; what cannot be read is told when its turn comes. */
  private static long presentBytes(ModelStore store, Wanted.Found version) throws IOException {
    try {
      return store
          .versions()
          .manifest(version.model(), version.commit())
          .map(Manifest::presentFiles)
          .orElse(List.of())
          .stream()
          .mapToLong(ManifestFile::sizeBytes)
          .sum();
    } catch (UnreadableFile | FileCallFailed e) {
      return 0;
    }
  }
}
