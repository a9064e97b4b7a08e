package io.modeldepot.store.volume.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.store.ChildJvm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only the real calls do, and only on a real file system. */
final class LinuxCallsTest {
  @TempDir Path directory;
  private final FileCalls calls = new LinuxCalls();

  @Test
  void aDirectoryThatCannotBeReadToItsEndIsRefusedLikeAnyOther() {
    // No file system at hand fails in the middle of a directory.
    DirectoryStream<Path> failing =
        new DirectoryStream<>() {
          @Override
          public Iterator<Path> iterator() {
            throw new DirectoryIteratorException(
                new FileSystemException("x", null, "Input/output error"));
          }

          @Override
          public void close() {}
        };

    assertThatThrownBy(() -> LinuxCalls.sorted(directory, failing))
        .isInstanceOfSatisfying(
            FileCallFailed.class, failed -> assertThat(failed.errno()).isEqualTo(Errno.EIO));
  }

  @Test
  void whatCannotBeSpelledIsFoundMovedAndRemoved() throws IOException {
    Path odd = unspellable("odd");
    Files.writeString(odd, "x");
    Path entry = calls.entries(directory).getFirst();

    assertThat(calls.list(directory)).containsExactly("odd\ufffd");
    assertThat(calls.stat(entry).orElseThrow().sizeBytes()).isEqualTo(1);
    calls.rename(entry, unspellable("other"));
    assertThat(calls.stat(entry)).isEmpty();
    DirectoryTree.remove(calls, directory);
    assertThat(directory).doesNotExist();
  }

  @Test
  void aLinkToADirectoryThatCannotBeSpelledIsNotFollowed() throws IOException {
    Path target = Files.createDirectory(directory.resolve("target"));
    Files.createSymbolicLink(unspellable("link"), target);
    Path entry = calls.entries(directory).getFirst();

    assertThat(calls.stat(entry).orElseThrow().kind()).isEqualTo(FileStat.Kind.LINK);
    DirectoryTree.remove(calls, entry);
    assertThat(target).isDirectory();
  }

  @Test
  void aDirectoryIsSeenAtOnceAsNameByName() throws IOException {
    Files.writeString(directory.resolve("file"), "four");
    Files.createDirectory(directory.resolve("directory"));
    Files.createSymbolicLink(directory.resolve("link"), Path.of("nowhere"));
    Files.createLink(directory.resolve("second"), directory.resolve("file"));
    Files.writeString(directory.resolve("ümläut"), "x");
    Files.writeString(unspellable("odd"), "xy");

    List<FileCalls.Found> byName = new ArrayList<>();
    for (Path path : calls.entries(directory)) {
      byName.add(new FileCalls.Found(path, calls.stat(path).orElseThrow()));
    }

    assertThat(calls.look(directory)).hasSize(6).isEqualTo(byName);
    assertThatThrownBy(() -> calls.look(directory.resolve("absent")))
        .isInstanceOfSatisfying(
            FileCallFailed.class, it -> assertThat(it.errno()).isEqualTo(Errno.ENOENT));
    assertThatThrownBy(() -> calls.look(directory.resolve("file")))
        .isInstanceOfSatisfying(
            FileCallFailed.class, it -> assertThat(it.errno()).isEqualTo(Errno.ENOTDIR));
  }

  @Test
  void whoeverOpensAFileThatIsAskedForWritersDoesNotKillUs() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    ChildJvm.End end = ChildJvm.run(Map.of(), LeaseMain.class, file);

    assertThat(end).isEqualTo(new ChildJvm.End(0, "EAGAIN"));
  }

  @Test
  void noOpenFollowsALink() throws IOException {
    Path target = Files.writeString(directory.resolve("target"), "somebody else's");
    Path link = Files.createSymbolicLink(directory.resolve("link"), target);

    for (Opening opening :
        List.<Opening>of(
            () -> calls.openForReading(link).close(),
            () -> calls.openForWriting(link).close(),
            () -> calls.mayHaveWriter(link),
            () -> calls.allocate(link, 10))) {
      assertThatThrownBy(opening::run)
          .isInstanceOfSatisfying(
              FileCallFailed.class, failed -> assertThat(failed.errno()).isEqualTo(Errno.ELOOP));
    }
  }

  /** A way to open a file. */
  private interface Opening {
    void run() throws IOException;
  }

  /** A name that ends with a byte which is no character of UTF-8. */
  private Path unspellable(String name) {
    return Path.of(URI.create(directory.toUri() + name + "%FF"));
  }
}
