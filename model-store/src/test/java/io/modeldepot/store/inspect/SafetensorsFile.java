package io.modeldepot.store.inspect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes safetensors files from a header given as text, so that wrong ones can be written too. */
final class SafetensorsFile {
  private SafetensorsFile() {}

  static Path write(Path file, String header, int contentBytes) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return write(file, json.length, json, contentBytes);
  }

  static Path write(Path file, long claimedHeaderBytes, byte[] json, int contentBytes)
      throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + contentBytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(claimedHeaderBytes)
            .put(json);
    Files.createDirectories(file.toAbsolutePath().getParent());
    return Files.write(file, bytes.array());
  }
}
