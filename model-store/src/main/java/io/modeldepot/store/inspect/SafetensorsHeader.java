package io.modeldepot.store.inspect;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file: 8 bytes length (little endian, unsigned), that many bytes of
 * JSON, then the tensors' content without gaps.
 *
 * <p>Source: the format's README at github.com/huggingface/safetensors, section Format, and the
 * checks of its {@code Metadata::validate}. Stricter in one point: the header may have {@value
 * #MAX_HEADER_BYTES} bytes, the bound of the Hub's own clients, not 100 MB.
 *
 * @param tensors in the order of their content
 * @param metadata free text of the file's author; never interpreted
 * @param headerBytes length of the JSON
 * @param fileBytes length of the file
 */
public record SafetensorsHeader(
    List<Tensor> tensors, Map<String, String> metadata, long headerBytes, long fileBytes) {
  /** The longest header that is read. */
  public static final long MAX_HEADER_BYTES = 25_000_000;

  private static final int LENGTH_BYTES = 8;

  public SafetensorsHeader {
    tensors = List.copyOf(tensors);
    metadata = Map.copyOf(metadata);
  }

  /**
   * Reads the header of one file; the content is not touched.
   *
   * @throws MalformedModelFile if the file is not well-formed, to its last byte
   * @throws IOException if it cannot be read
   */
  public static SafetensorsHeader read(Path file) throws IOException, MalformedModelFile {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      long fileBytes = channel.size();
      long headerBytes = headerLength(channel, fileBytes);
      return of(SafetensorsJson.parse(channel, LENGTH_BYTES, headerBytes), headerBytes, fileBytes);
    }
  }

  /**
   * Reads a header whose JSON is in memory already.
   *
   * @param json what stands between the length and the first tensor
   * @param fileBytes length of the whole file
   * @throws MalformedModelFile if a file of this length cannot have this header
   */
  public static SafetensorsHeader parse(byte[] json, long fileBytes) throws MalformedModelFile {
    try {
      return of(SafetensorsJson.parse(new ByteArrayInputStream(json)), json.length, fileBytes);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory can be read", e);
    }
  }

  private static SafetensorsHeader of(SafetensorsJson json, long headerBytes, long fileBytes)
      throws MalformedModelFile {
    List<Tensor> ordered = new ArrayList<>(json.tensors());
    ordered.sort(Comparator.comparingLong(Tensor::beginByte).thenComparingLong(Tensor::endByte));
    requireNoGaps(ordered, fileBytes - LENGTH_BYTES - headerBytes);
    return new SafetensorsHeader(ordered, json.metadata(), headerBytes, fileBytes);
  }

  private static long headerLength(FileChannel channel, long fileBytes)
      throws IOException, MalformedModelFile {
    if (fileBytes < LENGTH_BYTES) {
      throw new MalformedModelFile(
          "A safetensors file begins with 8 bytes of length; this one has only %d bytes."
              .formatted(fileBytes));
    }
    ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (length.hasRemaining()) {
      if (channel.read(length, length.position()) < 0) {
        throw new MalformedModelFile("The file became shorter while it was read.");
      }
    }
    long headerBytes = length.getLong(0);
    if (headerBytes < 0 || headerBytes > MAX_HEADER_BYTES) {
      throw new MalformedModelFile(
          "The header claims %s bytes; more than %d are not read."
              .formatted(Long.toUnsignedString(headerBytes), MAX_HEADER_BYTES));
    }
    if (headerBytes > fileBytes - LENGTH_BYTES) {
      throw new MalformedModelFile(
          "The header claims %d bytes, but only %d follow."
              .formatted(headerBytes, fileBytes - LENGTH_BYTES));
    }
    return headerBytes;
  }

  /** Every byte of the content belongs to exactly one tensor. */
  private static void requireNoGaps(List<Tensor> ordered, long contentBytes)
      throws MalformedModelFile {
    long at = 0;
    for (Tensor tensor : ordered) {
      String name = MalformedModelFile.quoted(tensor.name());
      if (tensor.endByte() > contentBytes) {
        throw new MalformedModelFile(
            "Tensor %s ends at byte %d, but the file has only %d bytes of content."
                .formatted(name, tensor.endByte(), contentBytes));
      }
      if (tensor.beginByte() < at) {
        throw new MalformedModelFile(
            "Tensor %s begins at byte %d, inside the one before it."
                .formatted(name, tensor.beginByte()));
      }
      if (tensor.beginByte() > at) {
        throw new MalformedModelFile(
            "Bytes %d to %d before tensor %s belong to no tensor."
                .formatted(at, tensor.beginByte(), name));
      }
      at = tensor.endByte();
    }
    if (at != contentBytes) {
      throw new MalformedModelFile(
          "The last %d bytes belong to no tensor.".formatted(contentBytes - at));
    }
  }
}
