package io.modeldepot.backup.unpack;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.backup.export.Packing;
import io.modeldepot.backup.restore.NoRoom;
import io.modeldepot.backup.snapshot.Scope;
import io.modeldepot.fuzz.Fuzz;
import io.modeldepot.fuzz.Limits;
import io.modeldepot.store.layout.BadNames;
import io.modeldepot.store.layout.FilePaths;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that somebody hands to an import. */
final class ArchiveFuzzTest {
  private static final long ROOM_BYTES = 1 << 20;

  @TempDir Path directory;

  @Test
  void anArchiveIsReadOrRefused() throws IOException {
    Fuzz.of("import archive")
        .seed(archive())
        .words("models/phi/phi-2/", "../", "/", "versions/", "ustar\0", "\0\0\0", "7777777")
        .limits(new Limits(Duration.ofSeconds(5), 64L << 20, 2_000))
        .refusedBy(BadArchive.class, NoRoom.class, BadNames.class)
        .run(
            input -> {
              Path file = Files.write(directory.resolve("a.tar.gz"), packed(input));
              for (FoundModel model :
                  new Look(Scope.all(), ROOM_BYTES).at(file, Packing.GZIP, read -> {})) {
                assertThat(FilePaths.faults(model.files().keySet())).isEmpty();
              }
            });
  }

  private static byte[] packed(byte[] tar) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(tar);
    }
    return out.toByteArray();
  }

  private static byte[] archive() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      put(tar, "models/phi/phi-2/config.json", "{}");
      put(tar, "models/phi/phi-2/onnx/" + "n".repeat(150), "weights");
      TarArchiveEntry link =
          new TarArchiveEntry("models/phi/phi-2/again.json", TarConstants.LF_LINK);
      link.setLinkName("models/phi/phi-2/config.json");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
      put(tar, "README", "elsewhere");
    }
    return out.toByteArray();
  }

  private static void put(TarArchiveOutputStream tar, String name, String content)
      throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }
}
