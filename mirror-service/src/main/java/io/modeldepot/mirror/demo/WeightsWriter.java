package io.modeldepot.mirror.demo;

import io.modeldepot.mirror.demo.Shards.Shard;
import io.modeldepot.store.blob.FileDigests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes weights. The numbers of a tensor depend on its name and its model alone, so the two forms
 * of a model's weights hold the same ones.
 *
 * @param seed of the model
 * @param element of every tensor
 */
record WeightsWriter(long seed, Element element) {
  private static final int BUFFER_BYTES = 256 << 10;
  private static final int ALIGNMENT = 8;

  /** An empty dictionary in pickle's protocol 2. */
  private static final byte[] EMPTY_DICTIONARY = {(byte) 0x80, 2, '}', 'q', 0, '.'};

  /** A well-formed safetensors file; its header is padded so that the content is aligned. */
  FileDigests writeSafetensors(Path file, Shard shard) throws IOException {
    byte[] header = header(shard);
    try (PartFile part = PartFile.large(file, header.length + shard.contentBytes())) {
      part.write(header, header.length);
      byte[] buffer = new byte[BUFFER_BYTES];
      for (TensorPlan tensor : shard.tensors()) {
        Numbers numbers = numbers(tensor);
        for (long left = tensor.lengthBytes(); left > 0; ) {
          int piece = (int) Math.min(left, BUFFER_BYTES);
          numbers.fill(buffer, piece);
          part.write(buffer, piece);
          left -= piece;
        }
      }
      return part.finish();
    }
  }

  /**
   * The same tensors as a PyTorch archive: a zip of stored entries, the numbers beside a pickle.
   * The pickle is an empty dictionary, so nothing happens to whoever loads it.
   */
  FileDigests writeTorchArchive(Path file, List<TensorPlan> tensors) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "archive/data.pkl", EMPTY_DICTIONARY);
      for (int i = 0; i < tensors.size(); i++) {
        byte[] content = new byte[Math.toIntExact(tensors.get(i).lengthBytes())];
        numbers(tensors.get(i)).fill(content, content.length);
        store(zip, "archive/data/" + i, content);
      }
      store(zip, "archive/version", "3\n".getBytes(StandardCharsets.US_ASCII));
    }
    try (PartFile part = PartFile.large(file, bytes.size())) {
      part.write(bytes.toByteArray(), bytes.size());
      return part.finish();
    }
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private byte[] header(Shard shard) {
    StringBuilder json = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
    long at = 0;
    for (TensorPlan tensor : shard.tensors()) {
      json.append(',').append(tensor.headerEntry(element, at));
      at += tensor.lengthBytes();
    }
    json.append('}');
    while (json.length() % ALIGNMENT != 0) {
      json.append(' ');
    }
    return ByteBuffer.allocate(Long.BYTES + json.length())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length())
        .put(json.toString().getBytes(StandardCharsets.US_ASCII))
        .array();
  }

  private Numbers numbers(TensorPlan tensor) {
    return new Numbers(new SplittableRandom(seed * 31 + tensor.name().hashCode()), element);
  }

  /** A row of numbers; pieces taken one after another are the row in one piece. */
  private record Numbers(SplittableRandom random, Element element) {
    void fill(byte[] bytes, int length) {
      ByteBuffer out = ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.LITTLE_ENDIAN);
      while (out.remaining() >= Long.BYTES) {
        long bits = random.nextLong();
        long four = 0;
        for (int i = 0; i < 4; i++) {
          four |= (element.of((int) (bits >>> 16 * i) & 0xffff) & 0xffffL) << 16 * i;
        }
        out.putLong(four);
      }
      while (out.remaining() >= Element.BYTES) {
        out.putShort(element.of(random.nextInt() & 0xffff));
      }
    }
  }
}
