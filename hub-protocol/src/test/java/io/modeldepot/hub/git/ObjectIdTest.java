package io.modeldepot.hub.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.hub.git.ObjectId.Child;
import io.modeldepot.hub.git.ObjectId.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The expected ids are what {@code git hash-object} and {@code git write-tree} print. */
class ObjectIdTest {

  @Test
  void contentHasTheIdThatGitGivesIt() {
    assertThat(ObjectId.ofBlob("test content\n".getBytes(UTF_8)))
        .isEqualTo("d670460b4b4aece5915caf5c68d12f560a9fe3e4");
    assertThat(ObjectId.ofBlob(new byte[0])).isEqualTo("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
  }

  @Test
  void anEmptyFolderHasTheIdThatGitGivesIt() {
    assertThat(ObjectId.ofTree(List.of())).isEqualTo("4b825dc642cb6eb9a060e54bf8d69288fbee4904");
  }

  @Test
  void aFolderSortsItsChildrenAsGitDoes() {
    String blob = "d670460b4b4aece5915caf5c68d12f560a9fe3e4";
    String inner = ObjectId.ofTree(List.of(new Child("x", Kind.FILE, blob)));
    assertThat(
            ObjectId.ofTree(
                List.of(
                    new Child("a", Kind.FOLDER, inner),
                    new Child("a.txt", Kind.FILE, blob),
                    new Child("a0", Kind.FILE, blob))))
        .isEqualTo("e3c819d5cb3f334977b658e191fab331e6871d45");
  }

  @Test
  void aPointerNamesItsContentInThreeLines() {
    LargeFilePointer pointer = new LargeFilePointer("ab".repeat(32), 9_976_576_152L);
    assertThat(new String(pointer.content(), UTF_8))
        .isEqualTo(
            "version https://git-lfs.github.com/spec/v1\noid sha256:"
                + "ab".repeat(32)
                + "\nsize 9976576152\n");
    assertThat(pointer.pointerSizeBytes()).isEqualTo(135);
  }
}
