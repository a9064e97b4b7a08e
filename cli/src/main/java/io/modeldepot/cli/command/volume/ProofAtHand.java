package io.modeldepot.cli.command.volume;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Json;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.provenance.oms.SignatureCheck;
import io.modeldepot.provenance.proof.Proof;
import io.modeldepot.provenance.proof.ProofCheck;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Compares a report with what a person has: files, keys. No volume is opened. */
final class ProofAtHand {
  private final Session session;
  private final Path report;

  ProofAtHand(Session session, Path report) {
    this.session = session;
    this.report = report;
  }

  /** 0 if everything that could be compared holds, and something could be. */
  ExitCode check(Optional<Path> directory, List<Path> keyFiles) {
    if (directory.isEmpty() && keyFiles.isEmpty()) {
      throw Failure.usage("there is nothing to compare " + report + " with")
          .tryThis(new Try("with files, with a key", "proof --check FILE --files DIR --key PEM"));
    }
    Proof proof = read();
    List<String> problems = new ArrayList<>();
    List<String> holds = new ArrayList<>();
    if (directory.isPresent()) {
      List<String> differences = ProofCheck.files(proof, digests(directory.get()));
      problems.addAll(differences);
      if (differences.isEmpty()) {
        holds.add(Human.count(proof.files().size(), "file is", "files are") + " the proven ones.");
      }
    }
    if (!keyFiles.isEmpty()) {
      switch (ProofCheck.signature(proof, PublicKeys.verifier(keyFiles))) {
        case SignatureCheck.Valid valid -> holds.add("Signed by key " + valid.signer() + ".");
        case SignatureCheck.Untrusted unknown -> problems.add(unknown.why());
        case SignatureCheck.NotChecked other -> problems.add(other.why());
        case SignatureCheck.Invalid wrong -> problems.add(wrong.why());
      }
    }
    return conclude(proof, holds, problems);
  }

  private ExitCode conclude(Proof proof, List<String> holds, List<String> problems) {
    ExitCode exit = problems.isEmpty() ? ExitCode.OK : ExitCode.NO;
    if (session.form().machine()) {
      ObjectNode node =
          Json.object()
              .put("exit", exit.number())
              .put("model", proof.model().value())
              .put("commit", proof.commit().value());
      ArrayNode good = node.putArray("holds");
      holds.forEach(good::add);
      ArrayNode bad = node.putArray("problems");
      problems.forEach(bad::add);
      session.paper().machine(node);
      return exit;
    }
    session.paper().data(proof.model() + "@" + proof.commit().value().substring(0, 7));
    Stream.concat(holds.stream(), problems.stream())
        .map(line -> "    " + session.paper().style().safe(line))
        .forEach(session.paper()::data);
    return exit;
  }

  private Proof read() {
    try {
      return Wire.read(Files.readAllBytes(report), Proof.class);
    } catch (UnreadablePayload e) {
      throw Failure.usage(report + " is no proof").because(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw unreadable(report);
    }
  }

  private static Map<String, Sha256> digests(Path directory) {
    Map<String, Sha256> digests = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        digests.put(directory.relativize(file).toString(), digest(file));
      }
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(directory);
    }
    return digests;
  }

  private static Sha256 digest(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      long unused =
          new DigestInputStream(in, digest).transferTo(java.io.OutputStream.nullOutputStream());
      return Sha256.of(HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Failure unreadable(Path path) {
    return Failure.usage(path + " cannot be read")
        .tryThis(Try.words("name a file or directory that is there and that you may read"));
  }
}
