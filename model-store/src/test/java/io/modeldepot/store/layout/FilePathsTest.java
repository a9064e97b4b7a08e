package io.modeldepot.store.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FilePathsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "config.json",
        "model-00001-of-00002.safetensors",
        "onnx/model.onnx_data",
        ".gitattributes",
        "a..b",
        "tokenizer/vocab (1).txt",
        "コンフィグ.json",
        "figures/überblick.png",
        "console.txt",
        "nully/commons.txt",
        "com10.txt"
      })
  void aNameThatRepositoriesHaveIsGood(String path) {
    assertThat(FilePaths.fault(path)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/etc/passwd",
        "..",
        "../x",
        "a/../b",
        "a/./b",
        ".",
        "a//b",
        "a/",
        "a\\b",
        "..\\x",
        "a\u0000b",
        "a\nb",
        "a\u001b[31m",
        "a\u202egpj.exe",
        "a\u2028b",
        "\ufeffa",
        "con",
        "CON.txt",
        "a/nul",
        "Aux.json",
        "com1",
        "LPT9.bin",
        "com¹",
        "a.",
        "a ",
        " a",
        "dir./x",
        "\ud800"
      })
  void aNameThatSomeSystemMisreadsIsRefused(String path) {
    assertThat(FilePaths.fault(path)).isPresent();
  }

  @Test
  void aNameMayHaveAsManyBytesAsLinuxHoldsAndNoMore() {
    assertThat(FilePaths.fault("a".repeat(255))).isEmpty();
    assertThat(FilePaths.fault("a".repeat(256))).isPresent();
    assertThat(FilePaths.fault("ü".repeat(128))).isPresent();
  }

  @Test
  void aPathMayHaveAsManyCharactersAsTheManifestAllows() {
    String folder = "a".repeat(15) + "/";
    assertThat(FilePaths.fault(folder.repeat(63) + "a".repeat(16))).isEmpty();
    assertThat(FilePaths.fault(folder.repeat(63) + "a".repeat(17))).isPresent();
  }

  @Test
  void aPathMayHaveSixtyFourPartsAndNoMore() {
    assertThat(FilePaths.fault("a/".repeat(63) + "b")).isEmpty();
    assertThat(FilePaths.fault("a/".repeat(64) + "b")).isPresent();
  }

  @Test
  void namesThatDifferInCaseAloneCollide() {
    assertThat(FilePaths.faults(List.of("README.md", "readme.md"))).hasSize(1);
  }

  @Test
  void namesThatDifferInUnicodeFormAloneCollide() {
    assertThat(FilePaths.faults(List.of("caf\u00e9", "cafe\u0301"))).hasSize(1);
  }

  @Test
  void namesThatFoldToOneNameCollide() {
    assertThat(FilePaths.faults(List.of("straße", "STRASSE"))).hasSize(1);
  }

  @Test
  void directoriesThatDifferInCaseAloneCollide() {
    assertThat(FilePaths.faults(List.of("Onnx/a", "onnx/b"))).hasSize(1);
  }

  @Test
  void aFileCannotBeADirectoryToo() {
    assertThat(FilePaths.faults(List.of("a", "a/b"))).hasSize(1);
    assertThat(FilePaths.faults(List.of("A", "a/b"))).hasSize(1);
  }

  @Test
  void theSamePathTwiceIsAFault() {
    assertThat(FilePaths.faults(List.of("a", "a"))).hasSize(1);
  }

  @Test
  void allFaultsOfASetAreFoundAtOnce() {
    assertThat(FilePaths.faults(List.of("../a", "ok", "OK", "nul"))).hasSize(3);
  }

  @Test
  void twentyThousandPathsAreJudgedInOneGo() {
    List<String> paths =
        java.util.stream.IntStream.range(0, 20_000)
            .mapToObj(i -> "d" + i % 100 + "/f" + i)
            .toList();
    assertThat(FilePaths.faults(paths)).isEmpty();
  }

  @Test
  void aHostileNameIsShownWithoutItsPower() {
    assertThat(new NameFault("a\u001b[2Jb", "is bad").quotedPath()).isEqualTo("\"a\\u001b[2Jb\"");
  }
}
