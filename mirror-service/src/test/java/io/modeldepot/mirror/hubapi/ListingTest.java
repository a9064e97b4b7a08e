package io.modeldepot.mirror.hubapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.events.terms.GitSha1;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.hub.document.LargeFile;
import io.modeldepot.hub.document.TreeEntry;
import io.modeldepot.mirror.hubapi.Listing.Depth;
import io.modeldepot.mirror.shelf.Book;
import io.modeldepot.mirror.shelf.Edition.Standing;
import io.modeldepot.mirror.shelf.Editions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ListingTest {
  /** Git's id of {@code "test content\n"}. */
  private static final String BLOB = "d670460b4b4aece5915caf5c68d12f560a9fe3e4";

  /** What {@code git write-tree} prints for a folder with this content as {@code x}. */
  private static final String TREE_OF_X = "87116d89612d2f9480abb66987be3fd0a9308cb8";

  private final Listing listing =
      Listing.of(book(regular("a/x"), regular("a.txt"), regular("a0"), large("w/v/model.bin")));

  @Test
  void foldersAreListedWithTheIdsThatGitGivesThem() {
    assertThat(listing.at("a").map(TreeEntry::oid)).contains(TREE_OF_X);
  }

  @Test
  void aLargeFileStatesItsContentAndItsPointer() {
    TreeEntry entry = listing.at("w/v/model.bin").orElseThrow();
    assertThat(entry.lfs()).contains(new LargeFile("ab".repeat(32), 9_000_000_000L, 135));
    assertThat(entry.oid()).isNotEqualTo("ab".repeat(32)).hasSize(40);
    assertThat(entry.size()).isEqualTo(9_000_000_000L);
  }

  @Test
  void aFolderIsListedAloneOrWithAllBelow() {
    assertThat(paths("", Depth.ONE_FOLDER)).containsExactly("a", "a.txt", "a0", "w");
    assertThat(paths("", Depth.ALL))
        .containsExactly("a", "a.txt", "a/x", "a0", "w", "w/v", "w/v/model.bin");
    assertThat(paths("w", Depth.ONE_FOLDER)).containsExactly("w/v");
    assertThat(paths("w", Depth.ALL)).containsExactly("w/v", "w/v/model.bin");
  }

  @Test
  void pagesTogetherAreTheListing() {
    Page<Integer> first = Page.of(List.of(1, 2, 3), "", "2", 1000);
    Page<Integer> second =
        Page.of(List.of(1, 2, 3), first.next().map(String::valueOf).orElse(""), "2", 1000);
    assertThat(first.items()).containsExactly(1, 2);
    assertThat(second).isEqualTo(new Page<>(List.of(3), Optional.empty()));
  }

  @Test
  void aPageIsNoLongerThanWeAllow() {
    assertThat(Page.of(List.of(1, 2, 3), "", "999999", 2).items()).hasSize(2);
  }

  @Test
  void aCursorThatWeDidNotGiveIsRefused() {
    for (String cursor : List.of("-1", "x", "99999999999")) {
      assertThatThrownBy(() -> Page.of(List.of(1), cursor, "", 10)).isInstanceOf(Denied.class);
    }
    assertThat(Page.of(List.of(1), "7", "", 10).items()).isEmpty();
  }

  private List<String> paths(String folder, Depth depth) {
    return listing.below(folder, depth).stream().map(TreeEntry::path).toList();
  }

  private static Book book(ManifestFile... files) {
    TreeMap<String, ManifestFile> byPath = new TreeMap<>();
    for (ManifestFile file : files) {
      byPath.put(file.path(), file);
    }
    return new Book(
        Editions.edition("m", 1, Standing.CURRENT, "a/b", "main"), Path.of("/none"), byPath);
  }

  private static ManifestFile regular(String path) {
    return new ManifestFile(
        path,
        13,
        true,
        Optional.of(Sha256.of("cd".repeat(32))),
        Optional.of(GitSha1.of(BLOB)),
        Optional.empty(),
        Optional.empty());
  }

  private static ManifestFile large(String path) {
    return new ManifestFile(
        path,
        9_000_000_000L,
        true,
        Optional.of(Sha256.of("ab".repeat(32))),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
