package io.modeldepot.downloader.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.terms.Blocks;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.testkit.hub.Content;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A repair is a download that knows which blocks are good. */
@QuarkusTest
class RepairTest extends House {
  private static final String FILE = "model.bin";
  private static final long SIZE = 2 * Blocks.SIZE_BYTES + 12_345;

  private CommitId damaged(String model) throws IOException {
    CommitId commit =
        hub.repository("org/" + model)
            .put(FILE, Content.random(model.hashCode(), SIZE))
            .put("README.md", "# " + model)
            .put("config.json", "{\"num_hidden_layers\":32,\"num_attention_heads\":16}")
            .commit("main");
    describe(model);
    ask("rp-first-" + model, model);
    var unused = done("rp-first-" + model);
    Path file = tree(model, commit).resolve(FILE);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(Blocks.SIZE_BYTES + 1);
      open.write(open.read() ^ 1);
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    hub.forget();
    return commit;
  }

  /** What the janitor leaves, left by the same hand. */
  private void prepare(String model, CommitId commit, String json) throws IOException {
    DownloadRequested command =
        Wire.mapper().readValue(json.getBytes(StandardCharsets.UTF_8), DownloadRequested.class);
    Manifest manifest = store.versions().manifest(ModelName.of(model), commit).orElseThrow();
    List<ManifestFile> damaged =
        manifest.files().stream().filter(it -> it.path().equals(FILE)).toList();
    try (Claims claims = store.claims("janitor")) {
      assertThat(store.repairs().prepare(claims, command, manifest, damaged)).isPresent();
    }
  }

  @Test
  void onlyTheBadBlockIsFetchedAndTheDamagedFileIsReplacedEverywhere() throws Exception {
    CommitId commit = damaged("rotten");
    long generation = version("rotten", commit).number("/generation");
    String command =
        "{\"requestId\":\"rp-rotten\",\"model\":\"rotten\",\"revision\":\"%s\",\"source\":\"repair\"}"
            .formatted(commit);

    prepare("rotten", commit, command);
    ask(command);

    Ear.Heard end = done("rp-rotten");
    assertThat(end.number("/fetchedBytes")).isEqualTo(Blocks.SIZE_BYTES);
    assertThat(hub.bytesServed()).isEqualTo(Blocks.SIZE_BYTES);
    assertThat(findings("rotten", commit)).isEmpty();
    assertThat(Files.mismatch(view("rotten").resolve(FILE), tree("rotten", commit).resolve(FILE)))
        .isEqualTo(-1);
    assertThat(version("rotten", commit, it -> it.number("/generation") > generation)).isNotNull();
    Manifest after = store.versions().manifest(ModelName.of("rotten"), commit).orElseThrow();
    assertThat(after.files()).allMatch(ManifestFile::present);
    assertThat(after.profile().orElseThrow().layers()).as("what was not fetched").hasValue(32);
    assertThat(after.source().revision()).contains("main");
  }

  @Test
  void aRepairThatNobodyPreparedFetchesTheNamedFileAndKeepsTheDamagedOneAsEvidence()
      throws Exception {
    CommitId commit = damaged("unprepared");

    ask(
        "rp-unprepared",
        "unprepared",
        "\"revision\":\"" + commit + "\"",
        "\"source\":\"repair\"",
        "\"include\":[\"" + FILE + "\"]");

    assertThat(done("rp-unprepared").number("/fetchedBytes")).isEqualTo(SIZE);
    assertThat(findings("unprepared", commit)).isEmpty();
    assertThat(view("unprepared").resolve("README.md")).exists();
    try (Stream<Path> quarantined = Files.list(root.resolve(".depot/quarantine"))) {
      assertThat(quarantined.map(it -> it.getFileName().toString()))
          .anyMatch(it -> it.contains("-unprepared-"));
    }
  }
}
