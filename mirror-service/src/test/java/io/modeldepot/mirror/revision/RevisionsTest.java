package io.modeldepot.mirror.revision;

import static io.modeldepot.mirror.shelf.Edition.Standing.CURRENT;
import static io.modeldepot.mirror.shelf.Edition.Standing.RETAINED;
import static io.modeldepot.mirror.shelf.Editions.commit;
import static io.modeldepot.mirror.shelf.Editions.edition;
import static io.modeldepot.mirror.shelf.Editions.shelved;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.hub.document.Refs.Ref;
import io.modeldepot.mirror.shelf.Edition;
import io.modeldepot.mirror.shelf.Shelved;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevisionsTest {
  private final Shelved phi =
      shelved(
          edition("phi-2", 1, RETAINED, "a/b", "v1"),
          edition("phi-2", 2, CURRENT, "a/b", "main"),
          edition("phi-2", 3, RETAINED, "a/b", "dev"),
          edition("phi-2", 4, RETAINED, "a/b", "dev"),
          edition("phi-2", 5, RETAINED, "a/b", "5".repeat(40)));

  @ParameterizedTest
  @CsvSource({"main, 2", "refs/heads/main, 2", "HEAD, 2", "v1, 1", "dev, 4"})
  void aNameMeansTheNewestVersionFetchedUnderIt(String revision, int digit) {
    assertThat(Revisions.resolve(phi, revision)).map(Edition::commit).contains(commit(digit));
  }

  @Test
  void aCommitMeansItselfInAnyCase() {
    Shelved one = new Shelved("a/b", List.of(phi.editions().getFirst()));
    assertThat(Revisions.resolve(phi, "5".repeat(40))).map(Edition::commit).contains(commit(5));
    assertThat(Revisions.resolve(one, "2".repeat(40).toUpperCase(Locale.ROOT))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "v2", "2222222", "9999999999999999999999999999999999999999", "refs/pr/1"})
  void anotherNameMeansNothing(String revision) {
    assertThat(Revisions.resolve(phi, revision)).isEmpty();
  }

  @Test
  void afterARollbackMainIsTheVersionThatWasRolledBackTo() {
    Shelved rolledBack =
        shelved(
            edition("phi-2", 1, CURRENT, "a/b", "v1"),
            edition("phi-2", 2, RETAINED, "a/b", "main"));
    assertThat(Revisions.resolve(rolledBack, "main")).map(Edition::commit).contains(commit(1));
  }

  @Test
  void withoutACurrentVersionMainIsTheNewestFetchedUnderIt() {
    Shelved withdrawn = shelved(edition("phi-2", 2, RETAINED, "a/b", "main"));
    assertThat(Revisions.resolve(withdrawn, "main")).map(Edition::commit).contains(commit(2));
  }

  @ParameterizedTest
  @CsvSource({"dev, 1", "refs/heads/dev, 1", "v1, 2", "refs/tags/v1, 2", "refs/pr/7, 3"})
  void aNameIsTheSameInItsLongForm(String revision, int digit) {
    Shelved longNames =
        shelved(
            edition("phi-2", 1, CURRENT, "a/b", "refs/heads/dev"),
            edition("phi-2", 2, RETAINED, "a/b", "refs/tags/v1"),
            edition("phi-2", 3, RETAINED, "a/b", "refs/pr/7"));

    assertThat(Revisions.resolve(longNames, revision)).map(Edition::commit).contains(commit(digit));
    assertThat(Revisions.refs(longNames).branches())
        .extracting(Ref::name)
        .containsExactlyInAnyOrder("main", "dev", "v1", "refs/pr/7");
  }

  @Test
  void refsNameEveryBranchButNoCommits() {
    assertThat(Revisions.refs(phi).branches())
        .containsExactlyInAnyOrder(
            Ref.branch("main", commit(2).value()),
            Ref.branch("v1", commit(1).value()),
            Ref.branch("dev", commit(4).value()));
  }
}
