package io.modeldepot.provenance.oms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.events.terms.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Vectors made by hand from the rules of the specification. */
class ModelSignatureTest {
  private static final KeyPair OURS = Keys.generate();
  private static final KeyPair THEIRS = Keys.generate();
  private static final String PRINT = Keys.fingerprint(OURS.getPublic());
  private static final Map<String, Sha256> FILES =
      Map.of(
          "config.json", Sha256.ofText("{}"),
          "model.safetensors", Sha256.ofText("weights"));

  @Test
  void whatWasSignedIsValid() {
    assertThat(check(sign(FILES), FILES)).isEqualTo(new SignatureCheck.Valid(PRINT));
  }

  @Test
  void aChangedFileIsInvalid() {
    Map<String, Sha256> changed = with("config.json", "{\"x\":1}");

    assertThat(check(sign(FILES), changed))
        .isEqualTo(
            new SignatureCheck.Invalid("The file config.json is another than the signed one."));
  }

  @Test
  void aFileThatWasNotSignedIsInvalid() {
    assertThat(check(sign(FILES), with("extra.py", "import os")))
        .isEqualTo(new SignatureCheck.Invalid("The file extra.py is not signed."));
  }

  @Test
  void aSignedFileThatIsMissingIsInvalid() {
    Map<String, Sha256> one = Map.of("config.json", Sha256.ofText("{}"));

    assertThat(check(sign(FILES), one))
        .isEqualTo(new SignatureCheck.Invalid("The signed file model.safetensors is not here."));
  }

  @Test
  void aSignedFileThatIsElsewhereOnPurposeIsNoFault() {
    Map<String, Sha256> one = Map.of("config.json", Sha256.ofText("{}"));

    assertThat(verifier(OURS).check(sign(FILES), one, Set.of("model.safetensors")))
        .isEqualTo(new SignatureCheck.Valid(PRINT));
  }

  @Test
  void whatGitKeepsForItselfIsNeitherSignedNorMissed() {
    Map<String, Sha256> withGit = with(".gitattributes", "*.bin lfs");

    assertThat(check(sign(withGit), withGit)).isInstanceOf(SignatureCheck.Valid.class);
    assertThat(check(sign(FILES), withGit)).isInstanceOf(SignatureCheck.Valid.class);
    assertThat(check(sign(FILES), with("sub/.gitattributes", "x")))
        .isEqualTo(new SignatureCheck.Invalid("The file sub/.gitattributes is not signed."));
  }

  @Test
  void aKeyThatNobodyTrustsIsUntrusted() {
    assertThat(verifier(THEIRS).check(sign(FILES), FILES, Set.of()))
        .isEqualTo(
            new SignatureCheck.Untrusted(PRINT, "Its key is not among those that are trusted."));
  }

  @Test
  void aKeyThatIsNamedAndDidNotSignIsInvalid() throws GeneralSecurityException {
    byte[] payload = Statement.over("m", FILES).payload();
    byte[] forged = Bundle.byKey(PRINT, payload, signature(THEIRS, payload)).bytes();

    assertThat(check(forged, FILES))
        .isEqualTo(new SignatureCheck.Invalid("The key that it names did not sign it."));
  }

  @Test
  void theSignatureOfOneStatementDoesNotFitAnother() throws GeneralSecurityException {
    byte[] signed = Statement.over("m", FILES).payload();
    byte[] shown = Statement.over("m", with("config.json", "evil")).payload();
    byte[] forged = Bundle.byKey(PRINT, shown, signature(OURS, signed)).bytes();

    assertThat(check(forged, with("config.json", "evil")))
        .isEqualTo(new SignatureCheck.Invalid("The key that it names did not sign it."));
  }

  @Test
  void anOlderBundleWithoutAFingerprintIsCheckedByEveryKey() {
    String key =
        Base64.getEncoder()
            .encodeToString(Keys.pem(OURS.getPublic()).getBytes(StandardCharsets.US_ASCII));
    String older =
        text(sign(FILES)).replace("\"hint\":\"" + PRINT + "\"", "\"rawBytes\":\"" + key + "\"");

    assertThat(check(bytes(older), FILES)).isEqualTo(new SignatureCheck.Valid(PRINT));
    assertThat(verifier(THEIRS).check(bytes(older), FILES, Set.of()))
        .isInstanceOf(SignatureCheck.Untrusted.class);
  }

  @Test
  void theKeyInsideAnOlderBundleIsNotTrustedForBeingThere() {
    byte[] theirs = new ModelSigner(THEIRS).sign(Statement.over("m", FILES));
    String older =
        text(theirs)
            .replace(
                "\"hint\":\"" + Keys.fingerprint(THEIRS.getPublic()) + "\"",
                "\"rawBytes\":\"AAAA\"");

    assertThat(check(bytes(older), FILES)).isInstanceOf(SignatureCheck.Untrusted.class);
  }

  @Test
  void aCertificateIsNotCheckedAndNotTakenForAKey() {
    String chain = "\"x509CertificateChain\":{\"certificates\":[{\"rawBytes\":\"MIIB\"}]}";
    String signed = text(sign(FILES)).replace("\"publicKey\":{\"hint\":\"" + PRINT + "\"}", chain);

    assertThat(check(bytes(signed), FILES))
        .isInstanceOfSatisfying(
            SignatureCheck.NotChecked.class,
            it -> assertThat(it.method()).isEqualTo("certificate"));
  }

  @Test
  void aSignatureByNoKeyOfOnesOwnIsNotChecked() {
    String keyless = "\"certificate\":{\"rawBytes\":\"MIIB\"}";
    String signed =
        text(sign(FILES))
            .replace("\"publicKey\":{\"hint\":\"" + PRINT + "\"}", keyless)
            .replace("\"tlogEntries\":[]", "\"tlogEntries\":[{\"logIndex\":\"1\"}]");

    assertThat(check(bytes(signed), FILES))
        .isInstanceOfSatisfying(
            SignatureCheck.NotChecked.class, it -> assertThat(it.method()).isEqualTo("sigstore"));
  }

  @Test
  void keyidMayBeAbsentOrNull() {
    String signed = text(sign(FILES));

    assertThat(check(bytes(signed.replace("\"keyid\":\"\",", "")), FILES))
        .isInstanceOf(SignatureCheck.Valid.class);
    assertThat(check(bytes(signed.replace("\"keyid\":\"\"", "\"keyid\":null")), FILES))
        .isInstanceOf(SignatureCheck.Valid.class);
  }

  static Stream<Arguments> badBundles() {
    String good = text(sign(FILES));
    String noKey = "\"certificate\":{\"rawBytes\":\"MIIB\"}";
    String key = "\"publicKey\":{\"hint\":\"" + PRINT + "\"}";
    return Stream.of(
        Arguments.of("nothing", ""),
        Arguments.of("no object", "[]"),
        Arguments.of("empty", "{}"),
        Arguments.of("another media type", good.replace("dev.sigstore", "dev.other")),
        Arguments.of("another payload type", good.replace("in-toto+json", "other+json")),
        Arguments.of("no material", good.replace("verificationMaterial", "material")),
        Arguments.of("no envelope", good.replace("dsseEnvelope", "messageSignature")),
        Arguments.of("material that names nothing", good.replace(key, "\"publicKey\":{}")),
        Arguments.of("Sigstore without its log", good.replace(key, noKey)),
        Arguments.of("a member that is not known", "{\"more\":1," + good.substring(1)),
        Arguments.of("a name twice", "{\"mediaType\":\"x\"," + good.substring(1)),
        Arguments.of("something after it", good + "{}"),
        Arguments.of("no base64", good.replace("\"payload\":\"", "\"payload\":\"*")),
        Arguments.of("deep", "[".repeat(100_000)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badBundles")
  void aBundleThatIsNoneIsInvalid(String what, String bundle) {
    assertThat(check(bytes(bundle), FILES)).as(what).isInstanceOf(SignatureCheck.Invalid.class);
  }

  static Stream<Arguments> badStatements() {
    String good = new String(Statement.over("m", FILES).payload(), StandardCharsets.UTF_8);
    String name = "\"name\":\"config.json\"";
    return Stream.of(
        Arguments.of("another type", good.replace("Statement/v1", "Statement/v2")),
        Arguments.of("another predicate", good.replace("signature/v1.0", "Digests/v0.1")),
        Arguments.of("another root digest", good.replaceFirst("(\"sha256\":\")[0-9a-f]", "$1g")),
        Arguments.of("name that leaves", good.replace(name, "\"name\":\"../config.json\"")),
        Arguments.of("absolute name", good.replace(name, "\"name\":\"/config.json\"")),
        Arguments.of("name twice", good.replace(name, "\"name\":\"model.safetensors\"")),
        Arguments.of("no digest algorithm", good.replace("\"hash_type\":\"sha256\",", "")),
        Arguments.of("algorithm not known", good.replace("\"sha256\"", "\"md5\"")),
        Arguments.of("links not told", good.replace("\"allow_symlinks\":false,", "")),
        Arguments.of(
            "size of shards for files", good.replace("\"method\"", "\"shard_size\":5,\"method\"")),
        Arguments.of("member not known", good.replace("\"method\"", "\"more\":5,\"method\"")),
        Arguments.of("method not known", good.replace("\"files\"", "\"parts\"")),
        Arguments.of("no statement", "{}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badStatements")
  void aStatementThatIsNoneIsInvalidThoughATrustedKeySignedIt(String what, String statement)
      throws GeneralSecurityException {
    byte[] payload = bytes(statement);
    byte[] bundle = Bundle.byKey(PRINT, payload, signature(OURS, payload)).bytes();

    assertThat(check(bundle, FILES)).as(what).isInstanceOf(SignatureCheck.Invalid.class);
  }

  @Test
  void shardsAreNotCheckedHere() throws GeneralSecurityException {
    String shards =
        new String(Statement.over("m", FILES).payload(), StandardCharsets.UTF_8)
            .replace("\"method\":\"files\"", "\"method\":\"shards\",\"shard_size\":1000000000");
    byte[] bundle = Bundle.byKey(PRINT, bytes(shards), signature(OURS, bytes(shards))).bytes();

    assertThat(check(bundle, FILES))
        .isInstanceOfSatisfying(
            SignatureCheck.NotChecked.class,
            it -> assertThat(it.method()).isEqualTo("shards-sha256"));
  }

  @Test
  void everyBitOfTheSignatureCounts() {
    byte[] good = sign(FILES);
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 4;

      assertThat(check(bad, FILES))
          .as("byte %d", i)
          .satisfiesAnyOf(
              c -> assertThat(c).isInstanceOf(SignatureCheck.Invalid.class),
              c -> assertThat(c).isInstanceOf(SignatureCheck.Untrusted.class),
              c -> assertThat(c).isInstanceOf(SignatureCheck.NotChecked.class),
              c -> assertThat(onlyTheHintOfNobody(good, bad)).isTrue());
    }
  }

  /** The field keyid and the empty list of log entries decide nothing. */
  private static boolean onlyTheHintOfNobody(byte[] good, byte[] bad) {
    int at = Arrays.mismatch(good, bad);
    String text = text(good);
    int keyid = text.indexOf("\"keyid\"");
    int log = text.indexOf("\"tlogEntries\"");
    return at >= keyid && at < keyid + 11 || at >= log && at < log + 17;
  }

  @Test
  void namesAreInOrderOfCodePoints() {
    Map<String, Sha256> files =
        Map.of("\ufb33", Sha256.ofText("1"), "\ud83d\ude00", Sha256.ofText("2"));

    assertThat(Statement.over("m", files).resources())
        .extracting(Resource::name)
        .containsExactly("\ufb33", "\ud83d\ude00");
  }

  @Test
  void aModelWithoutFilesIsNotSigned() {
    assertThatThrownBy(() -> Statement.over("m", Map.of(".gitattributes", Sha256.ofText(""))))
        .hasMessage("There is no file to sign in m.");
  }

  @Test
  void keysGoThroughTheirText() throws MalformedBundle {
    KeyPair pair =
        new KeyPair(
            Keys.publicKey("Public key\n" + Keys.pem(OURS.getPublic())),
            Keys.privateKey(Keys.pem(OURS.getPrivate())));

    byte[] signature = new ModelSigner(pair).sign(Statement.over("m", FILES));

    assertThat(check(signature, FILES)).isEqualTo(new SignatureCheck.Valid(PRINT));
  }

  @Test
  void aDamagedPrivateKeyIsNotRepeatedInTheMessage() {
    String pem = Keys.pem(OURS.getPrivate()).replaceFirst("\n..", "\nXX");

    assertThatThrownBy(() -> Keys.privateKey(pem))
        .hasMessage("The private key is none on a curve that is known here.");
  }

  private static byte[] sign(Map<String, Sha256> files) {
    return new ModelSigner(OURS).sign(Statement.over("m", files));
  }

  private static SignatureCheck check(byte[] signature, Map<String, Sha256> files) {
    return verifier(OURS).check(signature, files, Set.of());
  }

  private static ModelVerifier verifier(KeyPair pair) {
    return new ModelVerifier(List.of((ECPublicKey) pair.getPublic()));
  }

  private static byte[] signature(KeyPair pair, byte[] payload) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(pair.getPrivate());
    signature.update(Bundle.preAuthenticationEncoding(payload));
    return signature.sign();
  }

  private static Map<String, Sha256> with(String path, String content) {
    Map<String, Sha256> files = new TreeMap<>(FILES);
    files.put(path, Sha256.ofText(content));
    return files;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
