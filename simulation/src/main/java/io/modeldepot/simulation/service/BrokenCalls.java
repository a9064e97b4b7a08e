package io.modeldepot.simulation.service;

import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import io.modeldepot.store.volume.call.OpenFile;
import io.modeldepot.store.volume.call.Space;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Calls that go through to others, but for the one that is broken. */
final class BrokenCalls implements FileCalls {
  private final FileCalls real;
  private final Broken.Step step;

  BrokenCalls(FileCalls real, Broken.Step step) {
    this.real = real;
    this.step = step;
  }

  @Override
  public OpenFile create(Path file, int mode) throws IOException {
    return opened(real.create(file, mode));
  }

  @Override
  public OpenFile openForWriting(Path file) throws IOException {
    return opened(real.openForWriting(file));
  }

  @Override
  public OpenFile openForReading(Path file) throws IOException {
    return opened(real.openForReading(file));
  }

  private OpenFile opened(OpenFile open) {
    return step == Broken.Step.NO_SYNC ? new Unsynced(open) : open;
  }

  @Override
  public void link(Path existing, Path name) throws IOException {
    real.link(existing, name);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    boolean taking = String.valueOf(from.getFileName()).equals(Layout.FREE);
    if (step == Broken.Step.CLAIM_IN_TWO_STEPS && taking) {
      if (real.stat(from).isEmpty()) {
        throw new FileCallFailed("rename", from, Errno.ENOENT);
      }
      real.mkdir(to, DirectoryTree.DIRECTORY_MODE);
      for (Path entry : real.entries(from)) {
        real.rename(entry, to.resolve(String.valueOf(entry.getFileName())));
      }
      real.rmdir(from);
      return;
    }
    real.rename(from, to);
  }

  @Override
  public void renameNoReplace(Path from, Path to) throws IOException {
    real.renameNoReplace(from, to);
  }

  @Override
  public void exchange(Path one, Path other) throws IOException {
    if (step != Broken.Step.VIEW_IN_PLACE) {
      real.exchange(one, other);
      return;
    }
    for (Path fresh : real.entries(one)) {
      Path there = other.resolve(String.valueOf(fresh.getFileName()));
      if (real.stat(there).isPresent()) {
        real.exchange(fresh, there);
      } else {
        real.rename(fresh, there);
      }
    }
  }

  @Override
  public void symlink(Path name, String target) throws IOException {
    real.symlink(name, target);
  }

  @Override
  public String readLink(Path name) throws IOException {
    return real.readLink(name);
  }

  @Override
  public void unlink(Path name) throws IOException {
    real.unlink(name);
  }

  @Override
  public void mkdir(Path directory, int mode) throws IOException {
    real.mkdir(directory, mode);
  }

  @Override
  public void rmdir(Path directory) throws IOException {
    real.rmdir(directory);
  }

  @Override
  public void chmod(Path path, int mode) throws IOException {
    real.chmod(path, mode);
  }

  @Override
  public Optional<FileStat> stat(Path path) throws IOException {
    return real.stat(path);
  }

  @Override
  public List<Path> entries(Path directory) throws IOException {
    return real.entries(directory);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    real.syncDirectory(directory);
  }

  @Override
  public void allocate(Path file, long bytes) throws IOException {
    real.allocate(file, bytes);
  }

  @Override
  public void cloneFile(Path from, Path to) throws IOException {
    real.cloneFile(from, to);
  }

  @Override
  public boolean mayHaveWriter(Path file) throws IOException {
    return real.mayHaveWriter(file);
  }

  @Override
  public int user() {
    return real.user();
  }

  @Override
  public int threadsToLook() {
    return real.threadsToLook();
  }

  @Override
  public int freshNumber() {
    return real.freshNumber();
  }

  @Override
  public Space space(Path path) throws IOException {
    return real.space(path);
  }

  @Override
  public String fileSystemType(Path path) throws IOException {
    return real.fileSystemType(path);
  }

  private record Unsynced(OpenFile open) implements OpenFile {
    @Override
    public void write(ByteBuffer bytes, long position) throws IOException {
      open.write(bytes, position);
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      return open.read(into, position);
    }

    @Override
    public long size() throws IOException {
      return open.size();
    }

    @Override
    public void sync() {}

    @Override
    public void close() throws IOException {
      open.close();
    }
  }
}
