package io.modeldepot.store.integrity;

import static io.modeldepot.store.StoreFixture.FIRST;
import static io.modeldepot.store.StoreFixture.MODEL;
import static io.modeldepot.store.StoreFixture.SECOND;
import static io.modeldepot.store.StoreFixture.files;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.events.terms.Manifest;
import io.modeldepot.store.StoreFixture;
import io.modeldepot.store.volume.VolumeRefused;
import io.modeldepot.store.volume.call.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RescanTest {
  @TempDir Path directory;
  private StoreFixture volume;

  @BeforeEach
  void setUp() throws IOException {
    volume = new StoreFixture(directory);
    volume.publish(FIRST, files("a", "1"));
    volume.publish(SECOND, files("a", "2"));
  }

  @AfterEach
  void tearDown() throws IOException {
    volume.close();
  }

  @Test
  void everythingThatCanBeAnnouncedIsFoundOnTheVolume() throws IOException {
    Rescan.ModelOnVolume model = volume.store.rescan().model(MODEL);

    assertThat(volume.store.rescan().models()).containsExactly(MODEL);
    assertThat(model.current().orElseThrow().commit()).contains(SECOND);
    assertThat(model.versions()).extracting(Manifest::commit).containsExactly(FIRST, SECOND);
    assertThat(model.problems()).isEmpty();
  }

  @Test
  void aVolumeThatIsNotMountedIsRefusedAndNotTakenForAnEmptyOne() throws IOException {
    Rescan rescan = volume.store.rescan();
    for (Path folder : List.of(volume.layout().depot(), volume.layout().versions())) {
      Files.move(folder, folder.resolveSibling(folder.getFileName() + "-unmounted"));
    }

    assertThatThrownBy(() -> rescan.model(MODEL)).isInstanceOf(VolumeRefused.class);
    assertThatThrownBy(rescan::models).isInstanceOf(VolumeRefused.class);
  }

  @Test
  void aDamagedManifestIsNamedAndTheRestIsStillFound() throws IOException {
    Files.writeString(volume.layout().manifest(MODEL, FIRST), "{");
    Rescan.ModelOnVolume model = volume.store.rescan().model(MODEL);

    assertThat(model.versions()).extracting(Manifest::commit).containsExactly(SECOND);
    assertThat(model.problems()).singleElement().asString().contains(FIRST.value());
  }

  @Test
  void aManifestWithoutATreeIsAProblemAndNoVersion() throws IOException {
    DirectoryTree.remove(volume.calls, volume.layout().tree(MODEL, FIRST));
    Rescan.ModelOnVolume model = volume.store.rescan().model(MODEL);

    assertThat(model.versions()).extracting(Manifest::commit).containsExactly(SECOND);
    assertThat(model.problems()).hasSize(1);
  }

  @Test
  void aTreeWithoutAManifestIsNoVersion() throws IOException {
    Files.createDirectory(volume.layout().model(MODEL).resolve("f".repeat(40)));

    assertThat(volume.store.rescan().model(MODEL).versions()).hasSize(2);
  }

  @Test
  void whatIsPutAsideLiesBesideItsEvidence() throws IOException {
    Path file = Files.writeString(volume.layout().downloads().resolve(".bad"), "x");
    Path there =
        volume.store.quarantine().put(MODEL, file, Map.of("why", "checksum", "expected", "ab"));

    assertThat(there).hasContent("x");
    assertThat(file).doesNotExist();
    assertThat(Files.readString(there.resolveSibling("evidence.json")))
        .contains("\"expected\":\"ab\"", "\"was\":\"downloads/.bad\"", "\"model\":\"llama2-7b\"");
    assertThat(volume.calls.list(volume.layout().quarantine()))
        .singleElement()
        .asString()
        .matches("20261124T090000Z-llama2-7b-[0-9a-f]{8}");
  }
}
