package io.modeldepot.mirror.hubapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.mirror.hubapi.HubPath.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubPathTest {

  @ParameterizedTest
  @CsvSource({
    "/api/models/a/b, INFO, a/b, '', ''",
    "/api/models/a/b/revision/refs%2Fpr%2F1, INFO, a/b, refs/pr/1, ''",
    "/api/models/a/b/tree/main, TREE, a/b, main, ''",
    "/api/models/a/b/tree/main/x%2Fy, TREE, a/b, main, x/y",
    "/api/models/a/b/tree/main/x/y, TREE, a/b, main, x/y",
    "/api/models/a/b/paths-info/main, PATHS_INFO, a/b, main, ''",
    "/api/models/a/b/refs, REFS, a/b, '', ''",
    "/api/models/a/b/auth-check, AUTH_CHECK, a/b, '', ''",
    "/a/b/resolve/main/x/y%20z, RESOLVE, a/b, main, x/y z",
    "/a/b/resolve/refs%2Fpr%2F1/x, RESOLVE, a/b, refs/pr/1, x",
    "/a/b/raw/main/x, RAW, a/b, main, x",
    "/api/resolve-cache/models/a/b/0123/x/y, RESOLVE, a/b, 0123, x/y"
  })
  void aPathOfTheHubIsReadWithItsTwoPartName(
      String path, Kind kind, String repository, String revision, String file) {
    assertThat(HubPath.readings(path))
        .first()
        .isEqualTo(new HubPath(kind, repository, revision, file));
  }

  @ParameterizedTest
  @CsvSource({
    "/api/models/phi-2/tree/main, TREE, main, ''",
    "/api/models/phi-2/refs, REFS, '', ''",
    "/phi-2/resolve/main/x, RESOLVE, main, x",
    "/api/models/phi-2/revision/main, INFO, main, ''"
  })
  void aNameOfOnePartIsAReadingToo(String path, Kind kind, String revision, String file) {
    assertThat(HubPath.readings(path)).contains(new HubPath(kind, "phi-2", revision, file));
  }

  @Test
  void aBranchCalledLikeADoorLeavesBothReadingsOpen() {
    assertThat(HubPath.readings("/api/models/phi-2/tree/refs"))
        .containsExactly(
            new HubPath(Kind.REFS, "phi-2/tree", "", ""),
            new HubPath(Kind.TREE, "phi-2", "refs", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "",
        "/q/health",
        "/q/health/resolve/x",
        "/api",
        "/api/models",
        "/a/b",
        "/a/b/resolve",
        "/a/b/resolve/main",
        "/a/b/blob/main/x",
        "/api/datasets/a/b",
        "/api/models/a/b/commits/main",
        "/api/models/a/b/paths-info/main/x"
      })
  void otherPathsAreNotTheHubs(String path) {
    assertThat(HubPath.readings(path)).isEmpty();
  }

  @Test
  void dotsAreNamesLikeAnyOther() {
    assertThat(HubPath.readings("/a/b/resolve/main/..%2F..%2Fetc/passwd"))
        .first()
        .isEqualTo(new HubPath(Kind.RESOLVE, "a/b", "main", "../../etc/passwd"));
  }

  @Test
  void brokenEncodingIsRefused() {
    assertThatThrownBy(() -> HubPath.readings("/a/b/resolve/main/%zz"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
