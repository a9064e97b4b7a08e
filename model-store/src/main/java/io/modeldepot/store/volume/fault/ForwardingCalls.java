package io.modeldepot.store.volume.fault;

import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.FileStat;
import io.modeldepot.store.volume.call.OpenFile;
import io.modeldepot.store.volume.call.Space;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Calls that go through to others as they are, to be overridden where something else happens. */
public class ForwardingCalls implements FileCalls {
  /** The calls that these go through to. */
  protected final FileCalls real;

  /** Goes through to these. */
  protected ForwardingCalls(FileCalls real) {
    this.real = real;
  }

  @Override
  public OpenFile create(Path file, int mode) throws IOException {
    return real.create(file, mode);
  }

  @Override
  public OpenFile openForWriting(Path file) throws IOException {
    return real.openForWriting(file);
  }

  @Override
  public OpenFile openForReading(Path file) throws IOException {
    return real.openForReading(file);
  }

  @Override
  public void link(Path existing, Path name) throws IOException {
    real.link(existing, name);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    real.rename(from, to);
  }

  @Override
  public void renameNoReplace(Path from, Path to) throws IOException {
    real.renameNoReplace(from, to);
  }

  @Override
  public void exchange(Path one, Path other) throws IOException {
    real.exchange(one, other);
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
}
