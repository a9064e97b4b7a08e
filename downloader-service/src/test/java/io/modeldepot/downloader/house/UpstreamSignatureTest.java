package io.modeldepot.downloader.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.UpstreamSignature;
import io.modeldepot.events.terms.UpstreamSignatureStatus;
import io.modeldepot.provenance.oms.Keys;
import io.modeldepot.testkit.hub.Content;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * What publishers signed is checked and told, and keeps nobody from publishing: the world only
 * warns.
 */
@QuarkusTest
class UpstreamSignatureTest extends House {

  private UpstreamSignature inManifest(String model, CommitId commit) throws IOException {
    return store
        .versions()
        .manifest(ModelName.of(model), commit)
        .orElseThrow()
        .upstreamSignature()
        .orElseThrow();
  }

  /** The record of a version that came in with this repository's newest commit. */
  private Ear.Heard brought(String model, SignedRepository repository) {
    CommitId commit = repository.commit();
    describe(model, repository.id());
    ask("us-" + model, model);
    done("us-" + model);
    return version(model, commit);
  }

  @Test
  void whatItsPublisherSignedIsValidByHisKey() throws Exception {
    SignedRepository repository =
        new SignedRepository(hub, SignedRepository.OWNER, "good").sign(SignedRepository.PUBLISHER);
    String fingerprint = Keys.fingerprint(SignedRepository.PUBLISHER.getPublic());

    Ear.Heard version = brought("good", repository);

    assertThat(version.text("/upstreamSignature/status")).isEqualTo("valid");
    assertThat(version.text("/upstreamSignature/signer")).isEqualTo(fingerprint);
    assertThat(inManifest("good", repository.commit()).signer()).contains(fingerprint);
  }

  @Test
  void aFileThatIsAnotherThanTheSignedOneIsNamed() throws Exception {
    SignedRepository repository =
        new SignedRepository(hub, SignedRepository.OWNER, "altered")
            .sign(SignedRepository.PUBLISHER)
            .put("config.json", Content.of("{\"architectures\":[\"Evil\"]}"));

    Ear.Heard version = brought("altered", repository);

    assertThat(version.text("/upstreamSignature/status")).isEqualTo("invalid");
    assertThat(version.text("/upstreamSignature/why"))
        .isEqualTo("The file config.json is another than the signed one.");
    assertThat(inManifest("altered", repository.commit()).status())
        .isEqualTo(UpstreamSignatureStatus.INVALID);
  }

  @Test
  void aKeyThatNobodyTrustsIsToldAndNotBelieved() {
    var stranger = Keys.generate();
    SignedRepository repository =
        new SignedRepository(hub, SignedRepository.OWNER, "stranger").sign(stranger);

    Ear.Heard version = brought("stranger", repository);

    assertThat(version.text("/upstreamSignature/status")).isEqualTo("untrusted");
    assertThat(version.text("/upstreamSignature/signer"))
        .isEqualTo(Keys.fingerprint(stranger.getPublic()));
  }

  @Test
  void theKeyOfOnePublisherSaysNothingOfAnothersModels() {
    SignedRepository repository =
        new SignedRepository(hub, "others", "borrowed").sign(SignedRepository.PUBLISHER);

    assertThat(brought("borrowed", repository).text("/upstreamSignature/status"))
        .isEqualTo("untrusted");
  }

  @Test
  void whatIsSignedWithoutAKeyIsNotCheckedAndNeverGood() {
    SignedRepository repository =
        new SignedRepository(hub, SignedRepository.OWNER, "keyless").signWithoutKey();

    Ear.Heard version = brought("keyless", repository);

    assertThat(version.text("/upstreamSignature/status")).isEqualTo("not-checked");
    assertThat(version.text("/upstreamSignature/method")).isEqualTo("sigstore");
  }

  @Test
  void aRepositoryWithoutASignatureHasNone() {
    SignedRepository repository = new SignedRepository(hub, SignedRepository.OWNER, "unsigned");

    assertThat(brought("unsigned", repository).text("/upstreamSignature/status")).isEqualTo("none");
  }

  @Test
  void aPartOfAVersionIsValidAndSoIsTheRestThatComesLater() throws Exception {
    SignedRepository repository =
        new SignedRepository(hub, SignedRepository.OWNER, "parts").sign(SignedRepository.PUBLISHER);
    CommitId commit = repository.commit();
    describe("parts", repository.id());
    ask("us-parts-1", "parts", "\"include\":[\"*.json\"]");
    done("us-parts-1");
    assertThat(version("parts", commit).text("/upstreamSignature/status")).isEqualTo("valid");

    ask("us-parts-2", "parts");
    done("us-parts-2");

    Ear.Heard whole = version("parts", commit, it -> it.number("/generation") > 1);
    assertThat(whole.number("/presentBytes")).isEqualTo(whole.number("/sizeBytes"));
    assertThat(whole.text("/upstreamSignature/status")).isEqualTo("valid");
  }

  @Test
  void whatSomebodyEditedOnTheVolumeDoesNotChangeWhatWasFound() throws Exception {
    SignedRepository repository =
        new SignedRepository(hub, SignedRepository.OWNER, "edited")
            .sign(SignedRepository.PUBLISHER);
    Ear.Heard before = brought("edited", repository);
    Path file = tree("edited", repository.commit()).resolve(UpstreamSignature.FILE);
    Files.delete(file);
    Files.writeString(file, "{}");

    ask("us-edited-2", "edited");
    var unused = done("us-edited-2");

    assertThat(before.text("/upstreamSignature/status")).isEqualTo("valid");
    assertThat(
            version("edited", repository.commit(), it -> !it.equals(before))
                .text("/upstreamSignature/status"))
        .isEqualTo("valid");
  }
}
