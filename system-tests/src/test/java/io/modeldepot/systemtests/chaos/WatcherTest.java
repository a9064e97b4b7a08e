package io.modeldepot.systemtests.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.testkit.hub.FakeHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever watches must see what is wrong, else nothing was proven. */
class WatcherTest {
  private static final long SEED = 7;
  private static final String CONFIGURATION = "{\"model_type\":\"llama\",\"seed\":7}";

  private final FakeHub hub = FakeHub.start();
  private final MovingModel model = new MovingModel(hub, "watched", false, SEED);
  private final CommitId commit = model.commits().getFirst();
  private Layout volume;
  private History history;
  private Watcher watcher;

  @BeforeEach
  void prepare(@TempDir Path folder) throws IOException {
    volume = new Layout(Files.createDirectory(folder.resolve("volume")));
    history = new History(folder);
    watcher = new Watcher(volume.root(), List.of(model), history);
    Files.createDirectories(volume.tree(model.name(), commit));
    Files.createDirectories(volume.models());
    Files.createDirectories(volume.active());
    write("config.json", CONFIGURATION);
  }

  @AfterEach
  void close() {
    hub.close();
  }

  @Test
  void aTreeThatIsBeingMadeOfTheRightFilesIsRight() {
    assertThat(seen()).isEmpty();
  }

  @Test
  void aFileThatIsNotTheHubsIsSeen() throws IOException {
    write("weights-0.bin", "half a weight");

    assertThat(seen()).singleElement().asString().contains("weights-0.bin");
  }

  @Test
  void aFileThatIsAlteredAfterItWasLookedAtIsSeen() throws IOException {
    assertThat(seen()).isEmpty();
    write("config.json", CONFIGURATION.replace('7', '8'));

    assertThat(seen()).singleElement().asString().contains("config.json");
  }

  @Test
  void aVersionThatLacksAFileIsSeen() throws IOException {
    Files.writeString(volume.manifest(model.name(), commit), "{}");

    assertThat(seen()).singleElement().asString().contains("has a manifest and only");
  }

  @Test
  void aVersionThatTheHubNeverHadIsSeen() throws IOException {
    Files.createDirectory(volume.model(model.name()).resolve("f".repeat(40)));

    assertThat(seen()).singleElement().asString().contains("never had");
  }

  @Test
  void aViewOfTwoVersionsIsSeen() throws IOException {
    Path view = Files.createDirectories(volume.models().resolve("llama/watched"));
    Files.writeString(view.resolve("config.json"), "{\"of\":\"another\"}");

    assertThat(seen()).singleElement().asString().contains("no version's");
  }

  @Test
  void anActiveLinkThatLeadsNowhereIsSeen() throws IOException {
    Files.createDirectories(volume.depot());
    Files.writeString(volume.volumeFile(), "{}");
    Files.createSymbolicLink(
        volume.active(model.name()), Path.of("../versions/watched/" + "f".repeat(40)));

    assertThat(seen()).singleElement().asString().contains("where nothing is");
  }

  private List<String> seen() {
    watcher.look();
    return history.broken();
  }

  private void write(String path, String content) throws IOException {
    Files.writeString(volume.tree(model.name(), commit).resolve(path), content);
  }
}
