package io.modeldepot.mirror.hubapi;

import io.modeldepot.events.terms.GitSha1;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.hub.document.LargeFile;
import io.modeldepot.hub.document.LastCommit;
import io.modeldepot.hub.document.SecurityFileStatus;
import io.modeldepot.hub.document.TreeEntry;
import io.modeldepot.hub.git.LargeFilePointer;
import io.modeldepot.hub.git.ObjectId;
import io.modeldepot.mirror.shelf.Book;
import io.modeldepot.mirror.shelf.Edition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The entries of a version, files and folders, by path. Folders have the ids that git would give
 * them if the files that are here were all there is.
 *
 * @param entries by path
 */
record Listing(SortedMap<String, TreeEntry> entries) {

  static Listing of(Book book) {
    SortedMap<String, TreeEntry> entries = new TreeMap<>();
    Map<String, List<ObjectId.Child>> folders = new HashMap<>();
    for (ManifestFile file : book.files().values()) {
      TreeEntry entry = entry(file);
      entries.put(file.path(), entry);
      enter(folders, file.path(), ObjectId.Kind.FILE, entry.oid());
    }
    // Longest first: a folder's id is known before its parent's is made.
    List<String> deepestFirst =
        folders.keySet().stream()
            .filter(folder -> !folder.isEmpty())
            .flatMap(folder -> withParents(folder).stream())
            .distinct()
            .sorted((a, b) -> depth(b) - depth(a))
            .toList();
    for (String folder : deepestFirst) {
      String id = ObjectId.ofTree(folders.getOrDefault(folder, List.of()));
      entries.put(folder, TreeEntry.directory(folder, id));
      enter(folders, folder, ObjectId.Kind.FOLDER, id);
    }
    return new Listing(entries);
  }

  /** The entry of a path. */
  Optional<TreeEntry> at(String path) {
    return Optional.ofNullable(entries.get(path));
  }

  /**
   * The entries of a folder, in order of path.
   *
   * @param folder empty for the root
   */
  List<TreeEntry> below(String folder, Depth depth) {
    String prefix = folder.isEmpty() ? "" : folder + "/";
    return entries.values().stream()
        .filter(entry -> entry.path().startsWith(prefix))
        .filter(entry -> depth == Depth.ALL || entry.path().indexOf('/', prefix.length()) < 0)
        .toList();
  }

  /** How far down a listing goes. */
  enum Depth {
    ONE_FOLDER,
    ALL
  }

  /**
   * What {@code expand} adds. The volume knows one commit, the one that was fetched, so that is
   * every entry's last; nothing here scanned the files.
   */
  static TreeEntry expanded(TreeEntry entry, Edition edition) {
    return entry.expanded(
        new LastCommit(edition.commit().value(), "As published in the depot", edition.createdAt()),
        SecurityFileStatus.UNSCANNED);
  }

  /** What git holds of a large file; empty for a regular one. */
  static Optional<LargeFilePointer> pointer(ManifestFile file) {
    return file.gitSha1().isPresent()
        ? Optional.empty()
        : file.sha256()
            .map(Sha256::value)
            .map(sha256 -> new LargeFilePointer(sha256, file.sizeBytes()));
  }

  private static TreeEntry entry(ManifestFile file) {
    Optional<TreeEntry> large =
        pointer(file)
            .map(
                p ->
                    TreeEntry.large(
                        file.path(),
                        p.id(),
                        new LargeFile(p.sha256(), p.sizeBytes(), p.pointerSizeBytes())));
    return large.orElseGet(
        () ->
            TreeEntry.regular(
                file.path(), file.sizeBytes(), file.gitSha1().map(GitSha1::value).orElse("")));
  }

  private static void enter(
      Map<String, List<ObjectId.Child>> folders, String path, ObjectId.Kind kind, String id) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    folders
        .computeIfAbsent(parent(path), folder -> new ArrayList<>())
        .add(new ObjectId.Child(name, kind, id));
  }

  private static List<String> withParents(String folder) {
    List<String> all = new ArrayList<>();
    for (String at = folder; !at.isEmpty(); at = parent(at)) {
      all.add(at);
    }
    return all;
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  private static int depth(String path) {
    return (int) path.chars().filter(c -> c == '/').count();
  }
}
