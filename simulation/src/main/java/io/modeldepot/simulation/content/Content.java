package io.modeldepot.simulation.content;

import io.modeldepot.downloader.hub.RepositoryFile;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.layout.Layout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;

/**
 * What a hub has: repositories whose commits differ in their small file, and share their large ones
 * two by two. The bytes of a file follow from its name; its digests are computed once for all runs.
 */
public final class Content {
  private static final List<String> PATHS = List.of("config.json", "model.safetensors");
  private static final Map<String, CommitId> COMMIT = new ConcurrentHashMap<>();
  private static final Map<String, Known> KNOWN = new ConcurrentHashMap<>();
  private static final Map<String, Known> BY_DIGEST = new ConcurrentHashMap<>();

  private Content() {}

  /**
   * A file as it should be.
   *
   * @param head its bytes up to the last that is not zero
   * @param sizeBytes its length
   * @param crc32c as journals and manifests have it
   */
  public record Known(byte[] head, long sizeBytes, Sha256 sha256, String crc32c) {}

  /** A commit of a model by its number. */
  public static CommitId commit(String model, int number) {
    return COMMIT.computeIfAbsent(model + number, it -> CommitId.of(hex(model, number)));
  }

  private static String hex(String model, int number) {
    return HexFormat.of().toHexDigits(model.hashCode()) + String.format("%032x", number);
  }

  /** The files of a commit. */
  public static List<RepositoryFile> files(String model, int number) {
    List<RepositoryFile> files = new ArrayList<>();
    for (String path : PATHS) {
      Known known = file(model, number, path);
      files.add(
          new RepositoryFile(
              path, known.sizeBytes(), Optional.of(known.sha256()), Optional.empty()));
    }
    return files;
  }

  /** A file of a commit. */
  public static Known file(String model, int number, String path) {
    boolean small = path.endsWith(".json");
    String name = model + "/" + path + "/" + (small ? number : number / 2);
    return KNOWN.computeIfAbsent(
        name,
        it -> {
          Known made = make(it, small ? it.length() : Layout.SMALL_BYTES);
          BY_DIGEST.put(made.sha256().value(), made);
          return made;
        });
  }

  /** The content that has a digest. */
  public static Optional<Known> of(String sha256) {
    return Optional.ofNullable(BY_DIGEST.get(sha256));
  }

  /** The paths of every commit. */
  public static List<String> paths() {
    return PATHS;
  }

  /** How many commits a repository has. */
  public static final int COMMITS = 4;

  /** Which number a commit of a model has; -1 if it has no such commit. */
  public static int number(String model, String commit) {
    for (int number = 0; number < COMMITS; number++) {
      if (commit(model, number).value().equals(commit)) {
        return number;
      }
    }
    return -1;
  }

  private static Known make(String name, long size) {
    byte[] head = name.getBytes(StandardCharsets.UTF_8);
    byte[] whole = new byte[Math.toIntExact(size)];
    System.arraycopy(head, 0, whole, 0, head.length);
    CRC32C crc = new CRC32C();
    crc.update(whole);
    return new Known(
        head,
        size,
        Sha256.of(HexFormat.of().formatHex(sha256(whole))),
        Base64.getEncoder()
            .encodeToString(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array()));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
