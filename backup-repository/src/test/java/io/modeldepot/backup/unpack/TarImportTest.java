package io.modeldepot.backup.unpack;

import static io.modeldepot.backup.Depot.LLAMA;
import static io.modeldepot.backup.Depot.PHI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.backup.Depot;
import io.modeldepot.backup.export.Packing;
import io.modeldepot.backup.export.TarExport;
import io.modeldepot.backup.restore.NoRoom;
import io.modeldepot.backup.save.Watcher;
import io.modeldepot.backup.snapshot.Scope;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.manifest.Current;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.LinuxCalls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TarImportTest {
  private static final String FILE = "models/phi/phi-2/config.json";

  @TempDir Path directory;
  private Depot source;
  private Depot target;

  @BeforeEach
  void open() throws IOException {
    source = new Depot(directory.resolve("source"));
    source.fill();
    target = new Depot(directory.resolve("target"));
  }

  @AfterEach
  void close() throws IOException {
    assertThat(target.store.invariants().brokenAtRest()).isEmpty();
    source.close();
    target.close();
    DirectoryTree.remove(new LinuxCalls(), directory.resolve("source"));
    DirectoryTree.remove(new LinuxCalls(), directory.resolve("target"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"all.tar.gz", "all.tar.zst"})
  void anExportMakesTheSameVersionsOnAnEmptyVolume(String name) throws Exception {
    Path archive = export(Scope.all(), name);

    ImportReport report = take(archive, Scope.all());

    assertThat(report.imported()).extracting(i -> i.model().value()).contains("phi-2", "llama2-7b");
    assertThat(report.imported()).allMatch(ImportReport.Imported::manifested);
    for (ModelName model : List.of(LLAMA, PHI)) {
      assertThat(current(target, model)).isEqualTo(current(source, model));
      assertThat(target.store.versions().currentManifest(model))
          .isEqualTo(source.store.versions().currentManifest(model));
    }
    assertThat(target.everything()).isEqualTo(currentOf(source));
  }

  @Test
  void theSignatureOfAVersionComesAlong() throws Exception {
    byte[] signature = "signed".getBytes(StandardCharsets.UTF_8);
    source.sign(PHI, Depot.FIRST, signature);

    ImportReport report = take(export(Scope.of(PHI), "phi.tar.gz"), Scope.all());

    assertThat(report.imported()).hasSize(1);
    assertThat(target.store.versions().signature(PHI, Depot.FIRST)).contains(signature);
  }

  @Test
  void importingTwiceWritesNothingTheSecondTime() throws Exception {
    Path archive = export(Scope.all(), "all.tar.gz");
    ImportReport first = take(archive, Scope.all());

    ImportReport second = take(archive, Scope.all());

    assertThat(first.writtenBytes()).isGreaterThan(5 << 20);
    assertThat(second.writtenBytes()).isZero();
    assertThat(second.imported()).allMatch(i -> i.outcome().equals("unchanged"));
  }

  @Test
  void oneFamilyComesOutOfEverything() throws Exception {
    Path archive = export(Scope.all(), "all.tar.gz");

    ImportReport report = take(archive, Scope.of(FamilyName.of("phi")));

    assertThat(report.imported()).extracting(ImportReport.Imported::model).containsExactly(PHI);
    assertThat(target.store.versions().current(LLAMA)).isEmpty();
  }

  @Test
  void whatPlainTarMadeIsAdoptedWithItsHardLinksAndWithoutItsSurroundings() throws Exception {
    Path tree = directory.resolve("seed");
    Path model = Files.createDirectories(tree.resolve("models/phi/phi-2/sub"));
    Files.writeString(tree.resolve("models/README"), "notes");
    Files.createDirectories(tree.resolve("cache/hub"));
    Files.createSymbolicLink(tree.resolve("cache/hub/link"), Path.of("../../models"));
    Files.write(model.resolveSibling("a.safetensors"), Depot.bf16(2 << 20, 9));
    Files.createLink(model.resolve("b.safetensors"), model.resolveSibling("a.safetensors"));
    run(tree, "tar", "-czf", directory.resolve("seed.tar.gz").toString(), ".");

    ImportReport report = take(directory.resolve("seed.tar.gz"), Scope.all());

    assertThat(report.imported()).hasSize(1).noneMatch(ImportReport.Imported::manifested);
    Path current = target.store.versions().currentTree(PHI).orElseThrow();
    assertThat(Files.readAllBytes(current.resolve("a.safetensors")))
        .isEqualTo(Depot.bf16(2 << 20, 9));
    assertThat(current.resolve("sub/b.safetensors")).hasSize(2 << 20);
    assertThat(report.imported().getFirst().commit())
        .isEqualTo(target.store.versions().current(PHI).flatMap(Current::commit).orElseThrow());
  }

  /** What does harm, and a word of what is said about it. */
  static Stream<Arguments> bad() {
    return Stream.of(
        Arguments.of(
            "climbs out",
            "leaves the archive",
            (Making) tar -> file(tar, "models/phi/phi-2/../../../../etc/cron.d/x", "x")),
        Arguments.of(
            "climbs out beside",
            "leaves the archive",
            (Making) tar -> file(tar, "../outside", "x")),
        Arguments.of("absolute", "absolute", (Making) tar -> file(tar, "/etc/passwd", "x")),
        Arguments.of(
            "symbolic link",
            "is a link to \"/etc/passwd\"",
            (Making) tar -> link(tar, FILE, "/etc/passwd", TarConstants.LF_SYMLINK)),
        Arguments.of(
            "hard link out",
            "no file of this model",
            (Making) tar -> link(tar, FILE, "etc/passwd", TarConstants.LF_LINK)),
        Arguments.of(
            "hard link up",
            "leaves the archive",
            (Making) tar -> link(tar, FILE, "models/phi/phi-2/../../../x", TarConstants.LF_LINK)),
        Arguments.of(
            "device", "is no file", (Making) tar -> link(tar, FILE, "", TarConstants.LF_CHR)),
        Arguments.of(
            "twice",
            "twice",
            (Making)
                tar -> {
                  file(tar, FILE, "a");
                  file(tar, FILE, "b");
                }),
        Arguments.of(
            "control character",
            "may not be on the volume",
            (Making) tar -> file(tar, "models/phi/phi-2/a\u001bb", "x")),
        Arguments.of(
            "bad model",
            "no place of a model",
            (Making) tar -> file(tar, "models/phi/Phi 2/a", "x")),
        Arguments.of(
            "two families",
            "in the family phi too",
            (Making)
                tar -> {
                  file(tar, FILE, "a");
                  file(tar, "models/llama/phi-2/b", "b");
                }),
        Arguments.of(
            "foreign",
            "no models/FAMILY/MODEL/",
            (Making) tar -> file(tar, "holiday/photo.jpg", "x")),
        Arguments.of(
            "a manifest of nothing",
            "is no manifest",
            (Making) tar -> file(tar, ".export/manifests/phi-2.json", "{}")),
        Arguments.of(
            "a name without end", "more than its headers say", (Making) tar -> longName(tar)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bad")
  void aBadArchiveIsRefusedAndNothingIsLost(String what, String said, Making making)
      throws Exception {
    take(export(Scope.all(), "before.tar.gz"), Scope.all());
    Map<String, String> before = target.everything();
    Path archive = pack(making);

    assertThatThrownBy(() -> take(archive, Scope.all()))
        .as(what)
        .isInstanceOf(BadArchive.class)
        .hasMessageContaining(said);

    assertThat(target.everything()).isEqualTo(before);
    assertThat(directory.resolve("outside")).doesNotExist();
  }

  @Test
  void aHeaderThatClaimsMoreThanTheDiskHoldsEndsAtOnce() throws Exception {
    Path archive = directory.resolve("bomb.tar.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive))) {
      TarArchiveEntry entry = new TarArchiveEntry("models/phi/phi-2/model.safetensors");
      entry.setSize(1L << 52);
      byte[] header = new byte[512];
      entry.writeEntryHeader(
          header,
          org.apache.commons.compress.archivers.zip.ZipEncodingHelper.getZipEncoding("UTF-8"),
          true);
      out.write(header);
      out.write(new byte[4 << 20]);
    }

    assertThatThrownBy(() -> take(archive, Scope.all())).isInstanceOf(NoRoom.class);
    assertThat(target.everything()).isEmpty();
  }

  @Test
  void anArchiveThatIsCutOffAnywhereIsRefusedAndNothingIsPublished() throws Exception {
    for (String name : List.of("whole.tar.gz", "whole.tar.zst")) {
      byte[] whole = Files.readAllBytes(export(Scope.of(PHI), name));
      for (int length :
          new int[] {0, 10, 700, whole.length / 2, whole.length - 9, whole.length - 1}) {
        Path cut = directory.resolve("cut-" + length + "-" + name);
        Files.write(cut, Arrays.copyOf(whole, length));

        assertThatThrownBy(() -> take(cut, Scope.all()))
            .as(cut.toString())
            .isInstanceOf(BadArchive.class);
        assertThat(target.everything()).isEmpty();
      }
    }
  }

  @Test
  void aTarThatWasCutOffBeforeItWasPackedIsRefused() throws Exception {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(plain, "UTF-8")) {
      file(tar, FILE, "{}");
      file(tar, "models/phi/phi-2/model.safetensors", "w".repeat(700));
    }
    Path archive = directory.resolve("cut.tar.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive))) {
      out.write(plain.toByteArray(), 0, 512 + 512 + 512 + 1024);
    }

    assertThatThrownBy(() -> take(archive, Scope.all()))
        .isInstanceOf(BadArchive.class)
        .hasMessageContaining("ends early");
    assertThat(target.everything()).isEmpty();
  }

  @Test
  void aFileThatIsNotWhatItsManifestSaysIsRefused() throws Exception {
    export(Scope.of(PHI), "phi.tar.gz");
    Path out = Files.createDirectories(directory.resolve("out"));
    run(out, "tar", "-xzf", directory.resolve("phi.tar.gz").toString());
    Path file = out.resolve(FILE);
    Files.writeString(file, "{\"p\":2}");
    run(out, "tar", "-czf", directory.resolve("altered.tar.gz").toString(), ".export", "models");

    assertThatThrownBy(() -> take(directory.resolve("altered.tar.gz"), Scope.all()))
        .isInstanceOf(BadArchive.class)
        .hasMessageContaining("config.json is not what its manifest says");
    assertThat(target.everything()).isEmpty();
  }

  private Path export(Scope scope, String name) throws IOException {
    Path archive = directory.resolve(name);
    TarExport.Report unused =
        new TarExport(source.store)
            .write(scope, Files.newOutputStream(archive), Packing.of(name), 2, Watcher.none());
    return archive;
  }

  @Test
  void anImportThatIsStoppedLeavesNoPartOfAVersionAndTheNextOneGoesOn() throws Exception {
    Path archive = export(Scope.all(), "all.tar.gz");
    long length = Files.size(archive);
    TarImport imported = new TarImport(target.shelf, model -> 0, tree -> Optional.empty());

    // It is read twice; in the second reading files are being written.
    assertThatThrownBy(
            () ->
                imported.run(
                    archive,
                    Packing.of("all.tar.gz"),
                    Scope.all(),
                    (done, total, files) -> {
                      if (done > length + length / 2) {
                        throw new IllegalStateException("left");
                      }
                    }))
        .hasMessage("left");

    try (var files = Files.walk(target.store.layout().versions())) {
      assertThat(files.filter(file -> file.toString().contains("/scratch"))).isEmpty();
    }
    ImportReport unused = take(archive, Scope.all());
    assertThat(target.everything()).isEqualTo(currentOf(source));
  }

  private ImportReport take(Path archive, Scope scope) throws IOException, InterruptedException {
    return new TarImport(target.shelf, model -> 0, tree -> Optional.empty())
        .run(archive, Packing.of(archive.getFileName().toString()), scope, Watcher.none());
  }

  private static Optional<Current> generationless(Optional<Current> current) {
    return current.map(c -> Current.of(c.commit(), 1, Depot.NOW));
  }

  private static Optional<Current> current(Depot depot, ModelName model) throws IOException {
    return generationless(depot.store.versions().current(model));
  }

  /** What an export has of a depot: its current versions and their views. */
  private static Map<String, String> currentOf(Depot depot) throws IOException {
    Map<String, String> all = new java.util.TreeMap<>(depot.everything());
    all.keySet().removeIf(path -> path.contains("llama2-7b/" + Depot.FIRST));
    return all;
  }

  /** Writes the entries of an archive. */
  interface Making {
    void into(TarArchiveOutputStream tar) throws IOException;
  }

  private Path pack(Making making) throws IOException {
    Path archive = directory.resolve("bad.tar.gz");
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)), "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      making.into(tar);
    }
    return archive;
  }

  private static void file(TarArchiveOutputStream tar, String name, String content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  /** An extended header by hand: a library that writes one is careful with it. */
  private static void longName(TarArchiveOutputStream tar) throws IOException {
    String path = " path=models/phi/phi-2/" + "n".repeat(9 << 20) + "\n";
    byte[] header = ((path.length() + 7) + path).getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry =
        new TarArchiveEntry("./PaxHeaders/x", TarConstants.LF_PAX_EXTENDED_HEADER_LC);
    entry.setSize(header.length);
    tar.putArchiveEntry(entry);
    tar.write(header);
    tar.closeArchiveEntry();
    file(tar, FILE, "x");
  }

  private static void link(TarArchiveOutputStream tar, String name, String target, byte kind)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, kind);
    entry.setLinkName(target);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  private static void run(Path where, String... command) throws Exception {
    Process process =
        new ProcessBuilder(new ArrayList<>(List.of(command)))
            .directory(where.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}
