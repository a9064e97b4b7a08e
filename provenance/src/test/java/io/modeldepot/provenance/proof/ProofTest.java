package io.modeldepot.provenance.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.modeldepot.events.state.Signature;
import io.modeldepot.events.state.SignatureStatus;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.terms.Scan;
import io.modeldepot.events.terms.ScanStatus;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.terms.Source;
import io.modeldepot.events.terms.SourceKind;
import io.modeldepot.events.terms.UpstreamSignature;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.provenance.oms.Keys;
import io.modeldepot.provenance.oms.ModelSigner;
import io.modeldepot.provenance.oms.ModelVerifier;
import io.modeldepot.provenance.oms.SignatureCheck;
import io.modeldepot.provenance.oms.Statement;
import io.modeldepot.provenance.proof.Proof.ProvenFile;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProofTest {
  private static final KeyPair KEY = Keys.generate();
  private static final Sha256 CONFIG = Sha256.ofText("{}");
  private static final Sha256 WEIGHTS = Sha256.ofText("weights");

  @Test
  void aReportComesBackFromJsonAsItWas() throws JsonProcessingException {
    String json = Wire.mapper().writeValueAsString(proof(CONFIG));

    assertThat(Wire.mapper().readValue(json, Proof.class)).isEqualTo(proof(CONFIG, json));
  }

  @Test
  void theProvenFilesPassAndOthersAreNamed() {
    Proof proof = proof(CONFIG);

    assertThat(ProofCheck.files(proof, Map.of("config.json", CONFIG, "m.bin", WEIGHTS))).isEmpty();
    assertThat(ProofCheck.files(proof, Map.of("config.json", WEIGHTS, "x.py", WEIGHTS)))
        .containsExactly(
            "config.json is another file than the proven one.",
            "m.bin is not here.",
            "x.py is not in the proof.");
  }

  @Test
  void theSignatureVouchesForTheFilesOfTheReportOnly() {
    ModelVerifier verifier = new ModelVerifier(List.of((ECPublicKey) KEY.getPublic()));

    assertThat(ProofCheck.signature(proof(CONFIG), verifier))
        .isEqualTo(new SignatureCheck.Valid(Keys.fingerprint(KEY.getPublic())));
    assertThat(ProofCheck.signature(proof(WEIGHTS), verifier))
        .isEqualTo(
            new SignatureCheck.Invalid("The file config.json is another than the signed one."));
    assertThat(ProofCheck.signature(proof(CONFIG), new ModelVerifier(List.of())))
        .isInstanceOf(SignatureCheck.Untrusted.class);
  }

  /** With the signature that a JSON text has: signing twice gives two signatures. */
  private static Proof proof(Sha256 config, String json) throws JsonProcessingException {
    String signature = Wire.mapper().readTree(json).path("signatureFile").asText();
    return with(config, signature);
  }

  private static Proof proof(Sha256 config) {
    byte[] signature =
        new ModelSigner(KEY)
            .sign(Statement.over("m", Map.of("config.json", CONFIG, "m.bin", WEIGHTS)));
    return with(config, Base64.getEncoder().encodeToString(signature));
  }

  private static Proof with(Sha256 config, String signature) {
    return new Proof(
        Proof.FORMAT,
        ModelName.of("m"),
        CommitId.of("01c7f73d771dfac7d292323805ebc428287df4f9"),
        new Source(
            SourceKind.HUB,
            Optional.of("https://huggingface.co"),
            Optional.of(RepositoryId.of("org/m")),
            Optional.of("main"),
            Optional.of("apache-2.0"),
            Optional.empty()),
        List.of(new ProvenFile("config.json", 2, config), new ProvenFile("m.bin", 7, WEIGHTS)),
        Optional.of(new Scan(ScanStatus.CLEAN, List.of())),
        Optional.of(new Signature(SignatureStatus.VALID, Optional.empty())),
        Optional.of(signature),
        Optional.of(UpstreamSignature.NONE),
        Instant.parse("2026-11-26T12:00:00Z"),
        Optional.empty(),
        Instant.parse("2026-11-26T13:00:00Z"));
  }
}
