package io.modeldepot.mirror.shelf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.mirror.door.FilledVolume;
import io.modeldepot.mirror.door.FilledVolume.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShelfTest {
  private static final String COMMIT = "1".repeat(40);
  @TempDir Path folder = Path.of("");

  @Test
  void aMissingVolumeIsSaidAndNotTakenForAnEmptyOne() {
    Shelf shelf = shelf(folder.resolve("none"));
    assertThatThrownBy(shelf::all).isInstanceOf(ShelfUnavailable.class);
  }

  @Test
  void aDirectoryThatWasNotSetUpIsNoVolume() {
    assertThatThrownBy(shelf(folder)::all)
        .isInstanceOf(ShelfUnavailable.class)
        .hasMessageContaining("not set up, or not mounted");
  }

  @Test
  void aVolumeThatComesLaterIsServedFromThenOn() throws Exception {
    // Given
    Path root = folder.resolve("late");
    Shelf shelf = shelf(root);
    assertThatThrownBy(shelf::all).isInstanceOf(ShelfUnavailable.class);

    // When
    FilledVolume.create(root).publish(version("a.txt"));

    // Then
    assertThat(shelf.find("m")).isPresent();
  }

  @Test
  void aVolumeThatGoesIsMissedAtOnce() throws Exception {
    FilledVolume volume = FilledVolume.create(folder.resolve("going"));
    Shelf shelf = shelf(volume.root());
    shelf.all();

    Files.move(volume.root(), folder.resolve("gone"));

    assertThatThrownBy(shelf::all).isInstanceOf(ShelfUnavailable.class);
  }

  @Test
  void anotherVolumeInItsPlaceIsNotServed() throws Exception {
    FilledVolume volume = FilledVolume.create(folder.resolve("place"));
    Shelf shelf = shelf(volume.root());
    shelf.all();

    Files.move(volume.root(), folder.resolve("first"));
    FilledVolume.create(volume.root());

    assertThatThrownBy(shelf::all).isInstanceOf(ShelfUnavailable.class);
  }

  @Test
  void aWiderSelectionOfTheSameCommitIsSeen() throws Exception {
    // Given
    FilledVolume volume = FilledVolume.create(folder.resolve("wider"));
    volume.publish(version("a.txt"));
    Shelf shelf = shelf(volume.root());
    assertThat(files(shelf)).containsExactly("a.txt");

    // When
    volume.publish(version("a.txt", "b.txt"));

    // Then
    assertThat(files(shelf)).containsExactly("a.txt", "b.txt");
  }

  @Test
  void aDamagedManifestHidesItsVersionAlone() throws Exception {
    FilledVolume volume = FilledVolume.create(folder.resolve("damaged"));
    volume.publish(version("a.txt"));
    Files.writeString(
        volume.root().resolve("versions/m").resolve("9".repeat(40) + ".json"), "{\"format\":");
    assertThat(shelf(volume.root()).find("m").orElseThrow().editions())
        .extracting(edition -> edition.commit().value())
        .containsExactly(COMMIT);
  }

  private static Iterable<String> files(Shelf shelf) {
    Edition edition = shelf.find("m").orElseThrow().editions().getFirst();
    return shelf.open(edition).orElseThrow().files().keySet();
  }

  private static Version version(String... paths) {
    Map<String, byte[]> files = new TreeMap<>();
    for (String path : paths) {
      files.put(path, new byte[] {1});
    }
    return new Version("m", COMMIT, Optional.empty(), "main", Optional.empty(), files, List.of());
  }

  /** Looks at the volume every time it is asked. */
  private static Shelf shelf(Path directory) {
    return new Shelf(
        new ShelfSettings() {
          @Override
          public Path directory() {
            return directory;
          }

          @Override
          public Duration refresh() {
            return Duration.ZERO;
          }

          @Override
          public int filesInMemory() {
            return 100;
          }
        });
  }
}
