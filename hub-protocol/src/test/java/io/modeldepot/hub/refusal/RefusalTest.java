package io.modeldepot.hub.refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {

  @ParameterizedTest
  @CsvSource({
    "404, RepoNotFound, '', REPOSITORY_NOT_FOUND",
    "401, RepoNotFound, '', REPOSITORY_NOT_FOUND",
    "404, RevisionNotFound, '', REVISION_NOT_FOUND",
    "404, EntryNotFound, '', ENTRY_NOT_FOUND",
    "401, GatedRepo, '', GATED",
    "403, GatedRepo, Access to this resource is disabled., GATED",
    "403, '', Access to this resource is disabled., DISABLED",
    "401, '', Access to this resource is disabled., DISABLED",
    "401, '', Invalid credentials in Authorization header, BAD_TOKEN",
    "401, '', '', UNAUTHORIZED",
    "403, SomethingNew, '', FORBIDDEN",
    "404, '', '', ENTRY_NOT_FOUND",
    "408, '', '', UNAVAILABLE",
    "416, '', '', RANGE_NOT_SATISFIABLE",
    "429, '', '', RATE_LIMITED",
    "500, '', '', UNAVAILABLE",
    "599, '', '', UNAVAILABLE",
    "400, '', '', REFUSED",
    "451, '', '', REFUSED"
  })
  void anAnswerMeans(int status, String code, String message, Refusal refusal) {
    assertThat(Refusal.of(status, code, message)).isEqualTo(refusal);
  }

  @Test
  void onlyWhatPassesIsTriedAgain() {
    assertThat(Refusal.values())
        .filteredOn(Refusal::worthRetrying)
        .containsExactly(Refusal.RATE_LIMITED, Refusal.UNAVAILABLE);
  }

  @Test
  void aSuccessIsNoRefusal() {
    assertThatThrownBy(() -> Refusal.of(206, "", "")).isInstanceOf(IllegalArgumentException.class);
  }
}
