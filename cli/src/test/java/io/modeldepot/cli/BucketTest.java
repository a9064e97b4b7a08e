package io.modeldepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.backup.Backups;
import io.modeldepot.backup.Depot;
import io.modeldepot.backup.repository.Repository;
import io.modeldepot.backup.snapshot.Snapshot;
import io.modeldepot.backup.storage.S3Server;
import io.modeldepot.backup.storage.Storage;
import io.modeldepot.cli.fixture.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that has nothing but a bucket. */
@SuppressWarnings("NullAway.Init") // made before all tests
class BucketTest {
  private static final String AT = "s3://" + S3Server.BUCKET + "/depot";

  @TempDir static Path lost;
  private static S3Server server;
  private static Snapshot saved;

  @TempDir Path home;
  private Shell shell = new Shell(Path.of("/"));

  @BeforeAll
  static void aDepotWasSaved() throws Exception {
    server = new S3Server();
    Storage storage = server.storage("depot");
    Repository unused = Repository.create(storage, Optional.empty(), Depot.CLOCK);
    try (Depot depot = new Depot(lost)) {
      depot.fill();
      saved = Backups.make(depot, storage, 1);
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void given() throws IOException {
    shell =
        new Shell(home)
            .with("MODELS_DIR", home.resolve("models").toString())
            .with("DEPOT_URL", "http://127.0.0.1:1");
    Files.writeString(home.resolve("key"), S3Server.ID + "\n" + S3Server.SECRET + "\n");
  }

  @Test
  void everything_comes_back_from_it_with_nothing_running() throws IOException {
    assertThat(shell.run("setup").exit()).isZero();

    Shell.Ran listed =
        shell.run("backups", "--at", AT, "--endpoint", url(), "--credentials-file", "key");
    Shell.Ran ran =
        shell.run(
            "restore", "latest", "--at", AT, "--endpoint", url(), "--credentials-file", "key");

    assertThat(listed.out()).contains(saved.id());
    assertThat(ran.exit()).as(ran.err()).isZero();
    String weights = "versions/phi-2/" + Depot.FIRST + "/model.safetensors";
    assertThat(home.resolve("models").resolve(weights))
        .hasSameBinaryContentAs(lost.resolve(weights));
  }

  @Test
  void a_wrong_secret_is_said_without_it() throws IOException {
    Files.writeString(home.resolve("key"), S3Server.ID + "\nquite-wrong-secret\n");

    Shell.Ran ran =
        shell.run("backups", "--at", AT, "--endpoint", url(), "--credentials-file", "key");

    assertThat(ran.exit()).isEqualTo(9);
    assertThat(ran.err()).contains(AT).doesNotContain("quite-wrong-secret");
  }

  @Test
  void a_credentials_file_without_a_secret_is_named() throws IOException {
    Files.writeString(home.resolve("key"), S3Server.ID);

    Shell.Ran ran =
        shell.run("backups", "--at", AT, "--endpoint", url(), "--credentials-file", "key");

    assertThat(ran.err()).contains("key").contains("below it, its secret");
    assertThat(ran.exit()).isNotZero();
  }

  @Test
  void what_is_no_bucket_and_what_needs_one_is_a_usage_error() {
    Shell.Ran noBucket = shell.run("backups", "--at", "s3://Not_A_Bucket");
    Shell.Ran noAddress = shell.run("backups", "--at", AT, "--endpoint", "backups.example");
    Shell.Ran directory = shell.run("backups", "--at", "/mnt", "--region", "eu-central-1");

    assertThat(noBucket.exit()).isEqualTo(2);
    assertThat(noBucket.err()).contains("names no bucket").contains("s3://BUCKET/PREFIX");
    assertThat(noAddress.exit()).isEqualTo(2);
    assertThat(noAddress.err()).contains("https://HOST");
    assertThat(directory.exit()).isEqualTo(2);
    assertThat(directory.err()).contains("about a bucket");
  }

  private static String url() {
    return server.endpoint().toString();
  }
}
