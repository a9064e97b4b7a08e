package io.modeldepot.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.modeldepot.backup.Depot;
import io.modeldepot.backup.save.Backup;
import io.modeldepot.backup.save.BackupOrder;
import io.modeldepot.backup.save.RegistryData;
import io.modeldepot.backup.save.Watcher;
import io.modeldepot.backup.seal.OperatorKey;
import io.modeldepot.backup.snapshot.Scope;
import io.modeldepot.backup.snapshot.Snapshot;
import io.modeldepot.backup.storage.DirectoryStorage;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.LinuxCalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reader that lies beside the format's document reads what this library writes. */
final class FormatDocumentTest {
  private static final String READER = "docs/formats/read_backup.py";
  private static final String KEY = "00112233445566778899aabbccddeeff".repeat(2);

  @TempDir Path directory;
  private Depot depot;
  private Path place;

  @BeforeEach
  void open() throws IOException {
    depot = new Depot(directory.resolve("depot"));
    depot.fill();
    depot.publish(
        Depot.PHI,
        "phi",
        Depot.SECOND,
        Depot.files("fp32.bin", fp32(1 << 20), "text.json", "{\"t\":\"abc\"}\n".repeat(4000)));
    place = Files.createDirectory(directory.resolve("backups"));
    assumeThat(run("python3", "-c", "print(1)")).as("python3 is on this machine").startsWith("0");
  }

  @AfterEach
  void close() throws IOException {
    depot.close();
    DirectoryTree.remove(new LinuxCalls(), directory.resolve("depot"));
  }

  @Test
  void anotherProgramListsChecksAndRestores() throws Exception {
    Snapshot snapshot = backup(Optional.empty());

    assertThat(read("list")).contains(snapshot.id()).contains("4 versions");
    assertThat(read("check")).contains("whole");
    assertThat(read("restore", snapshot.id(), directory.resolve("restored").toString()))
        .contains("restored 9 files");
    assertThat(trees(directory.resolve("restored")))
        .isEqualTo(trees(depot.store.layout().versions()));
  }

  @Test
  void anotherProgramSaysThatAPackIsDamaged() throws Exception {
    Snapshot unused = backup(Optional.empty());
    Path pack;
    try (var files = Files.walk(place.resolve("data"))) {
      pack = files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(pack);
    bytes[bytes.length / 2] ^= 8;
    Files.write(pack, bytes);

    assertThat(read("check")).doesNotContain("whole").doesNotStartWith("0");
  }

  @Test
  void anotherProgramOpensASealedRepositoryWithItsKey() throws Exception {
    assumeThat(run("python3", "-c", "import cryptography"))
        .as("the package cryptography is on this machine")
        .startsWith("0");
    Path keyFile = directory.resolve("key");
    Files.writeString(keyFile, KEY + "\n");
    Snapshot snapshot = backup(Optional.of(OperatorKey.read(keyFile)));

    assertThat(
            read(
                "--key-file",
                keyFile.toString(),
                "restore",
                snapshot.id(),
                directory.resolve("restored").toString()))
        .contains("restored 9 files");
    assertThat(trees(directory.resolve("restored")))
        .isEqualTo(trees(depot.store.layout().versions()));
  }

  private Snapshot backup(Optional<OperatorKey> key) throws Exception {
    Repository repository = Repository.create(new DirectoryStorage(place), key, Depot.CLOCK);
    return new Backup(depot.store, repository, Depot.CLOCK)
        .run(
            BackupOrder.of(Scope.all(), Optional.empty(), "test-1"),
            RegistryData.none("not asked"),
            Watcher.none());
  }

  private String read(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("python3", root().resolve(READER).toString()));
    int options = arguments[0].startsWith("--") ? 2 : 0;
    command.addAll(List.of(arguments).subList(0, options));
    command.add(place.toString());
    command.addAll(List.of(arguments).subList(options, arguments.length));
    return run(command.toArray(String[]::new));
  }

  private static Path root() {
    return Path.of(System.getProperty("depot.root", ".."));
  }

  /** The exit code, then everything that was said. */
  private static String run(String... command) {
    try {
      java.lang.Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() + " " + said;
    } catch (IOException e) {
      return "127 " + e.getMessage();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, String> trees(Path root) throws IOException {
    Map<String, String> content = new TreeMap<>();
    for (DirectoryTree.Entry entry : DirectoryTree.walk(new LinuxCalls(), root)) {
      if (entry.stat().isFile() && entry.path().matches("[^/.]+/[0-9a-f]{40}/.*")) {
        content.put(
            entry.path(),
            Depot.digests(Files.readAllBytes(root.resolve(entry.path()))).sha256().value());
      }
    }
    return content;
  }

  private static byte[] fp32(int length) {
    java.util.Random random = new java.util.Random(5);
    java.nio.ByteBuffer out =
        java.nio.ByteBuffer.allocate(length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    while (out.remaining() >= 4) {
      out.putFloat((float) random.nextGaussian() * 0.02f);
    }
    return out.array();
  }
}
