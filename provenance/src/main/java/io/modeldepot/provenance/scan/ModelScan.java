package io.modeldepot.provenance.scan;

import io.modeldepot.provenance.container.FileBytes;
import io.modeldepot.provenance.pickle.AllowList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the files of a model would do when they are loaded.
 *
 * @param files each file that is more than data, in order of path
 * @param fileCount how many were looked at
 */
public record ModelScan(List<FileScan> files, int fileCount) {
  /** Keeps a copy. */
  public ModelScan {
    files = List.copyOf(files);
  }

  /**
   * Looks at every file, whatever its name. Scanning again gives the same answer.
   *
   * @param files path in the repository, to where the file lies now
   * @throws IOException if one cannot be read
   */
  public static ModelScan of(Map<String, Path> files) throws IOException {
    SortedMap<String, Path> sorted = new TreeMap<>(files);
    List<FileScan> scans = new ArrayList<>();
    for (Map.Entry<String, Path> file : sorted.entrySet()) {
      try (FileBytes bytes = FileBytes.open(file.getValue())) {
        FileScan scan =
            FileScanner.scan(file.getKey(), bytes, AllowList.ofCheckpoints(), ScanLimits.USUAL);
        if (scan.verdict() != Verdict.DATA) {
          scans.add(scan);
        }
      }
    }
    return new ModelScan(scans, sorted.size());
  }

  /** The worst of all files. */
  public Verdict verdict() {
    return files.stream().map(FileScan::verdict).max(Verdict::compareTo).orElse(Verdict.DATA);
  }

  /** Why it is not allowed, file by file; empty when it is. */
  public List<Finding> findings() {
    return files.stream().flatMap(file -> file.findings().stream()).toList();
  }
}
