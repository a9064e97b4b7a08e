package io.modeldepot.backup.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.wire.CanonicalJson;
import io.modeldepot.events.wire.UnreadablePayload;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.store.volume.SafeFile;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Indexes as files: canonical JSON of at most 64 MiB. No link is followed. */
public final class IndexFile {
  /** The longest index, in bytes. */
  public static final int MOST_BYTES = 64 << 20;

  private IndexFile() {}

  /**
   * The bytes of an index.
   *
   * @throws BadBundle if it would be longer than a reader takes
   */
  public static byte[] bytes(BundleIndex index) throws BadBundle {
    byte[] bytes = CanonicalJson.of(index);
    if (bytes.length > MOST_BYTES) {
      throw new BadBundle(
          BadBundle.Kind.UNREADABLE,
          "It would have too many files for one bundle.",
          "make several, for example one for each family");
    }
    return bytes;
  }

  /**
   * A file of a bundle, whole.
   *
   * @return empty if it is not there
   * @throws BadBundle if it is no file, or longer than any honest one
   */
  public static Optional<byte[]> read(FileCalls calls, Path file) throws IOException {
    var stat = calls.stat(file);
    if (stat.isEmpty()) {
      return Optional.empty();
    }
    if (!stat.get().isFile() || stat.get().sizeBytes() > MOST_BYTES) {
      throw new BadBundle(
          BadBundle.Kind.UNREADABLE,
          file.getFileName() + " is no regular file of at most 64 MiB.",
          "take only bundles that you know");
    }
    try {
      return Optional.of(SafeFile.read(calls, file));
    } catch (FileCallFailed e) {
      if (e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * What the bytes of an index say.
   *
   * @throws BadBundle if they are no index, or one of a later format
   */
  public static BundleIndex parse(byte[] written) throws BadBundle {
    try {
      JsonNode tree = Wire.mapper().readTree(written);
      int format = tree == null ? 0 : tree.path("format").asInt(0);
      if (format > BundleIndex.FORMAT) {
        throw new BadBundle(
            BadBundle.Kind.UNREADABLE,
            "It is of format "
                + format
                + "; this program reads up to format "
                + BundleIndex.FORMAT
                + ".",
            "update this side first, or have it made by the version that runs here");
      }
      if (format < 1) {
        throw unreadable("it names no format");
      }
      return Wire.read(written, BundleIndex.class);
    } catch (BadBundle e) {
      throw e;
    } catch (UnreadablePayload e) {
      throw unreadable(e.detail());
    } catch (IOException | RuntimeException e) {
      throw unreadable("it is no JSON");
    }
  }

  private static BadBundle unreadable(String why) {
    return new BadBundle(
        BadBundle.Kind.UNREADABLE,
        BundleNames.INDEX + " is no index of a bundle: " + why,
        "take only bundles that you know; one made by  bundle create  can be read");
  }
}
