package io.modeldepot.store.chunk;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;

/** Well-formed safetensors files in memory. */
final class TensorFile {
  private TensorFile() {}

  /** A file with these tensors in this order. */
  static byte[] of(String author, Map<String, byte[]> tensors) {
    StringJoiner entries = new StringJoiner(",", "{", "}");
    entries.add("\"__metadata__\":{\"author\":\"" + author + "\"}");
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    tensors.forEach(
        (name, bytes) -> {
          int at = content.size();
          entries.add(
              "\"%s\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[%d,%d]}"
                  .formatted(name, bytes.length, at, at + bytes.length));
          content.writeBytes(bytes);
        });
    byte[] json = entries.toString().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + content.size())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .put(content.toByteArray())
        .array();
  }

  /** Bytes that look random; the same for the same seed. */
  static byte[] noise(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
