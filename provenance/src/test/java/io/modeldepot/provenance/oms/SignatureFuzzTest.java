package io.modeldepot.provenance.oms;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.Sha256;
import io.modeldepot.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Signatures as a publisher, or somebody who would be one, writes them. */
class SignatureFuzzTest {
  private static final KeyPair KEY = Keys.generate();
  private static final Map<String, Sha256> FILES = Map.of("config.json", Sha256.ofText("{}"));
  private static final ModelVerifier VERIFIER =
      new ModelVerifier(List.of((ECPublicKey) KEY.getPublic()));

  @Test
  void aSignatureThatWasChangedVouchesForNothing() {
    byte[] good = new ModelSigner(KEY).sign(Statement.over("phi-2", FILES));
    assertThat(check(good)).isInstanceOf(SignatureCheck.Valid.class);
    Map<String, Sha256> others = Map.of("config.json", Sha256.ofText("[]"));

    Fuzz.of("signature")
        .seed(good)
        .run(
            input -> {
              SignatureCheck check = VERIFIER.check(input, others, Set.of());
              assertThat(check).isNotInstanceOf(SignatureCheck.Valid.class);
              assertThat(check.toString().length()).isLessThan(1_000);
            });
  }

  @Test
  void aStatementIsReadOrRefused() {
    Fuzz.of("signed statement")
        .seed(Statement.over("phi-2", FILES).payload())
        .refusedBy(MalformedBundle.class)
        .run(input -> Statement.parse(input).payload());
  }

  @Test
  void aLongNameOfAKeyIsShortened() {
    byte[] good = new ModelSigner(KEY).sign(Statement.over("phi-2", FILES));
    String long4k =
        new String(good, StandardCharsets.UTF_8)
            .replace(Keys.fingerprint(KEY.getPublic()), "k".repeat(4_096));

    assertThat(check(long4k.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(
            new SignatureCheck.Untrusted(
                "k".repeat(200) + "…", "Its key is not among those that are trusted."));
  }

  private static SignatureCheck check(byte[] signature) {
    return VERIFIER.check(signature, FILES, Set.of());
  }
}
