package io.modeldepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.fixture.RegistryServer;
import io.modeldepot.cli.fixture.Shell;
import io.modeldepot.cli.output.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who types, and who may do what. */
@Timeout(60)
class TokenTest {
  private static final String SECRET = "mdp_aaaaaaaaaa_" + "b".repeat(52);

  @TempDir Path home;
  private final RegistryServer registry = new RegistryServer();
  private Shell shell = new Shell(Path.of("/"));

  @BeforeEach
  void given() {
    shell = new Shell(home).on(registry);
    registry.lists("GET /models");
    registry.answers("GET /session", who());
    registry.answers("POST /tokens", 201, made());
    registry.answers("POST /tokens/claims", 201, made());
    registry.answers("DELETE /tokens/aaaaaaaaaa", 204, Json.object());
    registry.lists("GET /tokens", made().path("details"));
  }

  @AfterEach
  void end() {
    registry.close();
  }

  @Test
  void whoever_has_no_token_sends_none() {
    shell.run("list");

    assertThat(registry.asked("GET", "/models").headers()).doesNotContainKey("authorization");
  }

  @Test
  void the_environment_goes_before_a_named_file_and_that_before_the_persons_own() throws Exception {
    own("of-the-person", "rw-------");
    assertThat(sent()).isEqualTo("Bearer of-the-person");
    Files.writeString(home.resolve("named"), "of-the-file\n");
    shell.with("DEPOT_TOKEN_FILE", "named");
    assertThat(sent()).isEqualTo("Bearer of-the-file");
    shell.with("DEPOT_TOKEN", "of-the-environment");
    assertThat(sent()).isEqualTo("Bearer of-the-environment");
  }

  @Test
  void a_token_that_others_can_read_is_not_used() throws Exception {
    own("of-the-person", "rw-r--r--");

    Shell.Ran ran = shell.run("list");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("can be read by others", "chmod 600");
    assertThat(ran.err() + ran.out()).doesNotContain("of-the-person");
    assertThat(registry.asked()).isEmpty();
  }

  @Test
  void a_new_token_is_alone_on_stdout() {
    Shell.Ran ran =
        shell.run(
            "token",
            "create",
            "--role",
            "operator",
            "--name",
            "ci",
            "--family",
            "llama,phi",
            "--expires",
            "90d");

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out()).isEqualTo(SECRET + "\n");
    assertThat(ran.err()).contains("shown once", "0600").doesNotContain(SECRET);
    assertThat(Json.read(registry.asked("POST", "/tokens").body()))
        .isEqualTo(
            Json.read(
                "{\"name\":\"ci\",\"role\":\"operator\",\"families\":[\"llama\",\"phi\"],\"expiresSeconds\":7776000}"));
  }

  @Test
  void a_claim_is_an_address_to_open() {
    Shell.Ran ran = shell.run("token", "claim", "--role", "viewer", "--name", "phone");

    assertThat(ran.out()).isEqualTo(registry.url() + "/#claim=" + SECRET + "\n");
  }

  @Test
  void tokens_are_listed_without_secrets_and_revoked_by_id() {
    assertThat(shell.run("token", "list").out())
        .contains("aaaaaaaaaa", "ci", "operator", "llama, phi", "until 2027-01-01");
    assertThat(shell.run("token", "list", "-q").out()).isEqualTo("aaaaaaaaaa\n");
    Shell.Ran ran = shell.run("token", "revoke", "aaaaaaaaaa");
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(registry.asked("DELETE", "/tokens/aaaaaaaaaa").body()).isEmpty();
  }

  @Test
  void it_says_what_ones_own_token_allows() {
    assertThat(shell.run("token").out())
        .isEqualTo("token/aaaaaaaaaa, operator, changes models of llama, phi alone\n");
  }

  @Test
  void what_is_missing_is_said_with_an_example() {
    Shell.Ran ran = shell.run("token", "create", "--name", "ci");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("--role and --name are missing");
    assertThat(shell.run("token", "revoke").exit()).isEqualTo(2);
    assertThat(shell.run("token", "steal").exit()).isEqualTo(2);
  }

  private String sent() {
    shell.run("list");
    return String.valueOf(registry.asked().getLast().headers().get("authorization"));
  }

  private void own(String token, String mode) throws IOException {
    Path file = home.resolve(".config/model-depot/token");
    Files.createDirectories(file.getParent());
    Files.writeString(file, token + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private static ObjectNode who() {
    ObjectNode who = Json.object().put("actor", "token/aaaaaaaaaa").put("role", "operator");
    who.putArray("families").add("llama").add("phi");
    return who.put("signedIn", false);
  }

  private static ObjectNode made() {
    ObjectNode made = Json.object().put("token", SECRET);
    ObjectNode details =
        made.putObject("details")
            .put("id", "aaaaaaaaaa")
            .put("name", "ci")
            .put("kind", "token")
            .put("role", "operator")
            .put("createdBy", "local")
            .put("createdAt", "2026-11-23T11:00:00Z")
            .put("expiresAt", "2027-01-01T00:00:00Z");
    details.putArray("families").add("llama").add("phi");
    return made;
  }
}
