package io.modeldepot.store.adopt;

import static io.modeldepot.store.StoreFixture.CLOCK;
import static io.modeldepot.store.StoreFixture.FAMILY;
import static io.modeldepot.store.StoreFixture.MODEL;
import static io.modeldepot.store.StoreFixture.expected;
import static io.modeldepot.store.StoreFixture.files;
import static io.modeldepot.store.StoreFixture.large;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.terms.Source;
import io.modeldepot.events.terms.SourceKind;
import io.modeldepot.events.terms.VerifiedBy;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.StoreFixture;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.layout.BadNames;
import io.modeldepot.store.publish.Publication;
import io.modeldepot.store.publish.Publication.Outcome;
import io.modeldepot.store.volume.fault.FaultyCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdopterTest {
  private static final Map<String, byte[]> FILES =
      files("config.json", "{}", "model.safetensors", large(1), "sub/vocab.txt", "a b");

  @TempDir Path directory;
  private StoreFixture volume;
  private Path outside;

  @BeforeEach
  void setUp() throws IOException {
    volume = new StoreFixture(directory.resolve("volume"));
    outside = directory.resolve("outside");
    write(outside.resolve("model"), FILES);
  }

  @AfterEach
  void invariantsHold() throws IOException {
    volume.close();
    assertThat(volume.store.invariants().brokenAtRest()).isEmpty();
  }

  @Test
  void theIdOfATreeIsAHashOverWhatSha256sumPrints() {
    // printf '%s  a\n%s  b/c\n' 00…00 ff…ff | sha256sum
    CommitId id =
        TreeCommit.of(Map.of("b/c", Sha256.of("f".repeat(64)), "a", Sha256.of("0".repeat(64))));

    assertThat(id.value()).isEqualTo("0726ded9c8a5330643832c42baffa5c70d7d0a5a");
  }

  @Test
  void aTreeFromOutsideIsCopiedAndStaysAsItWas() throws IOException {
    Publication publication = adopt(outside.resolve("model"));
    Manifest manifest = publication.manifest().orElseThrow();

    assertThat(publication.outcome()).isEqualTo(Outcome.NEW);
    assertThat(volume.view()).isEqualTo(expected(FILES));
    assertThat(volume.tree(outside.resolve("model"))).isEqualTo(expected(FILES));
    assertThat(manifest.files())
        .allSatisfy(file -> assertThat(file.verifiedBy()).contains(VerifiedBy.SELF));
    assertThat(volume.calls.stat(outside.resolve("model/model.safetensors")).orElseThrow().links())
        .isEqualTo(1);
  }

  @Test
  void adoptingTheSameTreeTwiceIsAdoptingItOnce() throws IOException {
    adopt(outside.resolve("model"));

    assertThat(adopt(outside.resolve("model")).outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void aTreeOnTheVolumeIsLinkedAndBecomesItsOwnView() throws IOException {
    Path inPlace = volume.layout().view(FAMILY, MODEL);
    write(inPlace, FILES);
    long inode = volume.calls.stat(inPlace.resolve("model.safetensors")).orElseThrow().inode();
    Publication publication = adopt(inPlace);
    Path tree = volume.layout().tree(MODEL, publication.current().commit().orElseThrow());

    assertThat(volume.calls.stat(tree.resolve("model.safetensors")).orElseThrow().inode())
        .isEqualTo(inode);
    assertThat(volume.view()).isEqualTo(expected(FILES));
    assertThat(volume.calls.list(volume.layout().quarantine())).isEmpty();
  }

  @Test
  void aFileOnTheVolumeThatSomebodyWritesIsCopied() throws IOException {
    Path inPlace = volume.layout().models().resolve("incoming");
    write(inPlace, FILES);
    Path file = inPlace.resolve("model.safetensors");
    try (FileChannel writer = FileChannel.open(file, StandardOpenOption.WRITE)) {
      adopt(inPlace);

      assertThat(writer.isOpen()).isTrue();
      assertThat(volume.calls.stat(file).orElseThrow().links()).isEqualTo(1);
    }
  }

  @Test
  void aFileThatSomebodyOpensWhileItIsLinkedIsCopied() throws IOException {
    Path inPlace = volume.layout().models().resolve("incoming");
    write(inPlace, FILES);
    Path file = inPlace.resolve("model.safetensors");
    FaultyCalls calls = new FaultyCalls(volume.calls);
    List<FileChannel> writers = new ArrayList<>();
    calls.fail(
        (made, call, path) -> {
          if (call.equals("link") && writers.isEmpty()) {
            writers.add(opened(file));
          }
          return Optional.empty();
        });
    Publication publication =
        adopt(
            ModelStore.open(directory.resolve("volume"), Optional.empty(), CLOCK, calls), inPlace);
    writers.getFirst().write(ByteBuffer.wrap(new byte[] {99}), 0);
    writers.getFirst().close();

    Path tree = volume.layout().tree(MODEL, publication.current().commit().orElseThrow());
    assertThat(volume.tree(tree)).isEqualTo(expected(FILES));
    assertThat(volume.calls.stat(file).orElseThrow().mode()).isEqualTo(0644);
  }

  @Test
  void aFileOfAnotherOwnerIsCopied() throws IOException {
    Path inPlace = volume.layout().models().resolve("incoming");
    write(inPlace, FILES);
    Path file = inPlace.resolve("model.safetensors");
    Assumptions.assumeTrue(volume.calls.user() == 0);
    Files.setAttribute(file, "unix:uid", 12345);
    adopt(inPlace);

    assertThat(volume.calls.stat(file).orElseThrow().links()).isEqualTo(1);
  }

  private static FileChannel opened(Path file) {
    try {
      return FileChannel.open(file, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void linksBelowTheRootAreFollowedAsInAHubCache() throws IOException {
    Path cache = outside.resolve("models--org--name");
    Files.createDirectories(cache.resolve("blobs"));
    Files.createDirectories(cache.resolve("snapshots/abc"));
    Files.writeString(cache.resolve("blobs/0123"), "{}");
    Files.createSymbolicLink(
        cache.resolve("snapshots/abc/config.json"), Path.of("../../blobs/0123"));
    adopt(cache.resolve("snapshots/abc"));

    assertThat(volume.view()).isEqualTo(expected(files("config.json", "{}")));
  }

  @Test
  void aLinkOutOfTheRootIsRefused() throws IOException {
    Files.createSymbolicLink(outside.resolve("model/passwd"), Path.of("/etc/passwd"));

    assertThatThrownBy(() -> adopt(outside.resolve("model")))
        .isInstanceOf(Unadoptable.class)
        .hasMessageContaining("passwd");
  }

  @Test
  void aLinkInACircleIsRefused() throws IOException {
    Files.createSymbolicLink(outside.resolve("model/self"), Path.of("."));

    assertThatThrownBy(() -> adopt(outside.resolve("model"))).isInstanceOf(Unadoptable.class);
  }

  @Test
  void aDirectoryOutsideOfTheRootIsRefused() throws IOException {
    Path elsewhere = directory.resolve("elsewhere");
    write(elsewhere, FILES);
    Files.createSymbolicLink(outside.resolve("sneaky"), elsewhere);

    assertThatThrownBy(() -> adopt(outside.resolve("sneaky"))).isInstanceOf(Unadoptable.class);
  }

  @Test
  void anEmptyTreeIsRefused() throws IOException {
    Files.createDirectory(outside.resolve("empty"));

    assertThatThrownBy(() -> adopt(outside.resolve("empty"))).isInstanceOf(Unadoptable.class);
  }

  @Test
  void whatToolsLeaveBehindIsNotPartOfTheModel() throws IOException {
    write(outside.resolve("model"), files(".cache/huggingface/x.metadata", "x", ".git/HEAD", "x"));
    adopt(outside.resolve("model"));

    assertThat(volume.view()).isEqualTo(expected(FILES));
  }

  @Test
  void namesThatCollideAreRefused() throws IOException {
    write(outside.resolve("model"), files("CONFIG.json", "x"));

    assertThatThrownBy(() -> adopt(outside.resolve("model"))).isInstanceOf(BadNames.class);
  }

  private Publication adopt(Path tree) throws IOException {
    return adopt(volume.store, tree);
  }

  private Publication adopt(ModelStore store, Path tree) throws IOException {
    Source source =
        new Source(
            SourceKind.IMPORT,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Path root = tree.startsWith(volume.layout().root()) ? volume.layout().root() : outside;
    try (Claim claim = volume.claim()) {
      return store
          .adopter()
          .adopt(
              claim,
              new Adopter.Tree(tree, root, MODEL, FAMILY, source),
              directory -> Optional.empty(),
              0,
              bytes -> {});
    }
  }

  private static void write(Path directory, Map<String, byte[]> files) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = directory.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }
}
