package io.modeldepot.cli.progress;

import java.util.List;

/** {@code --progress=none}. */
public final class Silent implements ProgressView {
  @Override
  public void show(List<Job> jobs) {}

  @Override
  public void end(List<Job> jobs) {}
}
