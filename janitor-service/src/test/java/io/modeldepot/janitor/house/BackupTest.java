package io.modeldepot.janitor.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Source;
import io.modeldepot.events.terms.SourceKind;
import io.modeldepot.store.adopt.Adopter;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.publish.Publication;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.LinuxCalls;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@SuppressWarnings("NullAway.Init") // injected before each test
class BackupTest extends House {
  @ConfigProperty(name = "depot.backup.targets.default.directory")
  Path backups;

  @ConfigProperty(name = "depot.backup.targets.gone.directory")
  Path gone;

  @ConfigProperty(name = "depot.backup.targets.sealed.key-file")
  Path key;

  @ConfigProperty(name = "depot.backup.restore-root")
  Path restoreRoot;

  @Test
  void aModelThatWasLostComesBackFromItsBackup() throws Exception {
    ModelName model = adopt("lost-model");
    backup("{\"model\":\"lost-model\",\"requestId\":\"save-lost\"}");
    Ear.Heard saved = ended("save-lost");
    DirectoryTree.remove(new LinuxCalls(), store.layout().model(model));
    DirectoryTree.remove(new LinuxCalls(), store.layout().view(FamilyName.of("test"), model));

    restore(
        "{\"backup\":\"%s\",\"model\":\"lost-model\",\"requestId\":\"bring-lost\"}"
            .formatted(saved.text("/result/backup")));
    Ear.Heard back = ended("bring-lost");

    assertThat(saved.text("/state")).as("%s", saved).isEqualTo("done");
    assertThat(saved.number("/result/models")).isEqualTo(1);
    assertThat(saved.text("/result/registry")).isNotEmpty();
    assertThat(back.text("/state")).as("%s", back).isEqualTo("done");
    assertThat(back.text("/result/restored/0/model")).isEqualTo("lost-model");
    assertThat(
            Files.readString(
                store.versions().currentTree(model).orElseThrow().resolve("config.json")))
        .isEqualTo("{\"name\":\"lost-model\"}");
    assertThat(store.publisher().isSettled(model)).isTrue();
  }

  @Test
  void aCheckThatReadsFindsAFlippedBit() throws Exception {
    adopt("checked-model");
    backup("{\"model\":\"checked-model\",\"requestId\":\"save-checked\"}");
    ended("save-checked");
    backup("{\"action\":\"check\",\"read\":\"all\",\"requestId\":\"check-good\"}");
    Ear.Heard good = ended("check-good");
    Path pack;
    try (var files = Files.walk(backups.resolve("data"))) {
      pack = files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(pack);
    bytes[7] ^= 1;
    Files.write(pack, bytes);

    backup("{\"action\":\"check\",\"read\":\"all\",\"requestId\":\"check-bad\"}");
    Ear.Heard bad = ended("check-bad");
    bytes[7] ^= 1;
    Files.write(pack, bytes);

    assertThat(good.text("/state")).as("%s", good).isEqualTo("done");
    assertThat(good.number("/result/bytesRead")).isPositive();
    assertThat(bad.text("/state")).isEqualTo("failed");
    assertThat(bad.text("/problem/code")).isEqualTo("backup-damaged");
    assertThat(bad.text("/result/findings/0")).contains(pack.getFileName().toString());
  }

  @Test
  void aVersionIsRestoredElsewhereOnlyBelowTheConfiguredDirectory() throws Exception {
    ModelName model = adopt("elsewhere-model");
    backup("{\"model\":\"elsewhere-model\",\"requestId\":\"save-elsewhere\"}");
    String id = ended("save-elsewhere").text("/result/backup");

    restore("{\"backup\":\"%s\",\"to\":\"here\",\"requestId\":\"to-here\"}".formatted(id));
    restore("{\"backup\":\"%s\",\"to\":\"../../out\",\"requestId\":\"to-out\"}".formatted(id));

    assertThat(ended("to-here").text("/state")).isEqualTo("done");
    assertThat(restoreRoot.resolve("here").resolve(model.value())).isDirectory();
    assertThat(ended("to-out").text("/problem/code")).isEqualTo("forbidden");
  }

  @Test
  void aBackupThatIsNotThereAndATargetThatIsNotThereAreNamed() {
    restore("{\"backup\":\"b-00000000\",\"requestId\":\"no-backup\"}");
    backup("{\"target\":\"moon\",\"requestId\":\"no-target\"}");

    // It may be at the one that cannot be asked.
    Ear.Heard noBackup = ended("no-backup");
    assertThat(noBackup.text("/problem/code")).isEqualTo("backup-target-unreachable");
    assertThat(noBackup.text("/problem/detail")).contains(gone.toString());
    Ear.Heard noTarget = ended("no-target");
    assertThat(noTarget.text("/problem/code")).isEqualTo("no-backup-target");
    assertThat(noTarget.text("/problem/detail")).contains("moon", "default");
  }

  @Test
  void aTargetThatIsNotMountedFailsAtOnceAndIsNamed() {
    backup("{\"target\":\"gone\",\"requestId\":\"to-gone\"}");

    Ear.Heard end = ended("to-gone");

    assertThat(end.text("/state")).isEqualTo("failed");
    assertThat(end.text("/kind")).isEqualTo("backup");
    assertThat(end.text("/problem/code")).isEqualTo("backup-target-unreachable");
    assertThat(end.text("/problem/detail")).contains(gone.toString());
    assertThat(end.text("/problem/remedies/0/say")).isNotEmpty();
  }

  @Test
  void aKeyThatDoesNotOpenTheRepositoryFailsEveryWorkOnIt() throws Exception {
    adopt("sealed-model");
    Files.writeString(key, "1".repeat(64));
    backup("{\"target\":\"sealed\",\"requestId\":\"save-sealed\"}");
    Ear.Heard saved = ended("save-sealed");
    Files.writeString(key, "2".repeat(64));

    backup("{\"target\":\"sealed\",\"requestId\":\"save-wrong\"}");
    backup("{\"target\":\"sealed\",\"action\":\"check\",\"requestId\":\"check-wrong\"}");
    restore(
        "{\"backup\":\"%s\",\"requestId\":\"back-wrong\"}".formatted(saved.text("/result/backup")));

    assertThat(saved.text("/state")).as("%s", saved).isEqualTo("done");
    for (String id : new String[] {"save-wrong", "check-wrong"}) {
      Ear.Heard end = ended(id);
      assertThat(end.text("/state")).isEqualTo("failed");
      assertThat(end.text("/problem/code")).isEqualTo("wrong-backup-key");
      assertThat(end.text("/problem/detail")).contains("does not open").doesNotContain("2222");
    }
    Ear.Heard back = ended("back-wrong");
    assertThat(back.text("/state")).isEqualTo("failed");
    assertThat(back.text("/problem/detail")).isNotEmpty();
  }

  @Test
  void aBackupIsFoundAtASecondTargetWhileAnotherCannotBeAsked() throws Exception {
    ModelName model = adopt("second-model");
    Files.writeString(key, "1".repeat(64));
    backup("{\"target\":\"sealed\",\"model\":\"second-model\",\"requestId\":\"save-second\"}");
    String id = ended("save-second").text("/result/backup");

    restore("{\"backup\":\"%s\",\"to\":\"second\",\"requestId\":\"to-second\"}".formatted(id));

    // In the order of their names "gone" comes before "sealed".
    Ear.Heard back = ended("to-second");
    assertThat(back.text("/state")).as("%s", back).isEqualTo("done");
    assertThat(restoreRoot.resolve("second").resolve(model.value())).isDirectory();
  }

  @Test
  void aDirectoryThatARestoreCannotWriteToIsNamed() throws Exception {
    adopt("blocked-model");
    backup("{\"model\":\"blocked-model\",\"requestId\":\"save-blocked\"}");
    String id = ended("save-blocked").text("/result/backup");
    Files.createDirectories(restoreRoot);
    Files.writeString(restoreRoot.resolve("blocked"), "a file where a directory is meant");

    restore("{\"backup\":\"%s\",\"to\":\"blocked\",\"requestId\":\"to-blocked\"}".formatted(id));
    Ear.Heard end = ended("to-blocked");

    assertThat(end.text("/state")).isEqualTo("failed");
    assertThat(end.text("/problem/code")).isEqualTo("volume-error");
    assertThat(end.text("/problem/detail")).contains("blocked", "cannot be written to");
  }

  @Test
  void aBackupIsPlannedPinnedPrunedAndDrilled() throws Exception {
    adopt("kept-model");
    backup("{\"dryRun\":true,\"model\":\"kept-model\",\"requestId\":\"plan-kept\"}");
    Ear.Heard plan = ended("plan-kept");
    backup("{\"model\":\"kept-model\",\"requestId\":\"save-kept\"}");
    String id = ended("save-kept").text("/result/backup");

    backup(
        "{\"action\":\"pin\",\"backup\":\"%s\",\"reason\":\"a test\",\"requestId\":\"pin-kept\"}"
            .formatted(id));
    backup("{\"action\":\"prune\",\"dryRun\":true,\"requestId\":\"prune-kept\"}");
    backup("{\"action\":\"drill\",\"backup\":\"%s\",\"requestId\":\"drill-kept\"}".formatted(id));

    assertThat(plan.text("/state")).as("%s", plan).isEqualTo("planned");
    assertThat(plan.number("/result/newBytes")).isGreaterThan(2 << 20);
    assertThat(plan.number("/result/estimatedBytes")).isPositive();
    assertThat(ended("pin-kept").text("/result/pinned")).isEqualTo("a test");
    Ear.Heard pruned = ended("prune-kept");
    assertThat(pruned.text("/state")).as("%s", pruned).isEqualTo("planned");
    assertThat(pruned.value().orElseThrow().at("/result/backups").toString())
        .contains("pinned: a test");
    Ear.Heard drilled = ended("drill-kept");
    assertThat(drilled.text("/state")).as("%s", drilled).isEqualTo("done");
    assertThat(drilled.number("/result/totalBytes")).isGreaterThan(2 << 20);
  }

  @Test
  void twoBackupsAreCompared() throws Exception {
    adopt("stays-model");
    backup("{\"requestId\":\"save-one\"}");
    String one = ended("save-one").text("/result/backup");
    adopt("comes-model");
    backup("{\"requestId\":\"save-two\"}");
    String two = ended("save-two").text("/result/backup");

    backup(
        "{\"action\":\"diff\",\"backup\":\"%s\",\"against\":\"%s\",\"requestId\":\"compare\"}"
            .formatted(one, two));
    Ear.Heard compared = ended("compare");

    assertThat(compared.text("/state")).as("%s", compared).isEqualTo("done");
    assertThat(compared.number("/result/differences")).isEqualTo(1);
    assertThat(compared.text("/result/versions/0/model")).isEqualTo("comes-model");
    assertThat(compared.text("/result/versions/0/change")).isEqualTo("added");
    assertThat(compared.number("/result/addedBytes")).isGreaterThan(2 << 20);
    assertThat(compared.number("/result/goneBytes")).isZero();
  }

  private void backup(String json) {
    send("backup-due", null, json.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  private void restore(String json) {
    send("restore-requested", null, json.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  private ModelName adopt(String name) throws IOException, InterruptedException {
    ModelName model = ModelName.of(name);
    Path tree = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "tree-");
    Files.writeString(tree.resolve("config.json"), "{\"name\":\"" + name + "\"}");
    byte[] weights = new byte[2 << 20];
    new Random(name.hashCode()).nextBytes(weights);
    Files.write(tree.resolve("model.safetensors"), weights);
    Source source =
        new Source(
            SourceKind.ADOPTED,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    try (Claims claims = store.claims("test-1");
        Claim claim = claims.await(store.claimPlace(model), Duration.ofMinutes(1)).orElseThrow()) {
      Publication unused =
          store
              .adopter()
              .adopt(
                  claim,
                  new Adopter.Tree(tree, tree, model, FamilyName.of("test"), source),
                  directory -> Optional.empty(),
                  0,
                  bytes -> {});
    }
    return model;
  }
}
