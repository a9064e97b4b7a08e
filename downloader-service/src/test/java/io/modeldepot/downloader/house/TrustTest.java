package io.modeldepot.downloader.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Profile;
import io.modeldepot.events.terms.ScanStatus;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.provenance.oms.Keys;
import io.modeldepot.provenance.oms.ModelVerifier;
import io.modeldepot.provenance.oms.SignatureCheck;
import io.modeldepot.testkit.hub.Content;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/**
 * What is looked for in models, and who vouches for them. The world warns of pickles, refuses
 * repositories that need their own code, and has a key.
 */
@QuarkusTest
@SuppressWarnings("NullAway.Init") // injected before each test
class TrustTest extends House {
  /** What {@code pickle.dumps} makes of an object that runs a command when it is loaded. */
  private static final byte[] RUNS_A_COMMAND =
      "\u0080\u0002cposix\nsystem\nX\u0002\u0000\u0000\u0000id\u0085R."
          .getBytes(StandardCharsets.ISO_8859_1);

  private static final byte[] A_LIST = {(byte) 0x80, 2, ']', '.'};

  @ConfigProperty(name = "depot.trust.signing-key")
  Path signingKey;

  /** A file as PyTorch writes it. */
  private static Content checkpoint(byte[] pickle) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("archive/data.pkl"));
      zip.write(pickle);
      zip.putNextEntry(new ZipEntry("archive/version"));
      zip.write("3\n".getBytes(StandardCharsets.UTF_8));
    }
    return Content.of(bytes.toByteArray());
  }

  private Manifest manifest(String model, CommitId commit) throws IOException {
    return store.versions().manifest(ModelName.of(model), commit).orElseThrow();
  }

  /** Checked as somebody would who has the public key and the tree. */
  private SignatureCheck signature(String model, CommitId commit) throws Exception {
    Map<String, Sha256> digests = new TreeMap<>();
    for (ManifestFile file : manifest(model, commit).files()) {
      if (file.present()) {
        byte[] bytes = Files.readAllBytes(tree(model, commit).resolve(file.path()));
        digests.put(file.path(), Sha256.ofBytes(bytes));
      }
    }
    Path publicKey = signingKey.resolveSibling(signingKey.getFileName() + ".pub");
    return new ModelVerifier(List.of(Keys.publicKey(Files.readString(publicKey))))
        .check(
            store.versions().signature(ModelName.of(model), commit).orElseThrow(),
            digests,
            Set.of());
  }

  @Test
  void whatACheckpointWouldRunIsToldWithItsPlaceAndKeptInTheManifest() throws Exception {
    CommitId commit =
        repository("runs-code", 10_000)
            .put("pytorch_model.bin", checkpoint(RUNS_A_COMMAND))
            .commit("main");
    describe("runs-code");
    ask("tr-runs", "runs-code");

    done("tr-runs");

    Ear.Heard version = version("runs-code", commit);
    assertThat(version.text("/scan/status")).isEqualTo("warned");
    assertThat(version.text("/scan/findings/0"))
        .startsWith("pytorch_model.bin!archive/data.pkl, byte ")
        .contains("posix.system");
    assertThat(version.value().orElseThrow().at("/profile/pickle").asBoolean()).isTrue();
    assertThat(manifest("runs-code", commit).scan().orElseThrow().status())
        .isEqualTo(ScanStatus.WARNED);
  }

  @Test
  void aCheckpointThatRunsNothingElseIsCleanAndAPickle() throws Exception {
    CommitId commit =
        repository("plain-pickle", 10_000)
            .put("pytorch_model.bin", checkpoint(A_LIST))
            .commit("main");
    describe("plain-pickle");
    ask("tr-plain", "plain-pickle");

    done("tr-plain");

    Ear.Heard version = version("plain-pickle", commit);
    assertThat(version.text("/scan/status")).isEqualTo("clean");
    assertThat(version.value().orElseThrow().at("/profile/pickle").asBoolean()).isTrue();
  }

  @Test
  void whatThePolicyRefusesIsNotPublishedAndSaysWhy() throws Exception {
    repository("own-code", 10_000)
        .put("config.json", "{\"auto_map\":{\"AutoModel\":\"modeling_x.X\"}}")
        .put("modeling_x.py", "print('here')")
        .commit("main");
    describe("own-code");
    ask("tr-own", "own-code");

    Ear.Heard fact = failed("tr-own");

    assertThat(fact.text("/problem/code")).isEqualTo("scan-refused");
    assertThat(fact.text("/problem/detail")).contains("config.json names modeling_x.X");
    assertThat(fact.text("/problem/evidence/findings/0")).contains("trust_remote_code");
    assertThat(current("own-code")).isEmpty();
    assertThat(view("own-code")).doesNotExist();
  }

  @Test
  void anImportThatThePolicyRefusesIsNotPublished() throws Exception {
    Path tree = Files.createDirectories(imports.resolve("own-code-here"));
    Files.writeString(tree.resolve("config.json"), "{\"auto_map\":{\"AutoModel\":\"a.A\"}}");
    describe("own-code-here");
    ask("tr-im", "own-code-here", "\"source\":\"import\"", "\"from\":\"" + tree + "\"");

    Ear.Heard fact = failed("tr-im");

    assertThat(fact.text("/problem/code")).isEqualTo("scan-refused");
    assertThat(current("own-code-here")).isEmpty();
    assertThat(tree.resolve("config.json")).exists();
  }

  @Test
  void aVersionIsSignedOverAllItsFilesAlsoWhenItIsExtended() throws Exception {
    CommitId commit =
        repository("signed", 2 << 20).put("pytorch_model.bin", checkpoint(A_LIST)).commit("main");
    describe("signed", Profile.SERVING, false, null, 1);
    ask("tr-s1", "signed");
    done("tr-s1");
    assertThat(manifest("signed", commit).files()).anyMatch(it -> !it.present());
    assertThat(signature("signed", commit)).isInstanceOf(SignatureCheck.Valid.class);

    ask("tr-s2", "signed", "\"profile\":\"full\"");
    done("tr-s2");

    assertThat(manifest("signed", commit).files()).allMatch(ManifestFile::present);
    assertThat(signature("signed", commit)).isInstanceOf(SignatureCheck.Valid.class);
    Ear.Heard version = version("signed", commit, it -> it.number("/generation") > 1);
    assertThat(version.text("/signature/status")).isEqualTo("valid");
    assertThat(version.text("/signature/signer")).hasSize(64);
  }

  @Test
  void aSignatureOfOtherFilesIsAnnouncedAsWrong() throws Exception {
    CommitId commit = repository("swapped", 10_000).commit("main");
    CommitId other = repository("swapped-other", 12_000).commit("main");
    describe("swapped");
    describe("swapped-other");
    ask("tr-w1", "swapped");
    ask("tr-w2", "swapped-other");
    done("tr-w1");
    done("tr-w2");
    Path mine = store.layout().signature(ModelName.of("swapped"), commit);
    Path others = store.layout().signature(ModelName.of("swapped-other"), other);
    Files.write(mine, Files.readAllBytes(others));

    ask("tr-w3", "swapped");
    done("tr-w3");

    version("swapped", commit, it -> it.text("/signature/status").equals("invalid"));
  }
}
