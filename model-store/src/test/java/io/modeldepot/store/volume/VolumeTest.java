package io.modeldepot.store.volume;

import static io.modeldepot.store.StoreFixture.CLOCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.events.terms.LocationName;
import io.modeldepot.store.volume.VolumeRefused.Reason;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.LinuxCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VolumeTest {
  private static final LocationName HERE = LocationName.of("default");

  @TempDir Path directory;
  private final FileCalls calls = new LinuxCalls();

  @Test
  void setupMakesTheDirectoriesOfALaidOutVolume() throws IOException {
    Setup setup = Setup.of(directory.resolve("a/b"), HERE, CLOCK, calls);

    assertThat(setup.outcome()).isEqualTo(Setup.Outcome.NEW);
    assertThat(setup.created()).hasSize(15);
    assertThat(setup.volume().layout().directories())
        .allSatisfy(
            made ->
                assertThat(calls.stat(made).orElseThrow().mode()).as("%s", made).isEqualTo(0755));
  }

  @Test
  void setupTwiceIsSetupOnce() throws IOException {
    UUID id = Setup.of(directory, HERE, CLOCK, calls).volume().id();
    Setup again = Setup.of(directory, HERE, CLOCK, calls);

    assertThat(again.outcome()).isEqualTo(Setup.Outcome.EXISTED);
    assertThat(again.created()).isEmpty();
    assertThat(again.volume().id()).isEqualTo(id);
  }

  @Test
  void setupMendsADirectoryThatIsMissing() throws IOException {
    Path models = Setup.of(directory, HERE, CLOCK, calls).volume().layout().models();
    Files.delete(models);

    assertThat(Setup.of(directory, HERE, CLOCK, calls).created()).containsExactly(models);
  }

  @Test
  void setupLeavesWhatWasThereAlone() throws IOException {
    Files.createDirectories(directory.resolve("models/x"));
    Files.writeString(directory.resolve("models/x/notes"), "mine");
    Setup.of(directory, HERE, CLOCK, calls);

    assertThat(directory.resolve("models/x/notes")).hasContent("mine");
  }

  @Test
  void backupProgramsLeaveTheCacheOut() throws IOException {
    Setup.of(directory, HERE, CLOCK, calls);

    assertThat(Files.readString(directory.resolve("cache/CACHEDIR.TAG")))
        .startsWith("Signature: 8a477f597d28d172789f06886806bc55");
  }

  @Test
  void theProbeFindsWhatThisFileSystemDoesAndLeavesNothing() throws IOException {
    Setup setup = Setup.of(directory, HERE, CLOCK, calls);

    assertThat(setup.volume().capabilities().hardLinks()).isTrue();
    assertThat(calls.list(directory.resolve(".depot")))
        .containsExactly("archive", "janitor", "quarantine", "trash", "volume.json");
  }

  @Test
  void aDirectoryThatWasNeverSetUpIsRefused() {
    refused(Reason.NOT_SET_UP, () -> Volume.open(directory, Optional.empty(), calls));
  }

  @Test
  void aDirectoryThatIsNotThereIsRefused() {
    refused(Reason.MISSING, () -> Volume.open(directory.resolve("x"), Optional.empty(), calls));
  }

  @Test
  void anotherVolumeThanBeforeIsRefused() throws IOException {
    Setup.of(directory, HERE, CLOCK, calls);
    refused(
        Reason.OTHER_VOLUME, () -> Volume.open(directory, Optional.of(UUID.randomUUID()), calls));
  }

  @Test
  void aVolumeOfAnotherLocationIsNotSetUpAgain() throws IOException {
    Setup.of(directory, HERE, CLOCK, calls);
    refused(
        Reason.OTHER_LOCATION,
        () -> Setup.of(directory, LocationName.of("elsewhere"), CLOCK, calls));
  }

  @Test
  void setupByAnotherUserIsRefusedAndMakesNothing() throws IOException {
    Path models = Setup.of(directory, HERE, CLOCK, calls).volume().layout().models();
    Files.delete(models);
    // Only root can give files away; the refusal itself is the same for everybody.
    Assumptions.assumeTrue(calls.user() == 0);
    Files.setAttribute(directory.resolve(".depot"), "unix:uid", 12345);

    refused(Reason.OTHER_OWNER, () -> Setup.of(directory, HERE, CLOCK, calls));
    assertThat(models).doesNotExist();
  }

  @Test
  void setupOfAnotherLocationMakesNothing() throws IOException {
    Path models = Setup.of(directory, HERE, CLOCK, calls).volume().layout().models();
    Files.delete(models);

    refused(
        Reason.OTHER_LOCATION,
        () -> Setup.of(directory, LocationName.of("elsewhere"), CLOCK, calls));
    assertThat(models).doesNotExist();
  }

  @Test
  void aVolumeThatWasUnmountedIsNoticed() throws IOException {
    Volume volume = Setup.of(directory, HERE, CLOCK, calls).volume();
    Files.move(directory.resolve(".depot"), directory.resolve("gone"));

    refused(Reason.NOT_SET_UP, volume::requireStillHere);
  }

  @Test
  void aDamagedDescriptionIsRefused() throws IOException {
    Setup.of(directory, HERE, CLOCK, calls);
    Files.writeString(directory.resolve(".depot/volume.json"), "{\"format\":");

    refused(Reason.UNREADABLE, () -> Volume.open(directory, Optional.empty(), calls));
  }

  @Test
  void aNewerFormatIsRefused() throws IOException {
    Setup.of(directory, HERE, CLOCK, calls);
    Path file = directory.resolve(".depot/volume.json");
    Files.writeString(file, Files.readString(file).replace("\"format\":1", "\"format\":2"));

    refused(Reason.UNREADABLE, () -> Volume.open(directory, Optional.empty(), calls));
  }

  @Test
  void openingWritesNothing() throws IOException {
    Setup.of(directory, HERE, CLOCK, calls);
    var before = Files.getLastModifiedTime(directory.resolve(".depot"));
    Volume.open(directory, Optional.empty(), calls);

    assertThat(Files.getLastModifiedTime(directory.resolve(".depot"))).isEqualTo(before);
  }

  private static void refused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            VolumeRefused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }
}
