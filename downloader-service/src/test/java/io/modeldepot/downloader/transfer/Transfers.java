package io.modeldepot.downloader.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.downloader.hub.Endpoint;
import io.modeldepot.downloader.hub.HubClient;
import io.modeldepot.downloader.hub.HubSettings;
import io.modeldepot.downloader.hub.RepositoryFile;
import io.modeldepot.downloader.pace.Backoff;
import io.modeldepot.downloader.pace.CancelToken;
import io.modeldepot.downloader.pace.TestTime;
import io.modeldepot.events.terms.Blocks;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.testkit.hub.Content;
import io.modeldepot.testkit.hub.FakeHub;
import io.modeldepot.testkit.hub.FakeRepository;
import io.modeldepot.testkit.hub.HubRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hub with a repository, an engine whose waits take no time, and a directory for parts. */
@Timeout(120)
abstract class Transfers {
  static final int BLOCK = Blocks.SIZE_BYTES;
  static final String BIG = "model.safetensors";
  static final String SMALL = "config.json";

  /** Blocks 0 and 1 are whole, block 2 is half. */
  static final long BIG_BYTES = 2L * BLOCK + BLOCK / 2;

  private static final RepositoryId ID = RepositoryId.of("org/model");

  final FakeHub hub = FakeHub.start();
  final FakeRepository repository = hub.repository(ID.value());
  final TestTime time = new TestTime();
  final CancelToken cancel = new CancelToken();
  final KeptJournal journal = new KeptJournal();
  final List<TransferProgress> told = Collections.synchronizedList(new ArrayList<>());
  private final List<AutoCloseable> toClose = new ArrayList<>();
  private HubClient client = clientOf(Duration.ofSeconds(30));

  @TempDir Path parts;

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable open : toClose) {
      open.close();
    }
    client.close();
    hub.close();
  }

  /** What is kept of a transfer. */
  static class KeptJournal implements BlockJournal {
    private final Map<String, Map<Integer, Integer>> kept = new TreeMap<>();

    @Override
    public synchronized void blockDone(FileTask file, int block, int crc32c) throws IOException {
      kept.computeIfAbsent(file.path(), path -> new TreeMap<>()).put(block, crc32c);
    }

    synchronized Map<Integer, Integer> of(String path) {
      return Map.copyOf(kept.getOrDefault(path, Map.of()));
    }
  }

  /** Without a byte in this time a connection is given up; only for tests of just that. */
  void stallTimeout(Duration timeout) {
    client.close();
    client = clientOf(timeout);
  }

  private HubClient clientOf(Duration stall) {
    return HubClient.open(
        HubSettings.of(List.of(new Endpoint(hub.url())), Optional.empty())
            .withTimeouts(Duration.ofSeconds(30), stall)
            .withTime(time));
  }

  TransferSettings settings() {
    return TransferSettings.STANDARD
        .withTime(time)
        .withSamples(Duration.ofMillis(1))
        .withBackoff(new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5), 4));
  }

  TransferSettings oneConnection() {
    return settings().withConnections(1, 1);
  }

  TransferEngine engine(TransferSettings settings) {
    TransferEngine engine = TransferEngine.start(settings);
    toClose.add(engine);
    return engine;
  }

  /** Runs a transfer to its end. */
  TransferResult transfer(FileTask... tasks) {
    return transfer(settings(), tasks);
  }

  TransferResult transfer(TransferSettings settings, FileTask... tasks) {
    return engine(settings).transfer(List.of(tasks), journal, told::add, cancel);
  }

  /** Commits a file to the hub and makes a task of it. */
  FileTask task(String path, Content content) {
    return task(path, content, InheritedBlocks.none());
  }

  FileTask task(String path, Content content, InheritedBlocks inherited) {
    CommitId commit = repository.put(path, content).commit("main");
    RepositoryFile file =
        path.endsWith(".safetensors")
            ? new RepositoryFile(
                path, content.sizeBytes(), Optional.of(content.sha256()), Optional.empty())
            : new RepositoryFile(
                path, content.sizeBytes(), Optional.empty(), Optional.of(content.gitSha1()));
    return task(commit, file, inherited);
  }

  FileTask task(CommitId commit, RepositoryFile file, InheritedBlocks inherited) {
    return new FileTask(client.file(ID, commit, file), part(file.path()), inherited);
  }

  Path part(String path) {
    return parts.resolve(path.replace('/', '_') + ".part");
  }

  static Content big() {
    return Content.random(42, BIG_BYTES);
  }

  /** Writes what an earlier run would have written of some blocks. */
  InheritedBlocks leave(String path, Content content, int... blocks) throws IOException {
    Map<Integer, Integer> crcs = new TreeMap<>();
    try (var out =
        java.nio.channels.FileChannel.open(
            part(path),
            java.nio.file.StandardOpenOption.CREATE,
            java.nio.file.StandardOpenOption.WRITE)) {
      for (int block : blocks) {
        byte[] bytes = block(content, block);
        out.write(java.nio.ByteBuffer.wrap(bytes), (long) block * BLOCK);
        crcs.put(block, crc(bytes));
      }
    }
    return InheritedBlocks.of(crcs);
  }

  /** Changes one byte of a part. */
  void damage(String path, long at) throws IOException {
    try (var file = new java.io.RandomAccessFile(part(path).toFile(), "rw")) {
      file.seek(at);
      int was = file.read();
      file.seek(at);
      file.write(was ^ 0x01);
    }
  }

  static byte[] block(Content content, int block) {
    long from = (long) block * BLOCK;
    return bytes(content, from, Math.min(BLOCK, content.sizeBytes() - from));
  }

  static byte[] bytes(Content content, long from, long count) {
    ByteArrayOutputStream out = new ByteArrayOutputStream((int) count);
    try {
      content.write(from, count, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static int crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  /** That a file is here, byte for byte, and was said to be. */
  void assertArrived(FileOutcome outcome, Content content) {
    assertThat(outcome).isInstanceOf(FileOutcome.Verified.class);
    assertThat(((FileOutcome.Verified) outcome).sha256()).isEqualTo(content.sha256());
    assertSame(outcome.file().part(), content);
  }

  private static void assertSame(Path part, Content content) {
    try (InputStream in = Files.newInputStream(part)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      assertThat(Files.size(part)).as("length of %s", part).isEqualTo(content.sizeBytes());
      assertThat(HexFormat.of().formatHex(digest.digest()))
          .as("digest of %s", part)
          .isEqualTo(content.sha256().value());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static FileOutcome only(TransferResult result) {
    assertThat(result.outcomes()).hasSize(1);
    return result.outcomes().getFirst();
  }

  static TransferFailure failure(FileOutcome outcome) {
    return outcome instanceof FileOutcome.Failed failed
        ? failed.failure()
        : Assertions.fail("Not failed: %s", outcome);
  }

  /** Requests for bodies that were answered with bodies: those at the content network. */
  List<HubRequest> atContentNetwork() {
    return hub.requests().stream().filter(it -> it.host().equals("cdn")).toList();
  }

  /** Waits for something by meaning; the test's own timeout ends a wait in vain. */
  static void await(java.util.function.BooleanSupplier event) {
    while (!event.getAsBoolean()) {
      Thread.yield();
    }
  }
}
