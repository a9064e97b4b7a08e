package io.modeldepot.backup;

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
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.blob.Digester;
import io.modeldepot.store.blob.FileDigests;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.volume.Setup;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.LinuxCalls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A volume in a directory, and models to put on it. */
public final class Depot implements AutoCloseable {
  public static final Instant NOW = Instant.parse("2026-11-26T07:00:00Z");
  public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  public static final ModelName LLAMA = ModelName.of("llama2-7b");
  public static final ModelName PHI = ModelName.of("phi-2");
  public static final CommitId FIRST = CommitId.of("a".repeat(40));
  public static final CommitId SECOND = CommitId.of("b".repeat(40));

  /** What was drawn before: most tests want the same few, and drawing takes longer than they do. */
  private static final Map<Drawn, byte[]> DRAWN = new ConcurrentHashMap<>();

  private record Drawn(int bytes, long seed) {}

  private Instant publishedAt = NOW;
  public final FileCalls calls;
  public final ModelStore store;
  public final Shelf shelf;

  public Depot(Path root) throws IOException {
    this(root, new LinuxCalls());
  }

  public Depot(Path root, FileCalls calls) throws IOException {
    this.calls = calls;
    Setup.of(root, LocationName.of("default"), CLOCK, calls);
    store = ModelStore.open(root, Optional.empty(), CLOCK, calls);
    shelf = new Shelf(store, store.claims("test-1"));
  }

  /** Two models of two families, one in two versions that share their weights. */
  public void fill() throws IOException {
    publish(
        LLAMA,
        "llama",
        FIRST,
        files("config.json", "{\"a\":1}", "model.safetensors", bf16(3 << 20, 1)));
    publish(
        LLAMA,
        "llama",
        SECOND,
        files(
            "config.json", "{\"a\":2}",
            "model.safetensors", bf16(3 << 20, 1),
            "sub/empty", ""));
    publish(
        PHI,
        "phi",
        FIRST,
        files("config.json", "{\"p\":1}", "model.safetensors", bf16(2 << 20, 2)));
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

  /** Weights as they are: bf16, normally distributed; the same for the same seed. */
  public static byte[] bf16(int bytes, long seed) {
    return DRAWN.computeIfAbsent(new Drawn(bytes, seed), it -> draw(bytes, seed)).clone();
  }

  private static byte[] draw(int bytes, long seed) {
    Random random = new Random(seed);
    ByteBuffer out = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (out.remaining() >= 2) {
      out.putShort((short) (Float.floatToIntBits((float) random.nextGaussian() * 0.02f) >>> 16));
    }
    return out.array();
  }

  public void publish(ModelName model, String family, CommitId commit, Map<String, byte[]> files)
      throws IOException {
    Path directory = store.layout().downloads().resolve(".parts-" + System.nanoTime());
    Files.createDirectories(directory);
    Map<Sha256, Path> parts = new HashMap<>();
    List<ManifestFile> entries = new ArrayList<>();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      FileDigests digests = digests(file.getValue());
      Path part = directory.resolve(digests.sha256().value());
      Files.write(part, file.getValue());
      parts.put(digests.sha256(), part);
      entries.add(
          new ManifestFile(
              file.getKey(),
              file.getValue().length,
              true,
              Optional.of(digests.sha256()),
              Optional.empty(),
              Optional.of(VerifiedBy.SHA256),
              Optional.of(digests.blocks())));
    }
    Manifest manifest =
        new Manifest(
            Manifest.FORMAT,
            model,
            FamilyName.of(family),
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
            publishedAt);
    try (Claim claim =
        shelf.claims().await(store.claimPlace(model), Duration.ofSeconds(40)).orElseThrow()) {
      var unused = store.publisher().publish(claim, manifest, parts, 0);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      DirectoryTree.remove(new LinuxCalls(), directory);
    }
  }

  /** When the versions are made that are published from now on. */
  public void publishedAt(Instant instant) {
    publishedAt = instant;
  }

  public static FileDigests digests(byte[] content) {
    Digester digester = Digester.sha256(content.length);
    digester.update(content, 0, content.length);
    return digester.finish();
  }

  /** Every file of the trees and views: path to digest. */
  public Map<String, String> everything() throws IOException {
    return everythingAt(store.layout().root());
  }

  /** The same of a volume that is not open. */
  public static Map<String, String> everythingAt(Path volume) throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (String top : List.of("versions", "models")) {
      filesBelow(volume.resolve(top)).forEach((path, digest) -> all.put(top + "/" + path, digest));
    }
    return all;
  }

  /** Puts a signature beside a version. */
  public void sign(ModelName model, CommitId commit, byte[] signature) throws IOException {
    try (Claim claim =
        shelf.claims().await(store.claimPlace(model), Duration.ofSeconds(40)).orElseThrow()) {
      store.versionFiles().sign(claim, model, commit, signature);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Every file of the trees and every manifest: path to digest. */
  public Map<String, String> versions() throws IOException {
    return filesBelow(store.layout().versions());
  }

  /** Every file of a directory but what a volume notes for itself: path to digest. */
  public static Map<String, String> filesBelow(Path directory) throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (DirectoryTree.Entry entry : DirectoryTree.walk(new LinuxCalls(), directory)) {
      boolean ours = !entry.path().contains(".claim") && !entry.path().endsWith("current.json");
      if (entry.stat().isFile() && ours) {
        all.put(
            entry.path(),
            digests(Files.readAllBytes(directory.resolve(entry.path()))).sha256().value());
      }
    }
    return all;
  }

  @Override
  public void close() throws IOException {
    shelf.claims().close();
  }
}
