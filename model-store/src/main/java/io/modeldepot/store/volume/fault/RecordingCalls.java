package io.modeldepot.store.volume.fault;

import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls that go through to others, and every change that succeeded is written down in order. For
 * one thread; bytes that are written are kept in memory.
 */
public final class RecordingCalls extends ForwardingCalls {
  private final Path root;
  private final List<Change> changes = new ArrayList<>();
  private int handles;

  /** Records changes below a volume's root. */
  public RecordingCalls(FileCalls real, Path root) {
    super(real);
    this.root = root.toAbsolutePath().normalize();
  }

  /** What was changed so far. */
  public Trace trace() {
    return new Trace(changes);
  }

  private Path relative(Path path) {
    return root.relativize(path.toAbsolutePath().normalize());
  }

  @Override
  public OpenFile create(Path file, int mode) throws IOException {
    OpenFile open = real.create(file, mode);
    int handle = ++handles;
    changes.add(new Change.Create(relative(file), mode, handle));
    return new RecordingFile(open, handle);
  }

  @Override
  public OpenFile openForWriting(Path file) throws IOException {
    return opened(file, real.openForWriting(file));
  }

  @Override
  public OpenFile openForReading(Path file) throws IOException {
    return opened(file, real.openForReading(file));
  }

  private OpenFile opened(Path file, OpenFile open) {
    int handle = ++handles;
    changes.add(new Change.Open(relative(file), handle));
    return new RecordingFile(open, handle);
  }

  @Override
  public void link(Path existing, Path name) throws IOException {
    real.link(existing, name);
    changes.add(new Change.Link(relative(existing), relative(name)));
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    real.rename(from, to);
    changes.add(new Change.Rename(relative(from), relative(to)));
  }

  @Override
  public void renameNoReplace(Path from, Path to) throws IOException {
    real.renameNoReplace(from, to);
    changes.add(new Change.RenameNoReplace(relative(from), relative(to)));
  }

  @Override
  public void exchange(Path one, Path other) throws IOException {
    real.exchange(one, other);
    changes.add(new Change.Exchange(relative(one), relative(other)));
  }

  @Override
  public void symlink(Path name, String target) throws IOException {
    real.symlink(name, target);
    changes.add(new Change.Symlink(relative(name), target));
  }

  @Override
  public void unlink(Path name) throws IOException {
    real.unlink(name);
    changes.add(new Change.Unlink(relative(name)));
  }

  @Override
  public void mkdir(Path directory, int mode) throws IOException {
    real.mkdir(directory, mode);
    changes.add(new Change.Mkdir(relative(directory), mode));
  }

  @Override
  public void rmdir(Path directory) throws IOException {
    real.rmdir(directory);
    changes.add(new Change.Rmdir(relative(directory)));
  }

  @Override
  public void chmod(Path path, int mode) throws IOException {
    real.chmod(path, mode);
    changes.add(new Change.Chmod(relative(path), mode));
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    real.syncDirectory(directory);
    changes.add(new Change.SyncDirectory(relative(directory)));
  }

  @Override
  public void allocate(Path file, long bytes) throws IOException {
    real.allocate(file, bytes);
    changes.add(new Change.Allocate(relative(file), bytes));
  }

  @Override
  public void cloneFile(Path from, Path to) throws IOException {
    real.cloneFile(from, to);
    changes.add(new Change.Clone(relative(from), relative(to)));
  }

  private final class RecordingFile implements OpenFile {
    private final OpenFile open;
    private final int handle;

    RecordingFile(OpenFile open, int handle) {
      this.open = open;
      this.handle = handle;
    }

    @Override
    public void write(ByteBuffer bytes, long position) throws IOException {
      byte[] written = new byte[bytes.remaining()];
      bytes.duplicate().get(written);
      open.write(bytes, position);
      changes.add(new Change.Write(handle, written, position));
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
    public void sync() throws IOException {
      open.sync();
      changes.add(new Change.Sync(handle));
    }

    @Override
    public void close() throws IOException {
      open.close();
    }
  }
}
