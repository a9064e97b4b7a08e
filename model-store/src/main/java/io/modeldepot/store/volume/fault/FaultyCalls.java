package io.modeldepot.store.volume.fault;

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
import java.util.concurrent.atomic.AtomicInteger;

/** Calls that go through to others unless they are told to fail. Safe for threads. */
public final class FaultyCalls implements FileCalls {
  private final FileCalls real;
  private final AtomicInteger made = new AtomicInteger();
  private volatile Fault fault = (number, call, path) -> Optional.empty();

  /** Calls that all succeed until told otherwise. */
  public FaultyCalls(FileCalls real) {
    this.real = real;
  }

  /** Decides which calls fail. */
  @FunctionalInterface
  public interface Fault {
    /**
     * Why a call is to fail, if it is.
     *
     * @param number how many calls were made before, since the fault was set
     * @param call the name of the method, for example {@code rename}
     * @param path the path it is about
     */
    Optional<Errno> of(int number, String call, Path path);
  }

  /** Sets what fails from now on, and counts anew. */
  public void fail(Fault next) {
    made.set(0);
    fault = next;
  }

  /** One call fails, once. */
  public void failOnce(int number, Errno errno) {
    fail((made, call, path) -> made == number ? Optional.of(errno) : Optional.empty());
  }

  /** Everything succeeds from now on. */
  public void heal() {
    fail((number, call, path) -> Optional.empty());
  }

  /** How many calls were made since the fault was set. */
  public int made() {
    return made.get();
  }

  private void before(String call, Path path) throws IOException {
    Optional<Errno> errno = fault.of(made.getAndIncrement(), call, path);
    if (errno.isPresent()) {
      throw new FileCallFailed(call, path, errno.get());
    }
  }

  @Override
  public OpenFile create(Path file, int mode) throws IOException {
    before("create", file);
    return new FaultyFile(file, real.create(file, mode));
  }

  @Override
  public OpenFile openForWriting(Path file) throws IOException {
    before("openForWriting", file);
    return new FaultyFile(file, real.openForWriting(file));
  }

  @Override
  public OpenFile openForReading(Path file) throws IOException {
    before("openForReading", file);
    return new FaultyFile(file, real.openForReading(file));
  }

  @Override
  public void link(Path existing, Path name) throws IOException {
    before("link", name);
    real.link(existing, name);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    before("rename", to);
    real.rename(from, to);
  }

  @Override
  public void renameNoReplace(Path from, Path to) throws IOException {
    before("renameNoReplace", to);
    real.renameNoReplace(from, to);
  }

  @Override
  public void exchange(Path one, Path other) throws IOException {
    before("exchange", other);
    real.exchange(one, other);
  }

  @Override
  public void symlink(Path name, String target) throws IOException {
    before("symlink", name);
    real.symlink(name, target);
  }

  @Override
  public String readLink(Path name) throws IOException {
    before("readLink", name);
    return real.readLink(name);
  }

  @Override
  public void unlink(Path name) throws IOException {
    before("unlink", name);
    real.unlink(name);
  }

  @Override
  public void mkdir(Path directory, int mode) throws IOException {
    before("mkdir", directory);
    real.mkdir(directory, mode);
  }

  @Override
  public void rmdir(Path directory) throws IOException {
    before("rmdir", directory);
    real.rmdir(directory);
  }

  @Override
  public void chmod(Path path, int mode) throws IOException {
    before("chmod", path);
    real.chmod(path, mode);
  }

  @Override
  public Optional<FileStat> stat(Path path) throws IOException {
    before("stat", path);
    return real.stat(path);
  }

  @Override
  public List<Path> entries(Path directory) throws IOException {
    before("list", directory);
    return real.entries(directory);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    before("syncDirectory", directory);
    real.syncDirectory(directory);
  }

  @Override
  public void allocate(Path file, long bytes) throws IOException {
    before("allocate", file);
    real.allocate(file, bytes);
  }

  @Override
  public void cloneFile(Path from, Path to) throws IOException {
    before("cloneFile", to);
    real.cloneFile(from, to);
  }

  @Override
  public boolean mayHaveWriter(Path file) throws IOException {
    before("mayHaveWriter", file);
    return real.mayHaveWriter(file);
  }

  @Override
  public int user() {
    return real.user();
  }

  @Override
  public int freshNumber() {
    return real.freshNumber();
  }

  @Override
  public Space space(Path path) throws IOException {
    before("space", path);
    return real.space(path);
  }

  @Override
  public String fileSystemType(Path path) throws IOException {
    before("fileSystemType", path);
    return real.fileSystemType(path);
  }

  private final class FaultyFile implements OpenFile {
    private final Path file;
    private final OpenFile open;

    FaultyFile(Path file, OpenFile open) {
      this.file = file;
      this.open = open;
    }

    @Override
    public void write(ByteBuffer bytes, long position) throws IOException {
      before("write", file);
      open.write(bytes, position);
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      before("read", file);
      return open.read(into, position);
    }

    @Override
    public long size() throws IOException {
      before("size", file);
      return open.size();
    }

    @Override
    public void sync() throws IOException {
      before("sync", file);
      open.sync();
    }

    @Override
    public void close() throws IOException {
      open.close();
    }
  }
}
