package io.modeldepot.provenance.oms;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The vectors of the specification and the signatures of the reference implementation, where
 * somebody has them: {@code OMS_VECTORS} names a directory with the specification's {@code
 * test-vectors/v1.0} as {@code v1.0}, and the reference implementation's checkout as {@code ref}.
 */
@EnabledIfEnvironmentVariable(named = "OMS_VECTORS", matches = ".+")
class PublishedVectorsTest {
  private final Path vectors = Path.of(System.getenv().getOrDefault("OMS_VECTORS", "."));
  private final Path reference = vectors.resolve("ref/scripts/tests");

  @Test
  void theValidOnesAreReadAndTheInvalidOnesAreNot() throws Exception {
    for (Path file : files(vectors.resolve("v1.0/valid"))) {
      Statement statement = Statement.parse(Bundle.parse(Files.readAllBytes(file)).payload());

      assertThat(statement.resources()).as(file.toString()).hasSize(2);
    }
    for (String folder : List.of("v1.0/invalid", "v1.0/invalid-payload")) {
      for (Path file : files(vectors.resolve(folder))) {
        SignatureCheck check = verifier().check(Files.readAllBytes(file), Map.of(), Set.of());

        assertThat(check).as(file.toString()).isInstanceOf(SignatureCheck.Invalid.class);
      }
    }
  }

  @Test
  void modelsThatTheReferenceImplementationSignedByKeyAreValid() throws Exception {
    String fingerprint = "e8450dec4eb99dae995da9af1bc2cc9f76ed669ee2e744f57abba763df3e3f8e";
    for (String version : List.of("v1.0.0", "v1.0.1", "v1.1.0")) {
      assertThat(check(version + "-elliptic-key"))
          .as(version)
          .isEqualTo(new SignatureCheck.Valid(fingerprint));
    }
  }

  @Test
  void modelsThatItSignedOtherwiseAreNotChecked() throws Exception {
    for (String version : List.of("v1.0.0", "v1.0.1", "v1.1.0")) {
      for (String method : List.of("-certificate", "-sigstore")) {
        assertThat(check(version + method))
            .as(version + method)
            .isInstanceOf(SignatureCheck.NotChecked.class);
      }
    }
  }

  private SignatureCheck check(String model) throws Exception {
    Map<String, Sha256> digests = new TreeMap<>();
    for (Path file : files(reference.resolve(model))) {
      String name = file.getFileName().toString();
      if (!name.equals("model.sig") && !name.equals("ignore-me")) {
        digests.put(name, Sha256.ofBytes(Files.readAllBytes(file)));
      }
    }
    byte[] signature = Files.readAllBytes(reference.resolve(model).resolve("model.sig"));
    return verifier().check(signature, digests, Set.of());
  }

  private ModelVerifier verifier() throws Exception {
    ECPublicKey key =
        Keys.publicKey(Files.readString(reference.resolve("keys/certificate/signing-key-pub.pem")));
    return new ModelVerifier(List.of(key));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
