package io.modeldepot.store.integrity;

import static io.modeldepot.store.StoreFixture.FIRST;
import static io.modeldepot.store.StoreFixture.MODEL;
import static io.modeldepot.store.StoreFixture.SECOND;
import static io.modeldepot.store.StoreFixture.files;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.store.StoreFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DamageMarksTest {
  @TempDir Path directory;
  private StoreFixture volume;
  private DamageMarks marks;

  @BeforeEach
  void setUp() throws IOException {
    volume = new StoreFixture(directory);
    volume.publish(FIRST, files("a", "1", "b", "2"));
    volume.publish(SECOND, files("a", "3"));
    marks = volume.store.damageMarks();
  }

  @AfterEach
  void tearDown() throws IOException {
    volume.close();
  }

  @Test
  void aVersionIsDamagedOnceAFileOfItWasFoundSoAndNoOtherIs() throws IOException {
    marks.set(MODEL, FIRST, List.of("a"));

    assertThat(marks.damaged(MODEL, FIRST)).containsExactly("a");
    assertThat(marks.damaged(MODEL, SECOND)).isEmpty();
    assertThat(volume.store.rescan().model(MODEL).damaged()).containsExactly(FIRST);
  }

  @Test
  void anotherFileOfTheNameIsNotTheOneThatWasFound() throws IOException {
    marks.set(MODEL, FIRST, List.of("a", "b"));
    replace("a", "1");

    assertThat(marks.damaged(MODEL, FIRST)).containsExactly("b");
    replace("b", "2");
    assertThat(volume.store.rescan().model(MODEL).damaged()).isEmpty();
  }

  @Test
  void whatWasMissingIsDamagedUntilItIsThereAndWhatWasPutAsideStaysSo() throws IOException {
    Files.delete(file("a"));
    marks.set(MODEL, FIRST, List.of("a", "b"));
    Files.delete(file("b"));
    assertThat(marks.damaged(MODEL, FIRST)).containsExactly("a", "b");

    Files.writeString(file("a"), "1");
    assertThat(marks.damaged(MODEL, FIRST)).containsExactly("b");
  }

  @Test
  void theNextWholeReadingCountsAndALookAtSomeFilesAdds() throws IOException {
    marks.set(MODEL, FIRST, List.of("a"));
    marks.add(MODEL, FIRST, List.of("b"));
    assertThat(marks.damaged(MODEL, FIRST)).containsExactly("a", "b");

    marks.set(MODEL, FIRST, List.of());
    assertThat(marks.damaged(MODEL, FIRST)).isEmpty();
  }

  @Test
  void marksOfAVersionThatIsGoneAreForgotten() throws IOException {
    marks.set(MODEL, FIRST, List.of("a"));
    marks.set(MODEL, SECOND, List.of("a"));
    marks.keepOnly(Set.of(SECOND));

    assertThat(marks.damaged(MODEL, FIRST)).isEmpty();
    assertThat(marks.damaged(MODEL, SECOND)).containsExactly("a");
  }

  private Path file(String path) {
    return volume.layout().tree(MODEL, FIRST).resolve(path);
  }

  /** As a repair does: the new file is made beside the old one. */
  private void replace(String path, String content) throws IOException {
    Path fresh = Files.writeString(directory.resolve("fresh"), content);
    Files.move(fresh, file(path), StandardCopyOption.REPLACE_EXISTING);
  }
}
