package io.modeldepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.fixture.Shell;
import io.modeldepot.cli.output.Json;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.provenance.oms.Keys;
import io.modeldepot.provenance.oms.ModelSigner;
import io.modeldepot.provenance.oms.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports that are made from a real volume and checked without it. */
class ProofTest {
  private static final String CONFIG = "{\"model_type\":\"phi\"}";

  @TempDir Path home;
  private Shell shell = new Shell(Path.of("/"));
  private Path volume = Path.of("/");
  private Path tree = Path.of("/");

  @BeforeEach
  void given() throws IOException {
    volume = home.resolve("models-dir");
    shell =
        new Shell(home)
            .with("MODELS_DIR", volume.toString())
            .with("DEPOT_URL", "http://127.0.0.1:9");
    tree = Files.createDirectories(home.resolve("tree"));
    Files.writeString(tree.resolve("config.json"), CONFIG);
    Files.writeString(tree.resolve("weights.pkl"), "cposix\nsystem\n(S'id'\ntR.");
    shell.run("setup");
    assertThat(shell.run("import", tree.toString(), "--name", "mine").exit()).isZero();
  }

  private Path version() {
    return Path.of(shell.run("path", "mine").out().strip());
  }

  /** As a downloader with a key leaves it. */
  private Path signed() throws IOException {
    KeyPair pair = Keys.generate();
    byte[] signature =
        new ModelSigner(pair)
            .sign(
                Statement.over(
                    "mine",
                    Map.of(
                        "config.json",
                        Sha256.ofText(CONFIG),
                        "weights.pkl",
                        Sha256.ofBytes(Files.readAllBytes(tree.resolve("weights.pkl"))))));
    Files.write(version().resolveSibling(version().getFileName() + ".sig"), signature);
    return Files.writeString(home.resolve("depot.pub"), Keys.pem(pair.getPublic()));
  }

  @Test
  void a_proof_is_checked_where_there_is_no_volume() throws IOException {
    Path key = signed();
    Shell.Ran made = shell.run("proof", "mine", "--out", "mine.proof.json");
    shell.with("MODELS_DIR", home.resolve("nowhere").toString());

    Shell.Ran checked =
        shell.run(
            "proof", "--check", "mine.proof.json", "--files", "tree", "--key", key.toString());

    assertThat(made.exit()).as(made.err()).isZero();
    assertThat(made.out()).contains("2 files", "every byte compared", "signature  in it");
    assertThat(checked.exit()).as(checked.err()).isZero();
    assertThat(checked.out()).contains("2 files are the proven ones.", "Signed by key ");
  }

  @Test
  void what_loading_the_model_would_run_is_in_its_proof() {
    Shell.Ran made = shell.run("proof", "mine", "--json");

    JsonNode proof = Json.read(made.out());
    assertThat(proof.at("/scan/status").asText()).isEqualTo("warned");
    assertThat(proof.at("/scan/findings/0").asText()).contains("weights.pkl", "posix.system");
    assertThat(proof.at("/source/kind").asText()).isEqualTo("import");
    assertThat(proof.has("signatureFile")).isFalse();
  }

  @Test
  void a_file_that_was_changed_and_another_key_are_told() throws IOException {
    Path unused = signed();
    Path other =
        Files.writeString(home.resolve("other.pub"), Keys.pem(Keys.generate().getPublic()));
    shell.run("proof", "mine", "--out", "mine.proof.json");
    Files.writeString(tree.resolve("config.json"), "{}");

    Shell.Ran checked =
        shell.run(
            "proof", "--check", "mine.proof.json", "--files", "tree", "--key", other.toString());

    assertThat(checked.exit()).isEqualTo(1);
    assertThat(checked.out())
        .contains("config.json is another file than the proven one.", "not among those");
  }

  @Test
  void a_damaged_version_is_not_proven() throws IOException {
    Path config = version().resolve("config.json");
    Files.delete(config);
    Files.writeString(config, "{\"model_type\":\"xxx\"}");

    Shell.Ran made = shell.run("proof", "mine", "--out", "mine.proof.json");

    assertThat(made.exit()).isEqualTo(7);
    assertThat(home.resolve("mine.proof.json")).doesNotExist();
  }

  @Test
  void a_report_with_nothing_to_compare_it_with_is_a_wrong_command_line() {
    assertThat(shell.run("proof", "--check", "x.json").exit()).isEqualTo(2);
    assertThat(shell.run("proof").exit()).isEqualTo(2);
  }
}
