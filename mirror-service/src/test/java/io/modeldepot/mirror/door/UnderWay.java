package io.modeldepot.mirror.door;

import io.modeldepot.events.terms.Blocks;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.blob.FileDigests;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.journal.Journal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;

/** A download of one large file that goes as far as a test lets it, as a downloader writes it. */
final class UnderWay implements AutoCloseable {
  static final String COMMIT = "3".repeat(40);
  static final String PATH = "model.safetensors";

  private final ModelStore store;
  private final Claims claims;
  private final Claim claim;
  private final RequestId id;
  private final String repository;
  private final byte[] content;
  private final FileDigests digests;
  private final Path part;

  UnderWay(Path root, String id, String repository, byte[] content) throws Exception {
    this.store = ModelStore.open(root);
    this.id = RequestId.of(id);
    this.repository = repository;
    this.content = content;
    this.digests = FilledVolume.digests(content);
    this.claims = store.claims("test-" + id);
    this.claim = claims.await(store.claimPlace(this.id), Duration.ofSeconds(10)).orElseThrow();
    this.part = Files.createDirectories(claim.work().resolve("parts")).resolve("0001");
    Files.createFile(part);
  }

  String tag() {
    return '"' + digests.sha256().value() + '"';
  }

  /** Writes bytes into the part, right ones or not; no journal speaks of them. */
  void write(long at, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        at += channel.write(rest, at);
      }
    }
  }

  /** Writes the first so many blocks. */
  void writeBlocks(int blocks) throws IOException {
    int bytes = (int) Math.min(content.length, (long) blocks * Blocks.SIZE_BYTES);
    write(0, Arrays.copyOf(content, bytes));
  }

  /** Says in the journal that these blocks are done. */
  void journal(String state, String blocksDone) throws IOException {
    journal(state, blocksDone, 0);
  }

  /** The same after the content was wrong so many times. */
  void journal(String state, String blocksDone, int failures) throws IOException {
    store.journals().write(claim, read(state, blocksDone, failures));
  }

  /** Confirms the content, as after its digest was right. */
  void confirm() throws IOException {
    store.blobs().keep(part, digests.sha256(), content.length);
  }

  private Journal read(String state, String blocksDone, int failures) throws IOException {
    byte[] crcs = Base64.getDecoder().decode(digests.blocks().crc32c());
    String json =
        """
        {"format":1,"requestId":"%1$s","requestIds":["%1$s"],"command":{"repository":"%2$s"},
         "model":"under-way","location":"test","family":"family","repository":"%2$s",
         "revision":"main","commit":"%3$s","state":"%4$s","attempt":1,"sequence":1,
         "holder":"test","totalBytes":%5$d,"doneBytes":0,"reusedBytes":0,"fetchedBytes":0,
         "files":[{"path":"%6$s","sizeBytes":%5$d,"sha256":"%7$s","part":"parts/0001",
           "blocksDone":"%8$s","crc32c":"%9$s","reused":false,"failures":%10$d}],
         "source":{"kind":"hub","repository":"%2$s","revision":"main","licence":"mit"},
         "createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z"}
        """
            .formatted(
                id,
                repository,
                COMMIT,
                state,
                content.length,
                PATH,
                digests.sha256().value(),
                blocksDone,
                Base64.getEncoder().encodeToString(crcs),
                failures);
    try {
      return Wire.read(json.getBytes(StandardCharsets.UTF_8), Journal.class);
    } catch (UnreadablePayload e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    claim.dissolve();
    store.journals().forget(id);
    claims.close();
    Files.deleteIfExists(store.layout().blob(digests.sha256()));
  }
}
