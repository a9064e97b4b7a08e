package io.modeldepot.registry.desired.folder;

import io.modeldepot.events.terms.Sha256;
import io.modeldepot.registry.desired.document.DesiredState;
import io.modeldepot.registry.desired.document.Faulty;
import io.modeldepot.registry.problem.LargeBodies;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What lies in a directory at one moment: its *.yaml and *.yml, links followed, hidden ones not. A
 * ConfigMap's files are links through a hidden directory that is exchanged.
 *
 * @param files contents by name
 */
record Directory(SortedMap<String, byte[]> files) {

  /**
   * Reads it.
   *
   * @throws IOException if it, or a file in it, cannot be read
   */
  static Directory read(Path directory) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    List<Path> found;
    try (Stream<Path> all = Files.list(directory)) {
      found = all.filter(Directory::meant).toList();
    }
    for (Path file : found) {
      try (InputStream in = Files.newInputStream(file)) {
        // One byte more than is read is enough to be refused as too large.
        files.put(file.getFileName().toString(), in.readNBytes(LargeBodies.MOST_BYTES + 1));
      }
    }
    return new Directory(files);
  }

  private static boolean meant(Path file) {
    String name = file.getFileName().toString();
    return !name.startsWith(".")
        && (name.endsWith(".yaml") || name.endsWith(".yml"))
        && !Files.isDirectory(file);
  }

  /** Equal where names and contents are. */
  Sha256 digest() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      String head = file.getKey() + "\n" + file.getValue().length + "\n";
      all.writeBytes(head.getBytes(StandardCharsets.UTF_8));
      all.writeBytes(file.getValue());
    }
    return Sha256.ofBytes(all.toByteArray());
  }

  /**
   * What the files say together.
   *
   * @throws Faulty with what is wrong in the first that is wrong, or between them
   */
  DesiredState wanted() throws Faulty {
    List<DesiredState> documents = new ArrayList<>();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      documents.add(DesiredState.read(file.getKey(), file.getValue()));
    }
    return DesiredState.together(documents);
  }
}
