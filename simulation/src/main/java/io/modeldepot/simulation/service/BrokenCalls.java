package io.modeldepot.simulation.service;

import io.modeldepot.store.layout.Layout;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import io.modeldepot.store.volume.call.FileCalls;
import io.modeldepot.store.volume.call.OpenFile;
import io.modeldepot.store.volume.fault.ForwardingCalls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Calls that go through to others, but for the one that is broken. */
final class BrokenCalls extends ForwardingCalls {
  private final Broken.Step step;

  BrokenCalls(FileCalls real, Broken.Step step) {
    super(real);
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
