package io.modeldepot.cli.command.volume;

import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.UpstreamText;
import io.modeldepot.cli.command.Work;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Json;
import io.modeldepot.cli.output.Style;
import io.modeldepot.cli.progress.ByteProgress;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.terms.Scan;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.provenance.proof.Proof;
import io.modeldepot.provenance.proof.Proof.ProvenFile;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.integrity.Verifier.Depth;
import io.modeldepot.store.integrity.VersionReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code proof}: a report on a version that can be checked with no depot at hand. */
@Command(
    name = "proof",
    description = {
      "Reports where a version came from, what it consists of and what was found in it.",
      "Every byte is compared first; the report carries the signature, so that it can be checked anywhere. Needs nothing",
      "running. With --check a report is compared with files and keys at hand: exit code 0: all holds, 1: it does not.",
      "",
      "Examples:",
      "  proof llama2-7b --out llama2-7b.proof.json",
      "  proof --check llama2-7b.proof.json --files ./llama2-7b --key depot.pub",
      ""
    })
public final class ProofOf implements Work {
  @Parameters(
      paramLabel = "NAME[@COMMIT]",
      arity = "0..1",
      description = "the model, and the version")
  @Nullable String name;

  @Option(names = "--out", paramLabel = "FILE", description = "writes the report there, in JSON")
  @Nullable String out;

  @Option(names = "--check", paramLabel = "FILE", description = "a report to check")
  @Nullable String check;

  @Option(names = "--files", paramLabel = "DIR", description = "with --check: the model's files")
  @Nullable String files;

  @Option(
      names = "--key",
      paramLabel = "PEM",
      description = "with --check: a public key that is trusted")
  @Nullable List<String> keys;

  @Override
  public ExitCode run(Session session) {
    if (check != null && name == null && out == null) {
      return new ProofAtHand(session, session.path(check))
          .check(
              Optional.ofNullable(files).map(session::path),
              keys == null ? List.of() : keys.stream().map(session::path).toList());
    }
    if (name == null || check != null || files != null || keys != null) {
      throw Failure.usage("proof takes a model, or --check with a report")
          .tryThis(new Try("make one", "proof NAME --out FILE"))
          .tryThis(new Try("check one", "proof --check FILE --files DIR --key PEM"));
    }
    ModelStore store = Volumes.open(session);
    try {
      Proof proof = proof(store, session, Wanted.of(name, "proof").one(store, session));
      tell(session, proof);
      return ExitCode.OK;
    } catch (IOException e) {
      throw Volumes.failure(e, session);
    }
  }

  private static Proof proof(ModelStore store, Session session, Wanted.Found wanted)
      throws IOException {
    Manifest manifest =
        store
            .versions()
            .manifest(wanted.model(), wanted.commit())
            .orElseThrow(() -> PathOf.withoutManifest(wanted));
    List<ManifestFile> present = manifest.presentFiles();
    long bytes = present.stream().mapToLong(ManifestFile::sizeBytes).sum();
    ByteProgress progress = new ByteProgress(session.paper(), session.clock(), "proof", bytes);
    Optional<VersionReport> report =
        store.verifier().verify(wanted.model(), wanted.commit(), Depth.BYTES, progress::add);
    progress.clear();
    report.filter(VersionReport::damaged).ifPresent(r -> PathOf.refuse(wanted, r));
    Instant now = session.clock().instant();
    return new Proof(
        Proof.FORMAT,
        manifest.model(),
        manifest.commit(),
        manifest.source(),
        present.stream()
            .map(it -> new ProvenFile(it.path(), it.sizeBytes(), it.sha256().orElseThrow()))
            .toList(),
        manifest.scan(),
        Optional.empty(),
        store
            .versions()
            .signature(wanted.model(), wanted.commit())
            .map(Base64.getEncoder()::encodeToString),
        manifest.upstreamSignature(),
        now,
        Optional.empty(),
        now);
  }

  private void tell(Session session, Proof proof) {
    String json = Json.pretty(Json.read(new String(Wire.write(proof), StandardCharsets.UTF_8)));
    if (out != null) {
      Path file = session.path(out);
      try {
        Files.writeString(file, json + "\n");
      } catch (IOException e) {
        throw Failure.of(ExitCode.USAGE, "", file + " cannot be written")
            .because(String.valueOf(e.getMessage()));
      }
    }
    if (session.form().machine()) {
      session.paper().machine(Json.read(json));
      return;
    }
    Style style = session.paper().style();
    long bytes = proof.files().stream().mapToLong(ProvenFile::sizeBytes).sum();
    session
        .paper()
        .data(
            "%s@%s  %s, %s, every byte compared now"
                .formatted(
                    proof.model(),
                    proof.commit().value().substring(0, 7),
                    Human.count(proof.files().size(), "file", "files"),
                    Human.bytes(bytes)));
    session.paper().data("source     " + style.safe(source(proof)));
    session.paper().data("scan       " + proof.scan().map(ProofOf::status).orElse("not scanned"));
    proof.scan().map(Scan::findings).orElse(List.of()).stream()
        .map(finding -> "           " + style.safe(finding))
        .forEach(session.paper()::data);
    session.paper().data("signature  " + (proof.signatureFile().isPresent() ? "in it" : "none"));
    String upstream = UpstreamText.of(Json.read(json).path("upstreamSignature"));
    session
        .paper()
        .data("upstream   " + (upstream.isEmpty() ? "not looked at" : style.safe(upstream)));
    session
        .paper()
        .talk(
            out == null
                ? "Nothing was written; --out FILE writes the report."
                : "Check it anywhere:  "
                    + session.program()
                    + " proof --check "
                    + out
                    + " --files DIR --key PEM");
  }

  private static String status(Scan scan) {
    return scan.status().name().toLowerCase(java.util.Locale.ROOT);
  }

  private static String source(Proof proof) {
    String from =
        proof.source().repository().map(RepositoryId::value).orElse("a directory")
            + proof.source().endpoint().map(at -> " at " + at).orElse("")
            + proof.source().revision().map(it -> ", revision " + it).orElse("");
    return from + ", licence " + proof.source().licence().orElse("not stated");
  }
}
