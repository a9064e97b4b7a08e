package io.modeldepot.downloader.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.provenance.oms.Keys;
import io.modeldepot.testkit.hub.Content;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A site that publishes only what a trusted publisher signed. */
@QuarkusTest
@TestProfile(RequiredSignatureTest.Required.class)
class RequiredSignatureTest extends House {

  /** The world, but stricter. */
  public static class Required implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("depot.trust.upstream-signatures", "require");
    }
  }

  private Ear.Heard refused(String model, SignedRepository repository) throws Exception {
    CommitId unused = repository.commit();
    describe(model, repository.id());
    ask("rs-" + model, model);
    Ear.Heard fact = failed("rs-" + model);
    assertThat(fact.text("/problem/code")).isEqualTo("signature-refused");
    assertThat(current(model)).isEmpty();
    assertThat(view(model)).doesNotExist();
    return fact;
  }

  @Test
  void whatItsPublisherSignedIsPublished() throws Exception {
    SignedRepository repository =
        new SignedRepository(hub, SignedRepository.OWNER, "wanted")
            .sign(SignedRepository.PUBLISHER);
    CommitId commit = repository.commit();
    describe("wanted", repository.id());
    ask("rs-wanted", "wanted");

    done("rs-wanted");

    assertThat(version("wanted", commit).text("/upstreamSignature/status")).isEqualTo("valid");
    assertThat(current("wanted")).contains(commit);
  }

  @Test
  void aRepositoryWithoutASignatureIsRefusedBeforeTheFirstByte() throws Exception {
    Ear.Heard fact = refused("bare", new SignedRepository(hub, SignedRepository.OWNER, "bare"));

    assertThat(fact.text("/problem/detail")).contains("there is no model.sig in it");
    assertThat(fetches("model.safetensors")).isZero();
  }

  @Test
  void aStrangersSignatureIsRefused() throws Exception {
    var stranger = Keys.generate();

    Ear.Heard fact =
        refused(
            "strange", new SignedRepository(hub, SignedRepository.OWNER, "strange").sign(stranger));

    assertThat(fact.text("/problem/evidence/signer"))
        .isEqualTo(Keys.fingerprint(stranger.getPublic()));
  }

  @Test
  void aFileThatWasChangedAfterItWasSignedIsRefused() throws Exception {
    Ear.Heard fact =
        refused(
            "changed",
            new SignedRepository(hub, SignedRepository.OWNER, "changed")
                .sign(SignedRepository.PUBLISHER)
                .put("config.json", Content.of("{}")));

    assertThat(fact.text("/problem/detail"))
        .contains("The file config.json is another than the signed one.");
  }

  @Test
  void whatIsSignedWithoutAKeyIsRefusedAndItsMethodNamed() throws Exception {
    Ear.Heard fact =
        refused(
            "keyless-here",
            new SignedRepository(hub, SignedRepository.OWNER, "keyless-here").signWithoutKey());

    assertThat(fact.text("/problem/evidence/status")).isEqualTo("not-checked");
    assertThat(fact.text("/problem/evidence/method")).isEqualTo("sigstore");
  }

  @Test
  void anImportThatNobodySignedIsRefused() throws Exception {
    Path tree = Files.createDirectories(imports.resolve("unsigned-here"));
    Files.writeString(tree.resolve("config.json"), "{}");
    describe("unsigned-here");
    ask("rs-import", "unsigned-here", "\"source\":\"import\"", "\"from\":\"" + tree + "\"");

    Ear.Heard fact = failed("rs-import");

    assertThat(fact.text("/problem/code")).isEqualTo("signature-refused");
    assertThat(current("unsigned-here")).isEmpty();
  }
}
