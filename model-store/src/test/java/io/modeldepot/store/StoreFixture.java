package io.modeldepot.store;

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
import io.modeldepot.store.blob.Digester;
import io.modeldepot.store.blob.FileDigests;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.publish.Publication;
import io.modeldepot.store.volume.Setup;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.LinuxCalls;
import io.modeldepot.store.volume.fault.FaultyCalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A volume in a temporary directory, and models to put on it. */
public final class StoreFixture implements AutoCloseable {
  public static final ModelName MODEL = ModelName.of("llama2-7b");
  public static final FamilyName FAMILY = FamilyName.of("llama");
  public static final CommitId FIRST = CommitId.of("a".repeat(40));
  public static final CommitId SECOND = CommitId.of("b".repeat(40));
  public static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
  public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private static final Map<Content, FileDigests> DIGESTS = new ConcurrentHashMap<>();

  public final FileCalls calls;
  public final ModelStore store;
  public final Claims claims;

  public StoreFixture(Path root) throws IOException {
    this(root, new LinuxCalls());
  }

  /** A volume on a file system that does less than this machine's. */
  public StoreFixture(Path root, FileCalls calls) throws IOException {
    this.calls = calls;
    Setup.of(root, LocationName.of("default"), CLOCK, calls);
    store = ModelStore.open(root, Optional.empty(), CLOCK, calls);
    claims = store.claims("test-1");
  }

  /** Where tests put volumes: the usual temporary directory, and memory where there is such. */
  public static List<Path> places() {
    List<Path> places = new ArrayList<>();
    places.add(Path.of(System.getProperty("java.io.tmpdir")));
    Path memory = Path.of("/dev/shm");
    if (Files.isWritable(memory)) {
      places.add(memory);
    }
    return places;
  }

  /** A file system that refuses some calls always, as others refuse them. */
  public static FileCalls without(String call, Errno errno) {
    FaultyCalls calls = new FaultyCalls(new LinuxCalls());
    calls.fail((made, name, path) -> name.equals(call) ? Optional.of(errno) : Optional.empty());
    return calls;
  }

  public Layout layout() {
    return store.layout();
  }

  /** Content of a version: path to bytes. */
  public static Map<String, byte[]> files(Object... pathsAndContents) {
    Map<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < pathsAndContents.length; i += 2) {
      Object content = pathsAndContents[i + 1];
      files.put(
          (String) pathsAndContents[i],
          content instanceof byte[] bytes
              ? bytes
              : content.toString().getBytes(StandardCharsets.UTF_8));
    }
    return files;
  }

  /** Bytes that are large enough to be linked; the same for the same seed. */
  public static byte[] large(int seed) {
    byte[] bytes = new byte[(int) Layout.SMALL_BYTES + seed];
    new java.util.Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** What a content's digests are; the same few contents are asked for thousands of times. */
  public static FileDigests digests(byte[] content) {
    return DIGESTS.computeIfAbsent(
        new Content(content),
        it -> {
          Digester digester = Digester.withGitSha1(content.length);
          digester.update(content, 0, content.length);
          return digester.finish();
        });
  }

  public static Manifest manifest(CommitId commit, Map<String, byte[]> files) {
    List<ManifestFile> entries = new ArrayList<>();
    files.forEach(
        (path, content) -> {
          FileDigests digests = digests(content);
          Blocks blocks = digests.blocks();
          entries.add(
              new ManifestFile(
                  path,
                  content.length,
                  true,
                  Optional.of(digests.sha256()),
                  digests.gitSha1(),
                  Optional.of(VerifiedBy.SHA256),
                  Optional.of(blocks)));
        });
    return new Manifest(
        Manifest.FORMAT,
        MODEL,
        FAMILY,
        commit,
        new Source(
            SourceKind.HUB,
            Optional.empty(),
            Optional.empty(),
            Optional.of("main"),
            Optional.empty(),
            Optional.empty()),
        Optional.empty(),
        entries,
        Optional.empty(),
        NOW);
  }

  /**
   * Writes every file as a verified part, named by its digest, below a directory of the volume's
   * file system.
   */
  public Map<Sha256, Path> parts(Path directory, Map<String, byte[]> files) throws IOException {
    Files.createDirectories(directory);
    Map<Sha256, Path> parts = new HashMap<>();
    for (byte[] content : files.values()) {
      Sha256 digest = digests(content).sha256();
      Path part = directory.resolve(digest.value());
      Files.write(part, content);
      parts.put(digest, part);
    }
    return parts;
  }

  /** Takes the claim of the model, publishes, releases and removes the parts. */
  public Publication publish(CommitId commit, Map<String, byte[]> files) throws IOException {
    Path directory = layout().downloads().resolve(".parts-" + System.nanoTime());
    Map<Sha256, Path> parts = parts(directory, files);
    try (Claim claim = claim()) {
      return store.publisher().publish(claim, manifest(commit, files), parts, 0);
    } finally {
      DirectoryTree.remove(calls, directory);
    }
  }

  public Claim claim() throws IOException {
    try {
      return claims.await(store.claimPlace(MODEL), Duration.ofSeconds(10)).orElseThrow();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** What the view of the model has: path to text or digest. */
  public Map<String, String> view() throws IOException {
    return tree(layout().view(FAMILY, MODEL));
  }

  public Map<String, String> tree(Path tree) throws IOException {
    Map<String, String> content = new TreeMap<>();
    for (DirectoryTree.Entry entry : DirectoryTree.walk(calls, tree)) {
      if (entry.stat().isFile()) {
        content.put(
            entry.path(), digests(Files.readAllBytes(tree.resolve(entry.path()))).sha256().value());
      }
    }
    return content;
  }

  public static Map<String, String> expected(Map<String, byte[]> files) {
    Map<String, String> content = new TreeMap<>();
    files.forEach((path, bytes) -> content.put(path, digests(bytes).sha256().value()));
    return content;
  }

  @Override
  public void close() throws IOException {
    claims.close();
  }

  /** Bytes that nobody changes. */
  private record Content(byte[] bytes) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Content content && Arrays.equals(bytes, content.bytes);
    }

    /** Of a few: equality looks at all, and is asked thousands of times. */
    @Override
    public int hashCode() {
      return 31 * bytes.length + (bytes.length == 0 ? 0 : bytes[bytes.length / 2]);
    }
  }
}
