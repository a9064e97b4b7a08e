package io.modeldepot.store.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.store.StoreFixture;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import io.modeldepot.store.volume.call.LinuxCalls;
import io.modeldepot.store.volume.call.OpenFile;
import io.modeldepot.store.volume.fault.FaultyCalls;
import io.modeldepot.store.volume.fault.RecordingCalls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the store needs of file-system calls, held against every implementation on every place. */
final class FileCallsTest {
  private final List<Path> directories = new ArrayList<>();

  /** An implementation on a file system. */
  record Subject(String name, Path place, Function<Path, FileCalls> make) {
    @Override
    public String toString() {
      return name + " on " + place;
    }
  }

  static Stream<Subject> subjects() {
    return StoreFixture.places().stream()
        .flatMap(
            place ->
                Stream.of(
                    new Subject("Linux", place, root -> new LinuxCalls()),
                    new Subject("faulty", place, root -> new FaultyCalls(new LinuxCalls())),
                    new Subject(
                        "recording", place, root -> new RecordingCalls(new LinuxCalls(), root))));
  }

  private Path root(Subject subject) throws IOException {
    Path root = Files.createTempDirectory(subject.place(), "calls-");
    directories.add(root);
    return root;
  }

  @AfterEach
  void removeDirectories() throws IOException {
    for (Path directory : directories) {
      DirectoryTree.remove(new LinuxCalls(), directory);
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void whatIsWrittenAtAPositionIsReadThere(Subject subject) throws IOException {
    Path root = root(subject);
    FileCalls calls = subject.make().apply(root);
    try (OpenFile file = calls.create(root.resolve("f"), 0644)) {
      file.write(ByteBuffer.wrap(new byte[] {4, 5}), 3);
      ByteBuffer read = ByteBuffer.allocate(10);

      assertThat(file.read(read, 0)).isEqualTo(5);
      assertThat(read.array()).startsWith(0, 0, 0, 4, 5);
      assertThat(file.size()).isEqualTo(5);
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void aFileIsMadeOnceAndWithItsModeWhateverTheMask(Subject subject) throws IOException {
    Path root = root(subject);
    FileCalls calls = subject.make().apply(root);
    calls.create(root.resolve("f"), 0666).close();

    assertThat(calls.stat(root.resolve("f")).orElseThrow().mode()).isEqualTo(0666);
    refused(Errno.EEXIST, () -> calls.create(root.resolve("f"), 0666).close());
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void aMissingNameIsNoError(Subject subject) throws IOException {
    Path root = root(subject);
    FileCalls calls = subject.make().apply(root);

    assertThat(calls.stat(root.resolve("f"))).isEmpty();
    assertThat(calls.stat(root.resolve("f/g"))).isEmpty();
    refused(Errno.ENOENT, () -> calls.unlink(root.resolve("f")));
    refused(Errno.ENOENT, () -> calls.openForReading(root.resolve("f")).close());
    refused(Errno.ENOENT, () -> calls.list(root.resolve("f")));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void aLinkRaisesTheCountAndIsTheSameFile(Subject subject) throws IOException {
    Path root = root(subject);
    FileCalls calls = subject.make().apply(root);
    calls.create(root.resolve("f"), 0444).close();
    calls.link(root.resolve("f"), root.resolve("g"));
    FileStat one = calls.stat(root.resolve("f")).orElseThrow();
    FileStat other = calls.stat(root.resolve("g")).orElseThrow();

    assertThat(one.links()).isEqualTo(2);
    assertThat(one.sameFileAs(other)).isTrue();
    refused(Errno.EEXIST, () -> calls.link(root.resolve("f"), root.resolve("g")));
    refused(Errno.ENOENT, () -> calls.link(root.resolve("x"), root.resolve("y")));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void aRenameReplacesAFileAndAnEmptyDirectoryOnly(Subject subject) throws IOException {
    Path root = root(subject);
    FileCalls calls = subject.make().apply(root);
    calls.mkdir(root.resolve("a"), 0755);
    calls.mkdir(root.resolve("b"), 0755);
    calls.mkdir(root.resolve("c"), 0755);
    calls.create(root.resolve("c/f"), 0644).close();
    calls.rename(root.resolve("a"), root.resolve("b"));

    assertThat(calls.list(root)).containsExactly("b", "c");
    assertThatThrownBy(() -> calls.rename(root.resolve("b"), root.resolve("c")))
        .isInstanceOfSatisfying(
            FileCallFailed.class,
            failed -> assertThat(failed.errno()).isIn(Errno.ENOTEMPTY, Errno.EEXIST));
    refused(Errno.ENOENT, () -> calls.rename(root.resolve("a"), root.resolve("d")));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void aRenameToAFreeNameRefusesATakenOne(Subject subject) throws IOException {
    Path root = root(subject);
    FileCalls calls = subject.make().apply(root);
    calls.create(root.resolve("a"), 0644).close();
    calls.create(root.resolve("b"), 0644).close();

    refused(Errno.EEXIST, () -> calls.renameNoReplace(root.resolve("a"), root.resolve("b")));
    calls.renameNoReplace(root.resolve("a"), root.resolve("c"));
    assertThat(calls.list(root)).containsExactly("b", "c");
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void twoDirectoriesAreExchangedAtOnce(Subject subject) throws IOException {
    Path root = root(subject);
    FileCalls calls = subject.make().apply(root);
    calls.mkdir(root.resolve("a"), 0755);
    calls.mkdir(root.resolve("b"), 0755);
    calls.create(root.resolve("a/f"), 0644).close();
    calls.exchange(root.resolve("a"), root.resolve("b"));

    assertThat(calls.list(root.resolve("b"))).containsExactly("f");
    refused(Errno.ENOENT, () -> calls.exchange(root.resolve("a"), root.resolve("x")));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void aSymbolicLinkHasItsTextAndIsNotFollowed(Subject subject) throws IOException {
    Path root = root(subject);
    FileCalls calls = subject.make().apply(root);
    calls.symlink(root.resolve("l"), "../nowhere/é");

    assertThat(calls.readLink(root.resolve("l"))).isEqualTo("../nowhere/é");
    assertThat(calls.stat(root.resolve("l")).orElseThrow().kind()).isEqualTo(FileStat.Kind.LINK);
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void aDirectoryWithEntriesIsNotRemoved(Subject subject) throws IOException {
    Path root = root(subject);
    FileCalls calls = subject.make().apply(root);
    calls.mkdir(root.resolve("a"), 0755);
    calls.mkdir(root.resolve("a/b"), 0755);

    refused(Errno.ENOTEMPTY, () -> calls.rmdir(root.resolve("a")));
    refused(Errno.EEXIST, () -> calls.mkdir(root.resolve("a"), 0755));
    assertThat(calls.stat(root.resolve("a")).orElseThrow().mode()).isEqualTo(0755);
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void allocatedSpaceIsTakenFromTheDisk(Subject subject) throws IOException {
    Path root = root(subject);
    FileCalls calls = subject.make().apply(root);
    Path file = root.resolve("f");
    calls.create(file, 0644).close();
    Assumptions.assumeTrue(new Probe(calls).probe(root).fallocate());
    calls.allocate(file, 3 << 20);

    assertThat(calls.stat(file).orElseThrow().sizeBytes()).isEqualTo(3 << 20);
    assertThat(calls.stat(file).orElseThrow().allocatedBytes()).isGreaterThanOrEqualTo(3 << 20);
    refused(Errno.ENOSPC, () -> calls.allocate(file, 1L << 42));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void aWriterIsSeenWhileItHasTheFileOpen(Subject subject) throws IOException {
    Path root = root(subject);
    FileCalls calls = subject.make().apply(root);
    Path file = root.resolve("f");
    calls.create(file, 0644).close();

    assertThat(calls.mayHaveWriter(file)).isFalse();
    try (FileChannel writer = FileChannel.open(file, StandardOpenOption.WRITE)) {
      // Neither another name nor a read-only mode shuts a writer out that has the file open.
      calls.rename(file, root.resolve("g"));
      calls.chmod(root.resolve("g"), 0444);
      assertThat(calls.mayHaveWriter(root.resolve("g"))).isTrue();
      assertThat(writer.isOpen()).isTrue();
    }
    assertThat(calls.mayHaveWriter(root.resolve("g"))).isFalse();
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void aCloneIsEqualOrRefusedWithoutATrace(Subject subject) throws IOException {
    Path root = root(subject);
    FileCalls calls = subject.make().apply(root);
    Files.writeString(root.resolve("f"), "content");
    if (new Probe(calls).probe(root).reflink()) {
      calls.cloneFile(root.resolve("f"), root.resolve("g"));
      assertThat(root.resolve("g")).hasContent("content");
    } else {
      assertThatThrownBy(() -> calls.cloneFile(root.resolve("f"), root.resolve("g")))
          .isInstanceOf(FileCallFailed.class);
      assertThat(calls.list(root)).containsExactly("f");
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void directoriesAndTheirSpaceCanBeAskedAfter(Subject subject) throws IOException {
    Path root = root(subject);
    FileCalls calls = subject.make().apply(root);
    calls.syncDirectory(root);

    assertThat(calls.space(root).usableBytes()).isBetween(1L, calls.space(root).capacityBytes());
    assertThat(calls.fileSystemType(root)).isNotBlank();
  }

  private static void refused(Errno errno, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            FileCallFailed.class, failed -> assertThat(failed.errno()).isEqualTo(errno));
  }
}
