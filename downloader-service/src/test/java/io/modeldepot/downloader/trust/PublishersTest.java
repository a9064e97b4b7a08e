package io.modeldepot.downloader.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.terms.Source;
import io.modeldepot.events.terms.SourceKind;
import io.modeldepot.events.terms.UpstreamSignature;
import io.modeldepot.events.terms.UpstreamSignatureStatus;
import io.modeldepot.provenance.oms.Keys;
import io.modeldepot.provenance.oms.ModelSigner;
import io.modeldepot.provenance.oms.Statement;
import io.modeldepot.provenance.policy.SignatureRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is believed of signatures in repositories, on files as they come in. */
class PublishersTest {
  private static final KeyPair PUBLISHER = Keys.generate();
  private static final KeyPair STRANGER = Keys.generate();

  @TempDir Path home;
  private final Map<String, Path> where = new TreeMap<>();

  @BeforeEach
  void given() throws IOException {
    Files.writeString(home.resolve("publisher.pub"), Keys.pem(PUBLISHER.getPublic()));
    put("config.json", "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    put("model.safetensors", new byte[] {1, 2, 3});
  }

  private void put(String path, byte[] bytes) throws IOException {
    where.put(path, Files.write(home.resolve(path), bytes));
  }

  private Map<String, Sha256> digests() throws IOException {
    Map<String, Sha256> digests = new TreeMap<>();
    for (Map.Entry<String, Path> file : where.entrySet()) {
      digests.put(file.getKey(), Sha256.ofBytes(Files.readAllBytes(file.getValue())));
    }
    return digests;
  }

  private void sign(KeyPair pair) throws IOException {
    put(UpstreamSignature.FILE, new ModelSigner(pair).sign(Statement.over("tiny", digests())));
  }

  private Manifest manifest(String repository) throws IOException {
    List<ManifestFile> files = new ArrayList<>();
    for (Map.Entry<String, Sha256> file : digests().entrySet()) {
      files.add(
          new ManifestFile(
              file.getKey(),
              Files.size(home.resolve(file.getKey())),
              true,
              Optional.of(file.getValue()),
              Optional.empty(),
              Optional.empty(),
              Optional.empty()));
    }
    return new Manifest(
        Manifest.FORMAT,
        ModelName.of("tiny"),
        FamilyName.of("testing"),
        CommitId.of("0123456789".repeat(4)),
        new Source(
            SourceKind.HUB,
            Optional.empty(),
            Optional.of(RepositoryId.of(repository)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        Optional.empty(),
        files,
        Optional.empty(),
        Instant.parse("2026-11-25T00:00:00Z"));
  }

  private Publishers publishers(SignatureRule rule) {
    return TestTrust.of(rule, "Acme=" + home.resolve("publisher.pub")).publishers();
  }

  @Test
  void aKeyCountsForItsOwnerAndForNobodyElse() throws IOException {
    sign(PUBLISHER);

    UpstreamSignature its = publishers(SignatureRule.WARN).look(manifest("acme/tiny"), where);
    UpstreamSignature others = publishers(SignatureRule.WARN).look(manifest("other/tiny"), where);

    assertThat(its.status()).isEqualTo(UpstreamSignatureStatus.VALID);
    assertThat(its.signer()).contains(Keys.fingerprint(PUBLISHER.getPublic()));
    assertThat(others.status()).isEqualTo(UpstreamSignatureStatus.UNTRUSTED);
  }

  @Test
  void aKeyWithoutAnOwnerCountsForAll() throws IOException {
    sign(PUBLISHER);

    assertThat(
            TestTrust.of(SignatureRule.WARN, home.resolve("publisher.pub").toString())
                .publishers()
                .look(manifest("other/tiny"), where)
                .status())
        .isEqualTo(UpstreamSignatureStatus.VALID);
  }

  @Test
  void whereASignatureIsRequiredAStrangersIsRefusedWithItsKey() throws IOException {
    sign(STRANGER);

    assertThatThrownBy(() -> publishers(SignatureRule.REQUIRE).admit(manifest("acme/tiny"), where))
        .isInstanceOfSatisfying(
            RefusedByPolicy.class,
            refused -> {
              assertThat(refused.problem().code()).isEqualTo(ProblemCode.SIGNATURE_REFUSED);
              assertThat(refused.problem().evidence())
                  .containsEntry("status", "untrusted")
                  .containsEntry("signer", Keys.fingerprint(STRANGER.getPublic()));
            });
  }

  @Test
  void aRepositoryWithoutASignatureIsRefusedByItsListAlone() {
    List<String> paths = List.copyOf(where.keySet());

    assertThat(publishers(SignatureRule.REQUIRE).refusal(ModelName.of("tiny"), paths))
        .hasValueSatisfying(it -> assertThat(it.detail()).contains("there is no model.sig in it"));
    assertThat(publishers(SignatureRule.WARN).refusal(ModelName.of("tiny"), paths)).isEmpty();
  }

  @Test
  void aSignatureThatIsTooLongIsNotRead() throws IOException {
    try (var file = new java.io.RandomAccessFile(home.resolve("model.sig").toFile(), "rw")) {
      file.setLength((16 << 20) + 1);
    }
    where.put(UpstreamSignature.FILE, home.resolve("model.sig"));

    assertThat(publishers(SignatureRule.WARN).look(manifest("acme/tiny"), where).why())
        .contains("The signature is longer than any that is read.");
  }

  @Test
  void toRequireSignaturesAndTrustNobodyEndsTheStart() {
    assertThatThrownBy(() -> TestTrust.of(SignatureRule.REQUIRE))
        .hasMessageContaining("DEPOT_TRUST_UPSTREAM_KEYS names no key");
  }

  @Test
  void aFileThatIsNoKeyIsNamed() throws IOException {
    Path file = Files.writeString(home.resolve("no.pub"), "nothing");

    assertThatThrownBy(() -> TestTrust.of(SignatureRule.WARN, "acme=" + file, "/nowhere.pub"))
        .hasMessageContaining("DEPOT_TRUST_UPSTREAM_KEYS, " + file)
        .hasMessageContaining("/nowhere.pub: it cannot be read.");
  }
}
