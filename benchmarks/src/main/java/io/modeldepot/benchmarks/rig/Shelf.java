package io.modeldepot.benchmarks.rig;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.terms.Source;
import io.modeldepot.events.terms.SourceKind;
import io.modeldepot.events.terms.VerifiedBy;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.blob.Digester;
import io.modeldepot.store.blob.FileDigests;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.Claims;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A volume that the mirror serves as a hub, with models of any size. */
public final class Shelf {
  /** The location that it is. */
  public static final LocationName LOCATION = LocationName.of("bench-hub");

  private static final int CHUNK_BYTES = 1 << 20;

  private final Path root;
  private final ModelStore store;

  private Shelf(Path root, ModelStore store) {
    this.root = root;
    this.store = store;
  }

  /** Makes an empty one. */
  public static Shelf make(Path root) throws IOException {
    ModelStore.setUp(root, LOCATION);
    return new Shelf(root, ModelStore.open(root));
  }

  /** Where it is. */
  public Path root() {
    return root;
  }

  /** Where a file of a revision lies, for servers that know no models. */
  public Path file(Made made, String name, String path) {
    return store.layout().tree(ModelName.of(name), made.commit()).resolve(path);
  }

  /** A file to be made, any number of times with the same bytes. */
  public interface Content {
    /** Where in the model it belongs. */
    String path();

    /** Its length. */
    long sizeBytes();

    /** Gives all its bytes in order. */
    void write(Sink sink) throws IOException;
  }

  /** What takes the bytes of a file. */
  public interface Sink {
    /** The next ones; the array is the caller's again afterwards. */
    void take(byte[] bytes, int length) throws IOException;
  }

  /**
   * A safetensors file of one tensor of 16-bit numbers.
   *
   * @param seed equal seeds are equal bytes
   * @param tensorBytes even
   */
  public record Weights(String path, long seed, long tensorBytes) implements Content {
    @Override
    public long sizeBytes() {
      return start().length + tensorBytes;
    }

    @Override
    public void write(Sink sink) throws IOException {
      byte[] start = start();
      sink.take(start, start.length);
      SplittableRandom random = new SplittableRandom(seed);
      byte[] chunk = new byte[CHUNK_BYTES];
      for (long left = tensorBytes; left > 0; left -= CHUNK_BYTES) {
        random.nextBytes(chunk);
        sink.take(chunk, (int) Math.min(CHUNK_BYTES, left));
      }
    }

    private byte[] start() {
      return safetensorsStart(
          "{\"w\":{\"dtype\":\"F16\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
              .formatted(tensorBytes / 2, tensorBytes));
    }
  }

  /** How a safetensors file with this header begins. */
  public static byte[] safetensorsStart(String header) {
    byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Long.BYTES + bytes.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(bytes.length)
        .put(bytes)
        .array();
  }

  /** What was made, by path. */
  public record Made(RepositoryId repository, CommitId commit, Map<String, Sha256> files) {}

  /** Publishes a revision; the newest is what {@code main} means. */
  public Made publish(String name, int revision, List<? extends Content> files)
      throws IOException, InterruptedException {
    ModelName model = ModelName.of(name);
    RepositoryId repository = RepositoryId.of("bench/" + name);
    CommitId commit =
        CommitId.of(
            HexFormat.of()
                .toHexDigits((long) name.hashCode() << 32 | revision)
                .repeat(3)
                .substring(0, 40));
    Map<String, FileDigests> digests = new TreeMap<>();
    Map<Sha256, Path> parts = new TreeMap<>();
    try (Claims claims = store.claims("benchmark")) {
      claims.startBeating();
      Claim job = held(claims, store.claimPlace(RequestId.of("make-" + name + "-" + revision)));
      Path folder = job.freshWork();
      add("config.json", written(folder.resolve("config"), config(revision)), digests, parts);
      for (Content file : files) {
        Path part = folder.resolve("part-" + parts.size());
        add(file.path(), Map.entry(part, write(part, file)), digests, parts);
      }
      Manifest manifest =
          new Manifest(
              Manifest.FORMAT,
              model,
              FamilyName.of("bench"),
              commit,
              new Source(
                  SourceKind.IMPORT,
                  Optional.empty(),
                  Optional.of(repository),
                  Optional.of("r" + revision),
                  Optional.of("mit"),
                  Optional.empty()),
              Optional.empty(),
              digests.entrySet().stream().map(it -> entry(it.getKey(), it.getValue())).toList(),
              Optional.empty(),
              Instant.now());
      try (Claim claim = held(claims, store.claimPlace(model))) {
        store.publisher().publish(claim, manifest, parts, 0);
      }
      job.dissolve();
    }
    Map<String, Sha256> made = new TreeMap<>();
    digests.forEach((path, found) -> made.put(path, found.sha256()));
    return new Made(repository, commit, Map.copyOf(made));
  }

  /**
   * Lists of which pieces a file is made, as a scrub does for what came in without a list.
   *
   * @return how long the list is, bytes
   */
  public long listPieces(Made made, String name, String path) throws IOException {
    Sha256 sha256 = Objects.requireNonNull(made.files().get(path));
    return store.chunkLists().make(file(made, name, path), sha256, bytes -> {}).bytes().length;
  }

  private static void add(
      String path,
      Map.Entry<Path, FileDigests> file,
      Map<String, FileDigests> digests,
      Map<Sha256, Path> parts) {
    digests.put(path, file.getValue());
    parts.put(file.getValue().sha256(), file.getKey());
  }

  private static Claim held(Claims claims, Path place) throws IOException, InterruptedException {
    return claims
        .await(place, Duration.ofMinutes(2))
        .orElseThrow(() -> new IOException(place + " is held by another process."));
  }

  private static byte[] config(int revision) {
    return "{\"architectures\":[\"LlamaForCausalLM\"],\"model_type\":\"bench\",\"revision\":%d}"
        .formatted(revision)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Map.Entry<Path, FileDigests> written(Path file, byte[] bytes) throws IOException {
    Digester digester = Digester.withGitSha1(bytes.length);
    digester.update(bytes, 0, bytes.length);
    try (FileChannel out = create(file)) {
      out.write(ByteBuffer.wrap(bytes));
    }
    return Map.entry(file, digester.finish());
  }

  private static FileDigests write(Path file, Content content) throws IOException {
    Digester digester = Digester.sha256(content.sizeBytes());
    try (FileChannel out = create(file)) {
      content.write(
          (bytes, length) -> {
            digester.update(bytes, 0, length);
            out.write(ByteBuffer.wrap(bytes, 0, length));
          });
    }
    return digester.finish();
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private static ManifestFile entry(String path, FileDigests digests) {
    return new ManifestFile(
        path,
        digests.sizeBytes(),
        true,
        Optional.of(digests.sha256()),
        digests.gitSha1(),
        Optional.of(digests.gitSha1().isPresent() ? VerifiedBy.GIT_SHA1 : VerifiedBy.SHA256),
        Optional.of(digests.blocks()));
  }
}
