package io.modeldepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.cli.fixture.Shell;
import io.modeldepot.cli.output.Json;
import io.modeldepot.provenance.oms.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models carried from one real volume to another, with nothing running. */
class BundleTest {
  @TempDir Path home;
  private Shell shell = new Shell(Path.of("/"));
  private String here = "";
  private String there = "";

  @BeforeEach
  void given() throws IOException {
    here = home.resolve("here").toString();
    there = home.resolve("there").toString();
    shell = new Shell(home).with("DEPOT_URL", "http://127.0.0.1:9");
    shell.with("MODELS_DIR", there).run("setup");
    shell.with("MODELS_DIR", here).run("setup");
    key("site.pem");
    imported("mine", "one");
  }

  private void key(String name) throws IOException {
    KeyPair pair = Keys.generate();
    Files.writeString(home.resolve(name), Keys.pem(pair.getPrivate()));
    Files.writeString(home.resolve(name + ".pub"), Keys.pem(pair.getPublic()));
  }

  private void imported(String name, String text) throws IOException {
    Path tree = Files.createDirectories(home.resolve("tree-" + name + text));
    Files.writeString(
        tree.resolve("config.json"), "{\"model_type\":\"phi\",\"t\":\"" + text + "\"}");
    Files.write(tree.resolve("model.safetensors"), new byte[3 << 20]);
    assertThat(shell.run("import", tree.toString(), "--name", name, "--offline").exit()).isZero();
  }

  private Shell.Ran create(String... more) {
    String[] command = new String[more.length + 6];
    command[0] = "bundle";
    command[1] = "create";
    command[2] = "--to";
    command[3] = "out";
    command[4] = "--sign-key";
    command[5] = "site.pem";
    System.arraycopy(more, 0, command, 6, more.length);
    return shell.with("MODELS_DIR", here).run(command);
  }

  private Shell.Ran take(String... more) {
    String[] command = new String[more.length + 3];
    command[0] = "bundle";
    command[1] = "import";
    command[2] = "out";
    System.arraycopy(more, 0, command, 3, more.length);
    return shell.with("MODELS_DIR", there).run(command);
  }

  @Test
  void a_model_is_on_the_other_volume_once_it_was_verified() {
    Shell.Ran made = create("mine", "--split", "1MiB");
    Shell.Ran planned = take("--trust", "site.pem.pub", "--plan");
    Shell.Ran empty = shell.run("path", "mine");

    Shell.Ran taken = take("--trust", "site.pem.pub");

    assertThat(made.exit()).as(made.err()).isZero();
    assertThat(made.out()).contains("1 version, 3.1 MB in 4 parts", "  mine@");
    assertThat(made.err()).contains("Signed by key ");
    assertThat(planned.exit()).as(planned.err()).isZero();
    assertThat(planned.err()).contains("Whole, signed by key ", "Nothing was changed.");
    assertThat(empty.exit()).isEqualTo(4);
    assertThat(taken.exit()).as(taken.err()).isZero();
    assertThat(taken.out()).contains("mine@", "3.1 MB, current, new");
    assertThat(shell.run("verify").exit()).isZero();
  }

  @Test
  void only_what_the_other_side_lacks_is_carried() throws IOException {
    create("--all");
    assertThat(take("--trust", "site.pem.pub").exit()).isZero();
    Shell.Ran said = shell.run("bundle", "inventory", "--out", "far.inventory");
    shell.with("MODELS_DIR", here);
    Shell.Ran nothing =
        shell.run("bundle", "create", "--all", "--against", "far.inventory", "--plan");
    imported("mine", "two");
    Files.move(home.resolve("out"), home.resolve("first"));

    JsonNode made = Json.read(last(create("mine", "--against", "far.inventory", "--json")));
    JsonNode taken = Json.read(last(take("--trust", "site.pem.pub", "--json")));

    assertThat(said.out()).contains("1 version, 2 contents");
    assertThat(nothing.out()).contains("The far side has everything");
    assertThat(made.path("contentBytes").asLong()).isLessThan(4096);
    assertThat(made.path("leftOutBytes").asLong()).isEqualTo(3 << 20);
    assertThat(taken.at("/versions/0/current").asBoolean()).isTrue();
    assertThat(taken.at("/versions/0/outcome").asText()).isEqualTo("new");
    assertThat(shell.run("verify").exit()).isZero();
  }

  @Test
  void a_difference_without_its_base_says_what_is_missing() throws IOException {
    shell.run("bundle", "inventory", "--out", "own.inventory");
    imported("mine", "two");
    create("mine", "--against", "own.inventory");

    Shell.Ran taken = take("--trust", "site.pem.pub");

    assertThat(taken.exit()).isEqualTo(8);
    assertThat(taken.err()).contains("model.safetensors of mine@", "take in the bundle before");
  }

  @Test
  void a_damaged_part_is_named_and_nothing_is_published() throws IOException {
    create("mine", "--split", "1MiB");
    Path part = home.resolve("out/part-00002.bin");
    byte[] bytes = Files.readAllBytes(part);
    bytes[77] ^= 4;
    Files.write(part, bytes);

    Shell.Ran taken = take("--trust", "site.pem.pub");

    assertThat(taken.exit()).isEqualTo(7);
    assertThat(taken.err())
        .contains("part 2 of 4 (part-00002.bin) is damaged between byte 0 and", "copy");
    assertThat(shell.run("path", "mine").exit()).isEqualTo(4);
  }

  @Test
  void somebody_elses_key_and_no_key_are_refused() throws IOException {
    key("other.pem");
    create("mine");

    Shell.Ran other = take("--trust", "other.pem.pub");
    Shell.Ran nobody = take();
    Shell.Ran whoever = take("--untrusted");

    assertThat(other.exit()).isEqualTo(5);
    assertThat(other.err()).contains("not among those that are trusted", "--trust KEY.pub");
    assertThat(nobody.exit()).isEqualTo(5);
    assertThat(nobody.err()).contains("neither --trust nor DEPOT_TRUST_TRUSTED_KEYS");
    assertThat(whoever.exit()).as(whoever.err()).isZero();
  }

  @Test
  void what_would_run_code_is_judged_by_the_policy_of_the_other_side() throws IOException {
    Path tree = Files.createDirectories(home.resolve("bad"));
    Files.writeString(tree.resolve("weights.pkl"), "cposix\nsystem\n(S'id'\ntR.");
    shell.run("import", tree.toString(), "--name", "bad", "--family", "phi", "--offline");
    create("bad");

    Shell.Ran refused = shell.with("DEPOT_TRUST_PICKLES", "refuse").run("version");
    refused = take("--trust", "site.pem.pub");
    Shell.Ran missing = shell.run("path", "bad");
    shell.with("DEPOT_TRUST_PICKLES", "warn");
    Shell.Ran warned = take("--trust", "site.pem.pub");

    assertThat(refused.exit()).isEqualTo(5);
    assertThat(refused.err()).contains("posix.system");
    assertThat(missing.exit()).isEqualTo(4);
    assertThat(warned.out()).contains("scan warned");
  }

  @Test
  void a_command_that_is_not_clear_says_how_it_would_be() {
    Shell.Ran both = create("mine", "--all");
    Shell.Ran size = create("mine", "--split", "5GiB");
    Shell.Ran unsigned = shell.run("bundle", "create", "mine", "--to", "out");
    Shell.Ran none = take("--trust", "site.pem.pub");

    assertThat(both.exit()).isEqualTo(2);
    assertThat(size.exit()).isEqualTo(2);
    assertThat(size.err()).contains("from 1MiB to 4GiB");
    assertThat(unsigned.exit()).isEqualTo(2);
    assertThat(unsigned.err()).contains("openssl genpkey", "--unsigned");
    assertThat(none.exit()).isEqualTo(4);
    assertThat(none.err()).contains("has no bundle.json");
  }

  private static String last(Shell.Ran ran) {
    assertThat(ran.exit()).as(ran.err()).isZero();
    return ran.out().lines().toList().getLast();
  }
}
