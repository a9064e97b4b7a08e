package io.modeldepot.hub.git;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;

/**
 * Git's object ids: SHA-1 over {@code "<type> <length>\0"} and the content, 40 hexadecimal digits.
 */
public final class ObjectId {
  private ObjectId() {}

  /** The id of a regular file's content. */
  public static String ofBlob(byte[] content) {
    return of("blob", content);
  }

  /**
   * The id of a folder. No file is taken as executable: a hub's API does not say which are.
   *
   * @param children of the folder, in any order
   */
  public static String ofTree(Collection<Child> children) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    children.stream()
        .sorted((a, b) -> Arrays.compareUnsigned(a.sortKey(), b.sortKey()))
        .forEach(child -> content.writeBytes(child.record()));
    return of("tree", content.toByteArray());
  }

  /**
   * One entry of a folder.
   *
   * @param name without slash
   * @param kind file or folder
   * @param id 40 hexadecimal digits
   */
  public record Child(String name, Kind kind, String id) {
    /** Git compares names as bytes, a folder's as if it ended with a slash. */
    private byte[] sortKey() {
      return (kind == Kind.FOLDER ? name + "/" : name).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] record() {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes((kind.mode + " " + name + "\0").getBytes(StandardCharsets.UTF_8));
      out.writeBytes(HexFormat.of().parseHex(id));
      return out.toByteArray();
    }
  }

  /** What an entry of a folder is. */
  public enum Kind {
    FILE("100644"),
    FOLDER("40000");

    private final String mode;

    Kind(String mode) {
      this.mode = mode;
    }
  }

  private static String of(String type, byte[] content) {
    MessageDigest sha1 = sha1();
    sha1.update(prefix(type, content.length));
    return HexFormat.of().formatHex(sha1.digest(content));
  }

  private static byte[] prefix(String type, long lengthBytes) {
    return (type + " " + lengthBytes + "\0").getBytes(StandardCharsets.US_ASCII);
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java has SHA-1.", e);
    }
  }
}
