package io.modeldepot.store.adopt;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** The id of a tree that has no commit of its own. */
public final class TreeCommit {
  private TreeCommit() {}

  /**
   * The first 40 hexadecimal digits of the SHA-256 over the lines {@code <sha256> <path>\n} sorted
   * by path; the lines are what {@code sha256sum} prints. Paths are sorted by their UTF-16 units.
   */
  public static CommitId of(Map<String, Sha256> files) {
    MessageDigest digest = sha256();
    new TreeMap<>(files)
        .forEach(
            (path, sha256) ->
                digest.update((sha256 + "  " + path + "\n").getBytes(StandardCharsets.UTF_8)));
    return CommitId.of(HexFormat.of().formatHex(digest.digest(), 0, 20));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java has SHA-256", e);
    }
  }
}
