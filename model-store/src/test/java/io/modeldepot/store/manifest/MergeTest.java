package io.modeldepot.store.manifest;

import static io.modeldepot.store.StoreFixture.FIRST;
import static io.modeldepot.store.StoreFixture.SECOND;
import static io.modeldepot.store.StoreFixture.files;
import static io.modeldepot.store.StoreFixture.manifest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.events.terms.Source;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MergeTest {
  private static final Manifest A = manifest(FIRST, files("a", "1", "b", "2"));
  private static final Manifest B = manifest(FIRST, files("b", "2", "c", "3"));

  @Test
  void ofTwoSelectionsBothArePresent() {
    assertThat(Merge.of(A, B).files())
        .extracting(ManifestFile::path)
        .containsExactly("a", "b", "c");
  }

  @Test
  void ofTheSameContentWhatOnlyTheOlderOneKnowsStays() {
    ManifestFile known = A.files().getFirst();
    ManifestFile reused =
        new ManifestFile(
            known.path(),
            known.sizeBytes(),
            true,
            known.sha256(),
            Optional.empty(),
            known.verifiedBy(),
            Optional.empty());
    Manifest newer =
        new Manifest(
            A.format(),
            A.model(),
            A.family(),
            A.commit(),
            A.source(),
            A.selection(),
            List.of(reused),
            A.profile(),
            A.createdAt());

    assertThat(Merge.of(A, newer).files().getFirst()).isEqualTo(known);
  }

  @Test
  void aRepairByCommitForgetsNoBranch() {
    Manifest branch = from(A, "main");
    Manifest repair = from(B, A.commit().value());

    assertThat(Merge.of(branch, repair).source().revision()).contains("main");
    assertThat(Merge.of(branch, from(B, "v2")).source().revision()).contains("v2");
  }

  private static Manifest from(Manifest manifest, String revision) {
    Source source = manifest.source();
    return new Manifest(
        manifest.format(),
        manifest.model(),
        manifest.family(),
        manifest.commit(),
        new Source(
            source.kind(),
            source.endpoint(),
            source.repository(),
            Optional.of(revision),
            source.licence(),
            source.gated()),
        manifest.selection(),
        manifest.files(),
        manifest.profile(),
        manifest.createdAt());
  }

  @Test
  void mergingTwiceIsMergingOnce() {
    assertThat(Merge.same(Merge.of(Merge.of(A, B), B), Merge.of(A, B))).isTrue();
  }

  @Test
  void twoCommitsAreNotMerged() {
    Manifest other = manifest(SECOND, files("a", "1"));

    assertThatThrownBy(() -> Merge.of(A, other)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void oneCommitHasOneContentUnderAPath() {
    Manifest other = manifest(FIRST, files("a", "other"));

    assertThatThrownBy(() -> Merge.of(A, other)).isInstanceOf(IllegalArgumentException.class);
  }
}
