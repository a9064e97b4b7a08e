package io.modeldepot.backup.bundle;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.wire.Wire;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * An inventory as a text of lines, which can be written and read as a stream: a head, the versions,
 * then a line for each content, and SHA-256 of everything before the last line. Its digest guards
 * against damage, not against forgery: a forged one makes a bundle that its far side refuses.
 */
public final class InventoryFile {
  private static final String HEAD = "model-depot-inventory ";
  private static final int FORMAT = 1;
  private static final int MOST_LINE_BYTES = 512;
  private static final int MOST_LINES = 20_000_000;

  private InventoryFile() {}

  /** Writes one; the caller closes the stream. */
  public static void write(SiteInventory inventory, OutputStream out) throws IOException {
    MessageDigest digest = sha256();
    StringBuilder lines = new StringBuilder(HEAD).append(FORMAT).append('\n');
    lines.append("volume ").append(inventory.volumeId()).append('\n');
    lines.append("made ").append(Wire.time(inventory.madeAt())).append('\n');
    for (SiteInventory.Held held : inventory.versions()) {
      lines.append("version ").append(held.model()).append(' ').append(held.commit());
      lines.append(' ').append(held.files()).append(held.current() ? " current\n" : " kept\n");
      flush(lines, digest, out);
    }
    for (Map.Entry<Sha256, Long> content : inventory.contents().entrySet()) {
      lines.append(content.getKey()).append(' ').append(content.getValue()).append('\n');
      flush(lines, digest, out);
    }
    flush(lines, digest, out);
    String sum = HexFormat.of().formatHex(digest.digest());
    out.write(("sha256 " + sum + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static void flush(StringBuilder lines, MessageDigest digest, OutputStream out)
      throws IOException {
    byte[] bytes = lines.toString().getBytes(StandardCharsets.US_ASCII);
    digest.update(bytes);
    out.write(bytes);
    lines.setLength(0);
  }

  /**
   * Reads one; the caller closes the stream.
   *
   * @throws BadBundle if it is damaged, of a later format, or no inventory
   */
  public static SiteInventory read(InputStream raw) throws IOException {
    InputStream in = new BufferedInputStream(raw, 1 << 16);
    MessageDigest digest = sha256();
    requireFormat(digested(line(in), digest));
    List<SiteInventory.Held> versions = new ArrayList<>();
    Map<Sha256, Long> contents = new TreeMap<>();
    try {
      UUID volume = UUID.fromString(word(digested(line(in), digest), "volume"));
      Instant made = Instant.parse(word(digested(line(in), digest), "made"));
      for (int lines = 0; lines < MOST_LINES; lines++) {
        String line = line(in);
        String[] words = line.split(" ", -1);
        if (words[0].equals("sha256") && words.length == 2) {
          requireEnd(in, words[1], digest);
          return new SiteInventory(volume, made, List.copyOf(versions), contents);
        }
        digested(line, digest);
        if (words[0].equals("version") && words.length == 5) {
          versions.add(
              new SiteInventory.Held(
                  ModelName.of(words[1]),
                  CommitId.of(words[2]),
                  Sha256.of(words[3]),
                  words[4].equals("current")));
        } else if (words.length == 2) {
          contents.put(Sha256.of(words[0]), length(words[1]));
        } else {
          throw damaged();
        }
      }
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw damaged();
    }
    throw damaged();
  }

  private static long length(String digits) throws BadBundle {
    long bytes = Long.parseLong(digits);
    if (bytes < 0) {
      throw damaged();
    }
    return bytes;
  }

  private static void requireFormat(String head) throws BadBundle {
    if (!head.startsWith(HEAD)) {
      throw new BadBundle(
          BadBundle.Kind.UNREADABLE,
          "It is no inventory.",
          "make one on the far side:  bundle inventory --out FILE");
    }
    if (!head.equals(HEAD + FORMAT)) {
      throw new BadBundle(
          BadBundle.Kind.UNREADABLE,
          "The inventory is of format "
              + head.substring(HEAD.length())
              + "; this program reads format "
              + FORMAT
              + ".",
          "update this side first");
    }
  }

  private static void requireEnd(InputStream in, String sum, MessageDigest digest)
      throws IOException {
    boolean whole = HexFormat.of().formatHex(digest.digest()).equals(sum) && in.read() < 0;
    if (!whole) {
      throw damaged();
    }
  }

  private static String word(String line, String name) throws BadBundle {
    if (!line.startsWith(name + " ")) {
      throw damaged();
    }
    return line.substring(name.length() + 1);
  }

  private static String digested(String line, MessageDigest digest) {
    digest.update((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
    return line;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(96);
    while (line.size() <= MOST_LINE_BYTES) {
      int next = in.read();
      if (next < 0) {
        throw damaged();
      }
      if (next == '\n') {
        return line.toString(StandardCharsets.ISO_8859_1);
      }
      line.write(next);
    }
    throw damaged();
  }

  private static BadBundle damaged() {
    return new BadBundle(
        BadBundle.Kind.DAMAGED,
        "The inventory is damaged or ends early.",
        "copy it again, or make it again on the far side:  bundle inventory --out FILE");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
