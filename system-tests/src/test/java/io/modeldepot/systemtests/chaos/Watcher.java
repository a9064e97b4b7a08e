package io.modeldepot.systemtests.chaos;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.layout.Layout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Looks at the volume as an application would, all the time: every file that is to be seen below
 * {@code versions/}, {@code models/} and {@code active/} has the bytes that the hub has at that
 * commit, a version with a manifest has all of them, and a view shows one version alone.
 */
final class Watcher {
  private static final Duration BETWEEN = Duration.ofMillis(300);

  private final Layout layout;
  private final List<MovingModel> models;
  private final History history;
  private final Map<Object, Sha256> digests = new HashMap<>();
  private long files;
  private long looks;

  Watcher(Path volume, List<MovingModel> models, History history) {
    this.layout = new Layout(volume);
    this.models = models;
    this.history = history;
  }

  /** Files that were looked at, and how often it looked at all. */
  synchronized Map<String, Long> seen() {
    return Map.of("looks", looks, "files", files, "contents", (long) digests.size());
  }

  void goOn(long untilNanos) throws InterruptedException {
    while (System.nanoTime() < untilNanos) {
      look();
      Thread.sleep(BETWEEN);
    }
  }

  /** One look at everything. */
  synchronized void look() {
    looks++;
    for (MovingModel model : models) {
      look(() -> versions(model));
      look(() -> view(model));
      look(() -> active(model));
    }
  }

  private static void look(Look one) {
    try {
      one.take();
    } catch (IOException e) {
      // The volume is not there, or something went while we looked at it.
    }
  }

  private interface Look {
    void take() throws IOException;
  }

  private void versions(MovingModel model) throws IOException {
    for (CommitId commit : children(layout.model(model.name()))) {
      Path tree = layout.tree(model.name(), commit);
      boolean complete = Files.exists(layout.manifest(model.name(), commit));
      Optional<Map<String, Sha256>> hub = model.at(commit);
      if (hub.isEmpty()) {
        history.broken(tree + " is a version that the hub never had.");
        continue;
      }
      Map<String, Sha256> here = read(tree);
      if (complete && here.size() < hub.get().size()) {
        // It may have gone and come back meanwhile; it does not do that twice.
        here = read(tree);
      }
      boolean stays = Files.exists(layout.manifest(model.name(), commit));
      for (Map.Entry<String, Sha256> file : here.entrySet()) {
        if (!file.getValue().equals(hub.get().get(file.getKey()))) {
          history.broken(tree.resolve(file.getKey()) + " is not the hub's: " + file.getValue());
        }
      }
      if (complete && stays && here.size() < hub.get().size()) {
        history.broken(tree + " has a manifest and only " + here.keySet());
      }
    }
  }

  private void view(MovingModel model) throws IOException {
    for (Path family : list(layout.models())) {
      Map<String, Sha256> shown = read(family.resolve(model.name().value()));
      if (!shown.isEmpty()
          && model.commits().stream()
              .flatMap(commit -> model.at(commit).stream())
              .noneMatch(hub -> hub.entrySet().containsAll(shown.entrySet()))) {
        history.broken("The view of " + model.name() + " is no version's: " + shown);
      }
    }
  }

  private void active(MovingModel model) throws IOException {
    Path link = layout.active(model.name());
    Path target = Files.readSymbolicLink(link);
    boolean leads = Files.isDirectory(link);
    if (!leads && Files.readSymbolicLink(link).equals(target) && isMounted()) {
      history.broken(link + " leads to " + target + ", where nothing is.");
    }
  }

  private boolean isMounted() {
    return Files.exists(layout.volumeFile());
  }

  private static List<Path> list(Path folder) throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      List<Path> found = new ArrayList<>();
      all.forEach(found::add);
      return found;
    }
  }

  private static Set<CommitId> children(Path folder) throws IOException {
    Set<CommitId> commits = new HashSet<>();
    for (Path one : list(folder)) {
      String name = one.getFileName().toString();
      if (CommitId.isOne(name)) {
        commits.add(CommitId.of(name));
      }
    }
    return commits;
  }

  /**
   * The files of one directory, which stays the same one while it is read, whatever takes its name
   * meanwhile. A file that goes while it is looked at is left out.
   */
  private Map<String, Sha256> read(Path folder) throws IOException {
    Map<String, Sha256> found = new TreeMap<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      SecureDirectoryStream<Path> same = (SecureDirectoryStream<Path>) all;
      for (Path entry : same) {
        Path name = entry.getFileName();
        try {
          found.put(name.toString(), digest(same, name));
        } catch (NoSuchFileException e) {
          // It goes with its version.
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Map.of();
    }
    files += found.size();
    return found;
  }

  private Sha256 digest(SecureDirectoryStream<Path> folder, Path name) throws IOException {
    BasicFileAttributes about =
        folder.getFileAttributeView(name, BasicFileAttributeView.class).readAttributes();
    Object identity = List.of(about.fileKey(), about.size(), about.lastModifiedTime());
    Sha256 known = digests.get(identity);
    if (known == null) {
      known = bytes(folder, name);
      digests.put(identity, known);
    }
    return known;
  }

  private static Sha256 bytes(SecureDirectoryStream<Path> folder, Path name) throws IOException {
    try (InputStream bytes =
            Channels.newInputStream(
                folder.newByteChannel(
                    name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
        DigestInputStream in = new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
      return Sha256.of(HexFormat.of().formatHex(in.getMessageDigest().digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
