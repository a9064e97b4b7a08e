package io.modeldepot.store.publish;

import io.modeldepot.events.terms.ManifestFile;
import java.io.IOException;
import java.util.List;

/** Files that a manifest calls present are neither among the parts nor anywhere on the volume. */
public final class MissingContent extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient List<ManifestFile> files;

  MissingContent(List<ManifestFile> files) {
    super(
        files.size()
            + " files are not on the volume, the first is "
            + files.getFirst().path()
            + "; they must be fetched again");
    this.files = List.copyOf(files);
  }

  /** The files to fetch again. */
  public List<ManifestFile> files() {
    return files;
  }
}
