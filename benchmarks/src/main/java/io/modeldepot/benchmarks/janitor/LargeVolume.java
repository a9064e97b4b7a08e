package io.modeldepot.benchmarks.janitor;

import io.modeldepot.events.terms.Blocks;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.terms.Source;
import io.modeldepot.events.terms.SourceKind;
import io.modeldepot.events.terms.VerifiedBy;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.manifest.Current;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A volume of a large site: real directories, manifests and blobs with real link counts. The blobs
 * are sparse, because nothing that plans reads a byte of them.
 *
 * @param models how many
 * @param versions of each
 * @param files of each version
 */
record LargeVolume(int models, int versions, int files) {
  private static final long BLOB_BYTES = 2L << 20;

  /** What the benchmark promises: 10,000 versions and 1,000,000 blobs. */
  static final LargeVolume FULL = new LargeVolume(1000, 10, 100);

  static ModelName model(int number) {
    return ModelName.of("model-" + number);
  }

  void fill(Path root) throws IOException {
    var unused = ModelStore.setUp(root, LocationName.of("default"));
    Layout layout = ModelStore.open(root).layout();
    for (int high = 0; high < 256; high++) {
      Files.createDirectories(layout.blobs().resolve(String.format("%02x", high)));
    }
    IntStream.range(0, models)
        .parallel()
        .forEach(
            number -> {
              try {
                model(layout, number);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  private void model(Layout layout, int number) throws IOException {
    Random random = new Random(number);
    ModelName model = model(number);
    Files.createDirectories(layout.model(model));
    CommitId commit = CommitId.of("0".repeat(40));
    for (int version = 0; version < versions; version++) {
      commit = CommitId.of(hex(random, 40));
      Path tree = Files.createDirectories(layout.tree(model, commit));
      List<ManifestFile> listed = new ArrayList<>();
      for (int file = 0; file < files; file++) {
        Sha256 digest = Sha256.of(hex(random, 64));
        Path blob = layout.blob(digest);
        try (RandomAccessFile open = new RandomAccessFile(blob.toFile(), "rw")) {
          open.setLength(BLOB_BYTES);
          if (file == 0) {
            // Nothing has a link to it, so the plan counts what it takes of the disk.
            open.write(1);
          }
        }
        String path = String.format("model-%05d-of-%05d.safetensors", file, files);
        boolean present = file > 0;
        if (present) {
          Files.createLink(tree.resolve(path), blob);
        }
        listed.add(
            new ManifestFile(
                path,
                BLOB_BYTES,
                present,
                Optional.of(digest),
                Optional.empty(),
                Optional.of(VerifiedBy.SHA256),
                Optional.of(new Blocks(Blocks.SIZE_BYTES, "AAAAAA=="))));
      }
      Files.write(
          layout.manifest(model, commit),
          Wire.write(
              new Manifest(
                  Manifest.FORMAT,
                  model,
                  FamilyName.of("large"),
                  commit,
                  new Source(
                      SourceKind.HUB,
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty()),
                  Optional.empty(),
                  listed,
                  Optional.empty(),
                  Instant.now().minus(Duration.ofDays(30L - version)))));
    }
    Files.write(
        layout.current(model), Wire.write(Current.of(Optional.of(commit), 1, Instant.now())));
  }

  private static String hex(Random random, int digits) {
    StringBuilder text = new StringBuilder(digits);
    while (text.length() < digits) {
      text.append(String.format("%08x", random.nextInt()));
    }
    return text.toString();
  }
}
