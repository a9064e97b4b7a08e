package io.modeldepot.store.integrity;

import static io.modeldepot.store.StoreFixture.FIRST;
import static io.modeldepot.store.StoreFixture.MODEL;
import static io.modeldepot.store.StoreFixture.SECOND;
import static io.modeldepot.store.StoreFixture.files;
import static io.modeldepot.store.StoreFixture.large;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.Blocks;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.store.StoreFixture;
import io.modeldepot.store.integrity.Verifier.Depth;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.LinuxCalls;
import io.modeldepot.store.volume.fault.FaultyCalls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerifierTest {
  private static final Map<String, byte[]> ONE =
      files("config.json", "{}", "model.safetensors", large(1), "vocab.txt", "a b");

  @TempDir Path directory;
  private final FaultyCalls calls = new FaultyCalls(new LinuxCalls());
  private StoreFixture volume;

  @BeforeEach
  void setUp() throws IOException {
    volume = new StoreFixture(directory, calls);
    volume.publish(FIRST, ONE);
  }

  @AfterEach
  void tearDown() throws IOException {
    volume.close();
  }

  @Test
  void aWholeVersionIsCleanAndEveryByteWasRead() throws IOException {
    AtomicLong progress = new AtomicLong();
    VersionReport report =
        new Verifier(volume.store.volume())
            .verify(MODEL, FIRST, Depth.BYTES, progress::addAndGet)
            .orElseThrow();

    assertThat(report.clean()).isTrue();
    assertThat(report.filesRead()).isEqualTo(3);
    assertThat(report.bytesRead()).isEqualTo(large(1).length + 2 + 3).isEqualTo(progress.get());
  }

  @Test
  void aVersionThatIsNotThereHasNoReport() throws IOException {
    assertThat(new Verifier(volume.store.volume()).verify(MODEL, SECOND, Depth.NAMES, b -> {}))
        .isEmpty();
  }

  @Test
  void aFileThatIsGoneIsMissing() throws IOException {
    Files.delete(tree().resolve("vocab.txt"));

    assertThat(findings(Depth.NAMES)).containsExactly(new Finding.Missing("vocab.txt"));
  }

  @Test
  void aFileOfAnotherLengthIsFoundWithoutReading() throws IOException {
    writable("config.json");
    Files.writeString(tree().resolve("config.json"), "{ }");
    volume.calls.chmod(tree().resolve("config.json"), 0444);

    assertThat(findings(Depth.NAMES)).containsExactly(new Finding.WrongSize("config.json", 2, 3));
  }

  @Test
  void aFileThatIsNotOursIsExtraAndNoDamage() throws IOException {
    Files.writeString(tree().resolve("notes.txt"), "mine");

    assertThat(findings(Depth.NAMES)).containsExactly(new Finding.Extra("notes.txt"));
    assertThat(new Finding.Extra("notes.txt").isDamage()).isFalse();
  }

  @Test
  void aFileThatCanBeWrittenIsReported() throws IOException {
    writable("config.json");

    assertThat(findings(Depth.NAMES)).containsExactly(new Finding.WrongMode("config.json", 0644));
  }

  @Test
  void flippedBitsAreLocatedToTheBlock() throws IOException {
    byte[] big = new byte[3 * Blocks.SIZE_BYTES];
    new Random(5).nextBytes(big);
    volume.publish(SECOND, files("model.safetensors", big));
    Path file = volume.layout().tree(MODEL, SECOND).resolve("model.safetensors");
    volume.calls.chmod(file, 0644);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), Blocks.SIZE_BYTES + 100);
    }
    volume.calls.chmod(file, 0444);

    assertThat(findings(SECOND, Depth.BYTES))
        .singleElement()
        .isInstanceOfSatisfying(
            Finding.Altered.class,
            altered -> {
              assertThat(altered.badBlocks()).containsExactly(1);
              assertThat(altered.actual()).isNotEqualTo(altered.expected());
            });
  }

  @Test
  void aFileTheDeviceRefusesIsAFindingAndNotAnEnd() throws IOException {
    calls.fail(
        (made, call, path) ->
            call.equals("read") && path.endsWith("model.safetensors")
                ? Optional.of(Errno.EIO)
                : Optional.empty());

    assertThat(findings(Depth.BYTES))
        .singleElement()
        .isInstanceOfSatisfying(
            Finding.Unreadable.class, finding -> assertThat(finding.why()).contains("EIO"));
  }

  @Test
  void whatVersionsShareIsReadOnce() throws IOException {
    volume.publish(SECOND, files("config.json", "{\"b\":2}", "model.safetensors", large(1)));
    Verifier verifier = new Verifier(volume.store.volume());
    verifier.verify(MODEL, FIRST, Depth.BYTES, b -> {});
    VersionReport second = verifier.verify(MODEL, SECOND, Depth.BYTES, b -> {}).orElseThrow();

    assertThat(second.clean()).isTrue();
    assertThat(second.bytesRead()).isEqualTo(7);
  }

  @Test
  void verifyingChangesNothing() throws IOException {
    calls.fail(
        (made, call, path) ->
            List.of("create", "link", "rename", "unlink", "mkdir", "chmod", "write").contains(call)
                ? Optional.of(Errno.EROFS)
                : Optional.empty());

    assertThat(findings(Depth.BYTES)).isEmpty();
  }

  private List<Finding> findings(Depth depth) throws IOException {
    return findings(FIRST, depth);
  }

  private List<Finding> findings(CommitId commit, Depth depth) throws IOException {
    return new Verifier(volume.store.volume())
        .verify(MODEL, commit, depth, bytes -> {})
        .orElseThrow()
        .findings();
  }

  private Path tree() {
    return volume.layout().tree(MODEL, FIRST);
  }

  private void writable(String name) throws IOException {
    volume.calls.chmod(tree().resolve(name), 0644);
  }
}
