package io.modeldepot.downloader.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.CommitId;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Trees that come from a directory. */
@QuarkusTest
class DirectoryTest extends House {

  private Path tree(String name) throws IOException {
    Path tree = Files.createDirectories(imports.resolve(name));
    Files.writeString(tree.resolve("config.json"), "{\"architectures\":[\"GPT2LMHeadModel\"]}");
    Files.createDirectories(tree.resolve("sub"));
    Files.writeString(tree.resolve("sub/notes.txt"), "by hand, " + name);
    return tree;
  }

  private void take(String source, String model, String from) {
    ask("di-" + model, model, "\"source\":\"" + source + "\"", "\"from\":\"" + from + "\"");
  }

  private String refusedWith(String model, String from) {
    describe(model);
    take("import", model, from);
    String code = failed("di-" + model).text("/problem/code");
    assertThat(view(model)).doesNotExist();
    return code;
  }

  @Test
  void anImportIsACommitOfItsBytes() throws Exception {
    Path from = tree("imported");
    describe("imported");

    take("import", "imported", from.toString());

    Ear.Heard end = done("di-imported");
    assertThat(end.text("/commit")).isEqualTo(commitOf(from));
    assertThat(end.number("/fetchedBytes")).isZero();
    Ear.Heard version = version("imported", CommitId.of(commitOf(from)));
    assertThat(version.text("/source/kind")).isEqualTo("import");
    assertThat(version.text("/verifiedBy")).isEqualTo("self");
    assertThat(version.text("/profile/architecture")).isEqualTo("GPT2LMHeadModel");
    assertThat(view("imported").resolve("sub/notes.txt")).hasContent("by hand, imported");
    assertThat(hub.requests()).isEmpty();
  }

  @Test
  void importingTheSameTreeAgainChangesNothing() throws Exception {
    Path from = tree("imported-twice");
    describe("imported-twice");
    take("import", "imported-twice", from.toString());
    CommitId commit = CommitId.of(done("di-imported-twice").text("/commit"));
    long generation = version("imported-twice", commit).number("/generation");

    ask("di-again", "imported-twice", "\"source\":\"import\"", "\"from\":\"" + from + "\"");

    assertThat(done("di-again").text("/commit")).isEqualTo(commit.value());
    Ear.Heard again =
        version(
            "imported-twice",
            commit,
            it -> it.value().orElseThrow().at("/requestIds").toString().contains("di-again"));
    assertThat(again.number("/generation")).isEqualTo(generation);
  }

  @Test
  void anAdoptedTreeSaysSo() throws Exception {
    Path from = tree("adopted");
    describe("adopted");

    take("adopt", "adopted", from.toString());

    CommitId commit = CommitId.of(done("di-adopted").text("/commit"));
    assertThat(version("adopted", commit).text("/source/kind")).isEqualTo("adopted");
    assertThat(findings("adopted", commit)).isEmpty();
  }

  @Test
  void aTreeThatSomebodyCopiedIntoTheVolumesModelsCanBeAdoptedWhereItLies() throws Exception {
    Path from = Files.createDirectories(view("copied-in"));
    Files.writeString(from.resolve("config.json"), "{\"mine\":true}");
    describe("copied-in");

    take("adopt", "copied-in", from.toString());

    CommitId commit = CommitId.of(done("di-copied-in").text("/commit"));
    assertThat(findings("copied-in", commit)).isEmpty();
    assertThat(view("copied-in").resolve("config.json")).hasContent("{\"mine\":true}");
  }

  @Test
  void aDirectoryThatIsNotBelowAConfiguredRootIsForbidden() {
    assertThat(refusedWith("outside", root.resolve("versions").toString())).isEqualTo("forbidden");
  }

  @Test
  void theRootItselfIsForbidden() {
    assertThat(refusedWith("root-itself", imports.toString())).isEqualTo("forbidden");
  }

  @Test
  void aPathThatClimbsOutOfItsRootIsForbidden() {
    assertThat(refusedWith("climber", imports + "/../" + root.getFileName() + "/versions"))
        .isEqualTo("forbidden");
  }

  @Test
  void aLinkThatLeadsOutOfItsRootIsForbidden() throws IOException {
    Path link = Files.createSymbolicLink(imports.resolve("way-out"), root.resolve("versions"));

    assertThat(refusedWith("linked-out", link.toString())).isEqualTo("forbidden");
  }

  @Test
  void aFileOfATreeThatIsALinkOutOfItIsNotFollowed() throws IOException {
    Path from = tree("leaky");
    Files.createSymbolicLink(from.resolve("passwd"), Path.of("/etc/passwd"));

    assertThat(refusedWith("leaky", from.toString())).isEqualTo("invalid");
  }

  @Test
  void aDirectoryThatIsNotThereIsForbiddenLikeAnyOther() {
    assertThat(refusedWith("not-there", imports.resolve("nothing").toString()))
        .isEqualTo("forbidden");
  }

  @Test
  void anEmptyTreeIsNoModel() throws IOException {
    Path from = Files.createDirectories(imports.resolve("empty-tree"));

    assertThat(refusedWith("empty-tree", from.toString())).isEqualTo("invalid");
  }

  @Test
  void aTreeWithABadNameIsRefused() throws IOException {
    Path from = tree("bad-tree");
    Files.writeString(from.resolve("CONFIG.json"), "collides");

    assertThat(refusedWith("bad-tree", from.toString())).isEqualTo("bad-name");
  }

  /** First 40 hex digits of the SHA-256 over {@code <sha256> <path>} lines, sorted by path. */
  private static String commitOf(Path tree) throws Exception {
    StringBuilder lines = new StringBuilder();
    for (String path : new String[] {"config.json", "sub/notes.txt"}) {
      lines.append(sha256(Files.readAllBytes(tree.resolve(path)))).append("  ").append(path);
      lines.append('\n');
    }
    return sha256(lines.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 40);
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
