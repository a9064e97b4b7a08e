package io.modeldepot.store.journal;

import static io.modeldepot.store.StoreFixture.MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.events.terms.RequestId;
import io.modeldepot.store.StoreFixture;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.ClaimLost;
import io.modeldepot.store.manifest.UnreadableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalsTest {
  private static final RequestId JOB = RequestId.of("cli-19f0");

  @TempDir Path directory;
  private StoreFixture volume;
  private Journals journals;

  @BeforeEach
  void setUp() throws IOException {
    volume = new StoreFixture(directory);
    journals = volume.store.journals();
    volume.claims.create(volume.store.claimPlace(JOB));
  }

  @AfterEach
  void tearDown() throws IOException {
    volume.close();
  }

  @Test
  void aJournalIsReadAsItWasWritten() throws IOException {
    Journal journal = JournalExamples.transferring(JOB, MODEL);
    try (Claim claim = volume.claims.take(volume.store.claimPlace(JOB)).orElseThrow()) {
      journals.write(claim, journal);
      journals.writeProgress(claim, journal);
    }

    assertThat(journals.read(JOB)).contains(journal);
    assertThat(journals.list()).containsExactly(JOB);
    assertThat(volume.store.invariants().brokenAtRest()).isEmpty();
  }

  @Test
  void aHolderThatWasReplacedWritesNoJournal() throws IOException {
    Claim claim = volume.claims.take(volume.store.claimPlace(JOB)).orElseThrow();
    Files.move(claim.directory(), claim.place().resolve("somebody-else-01234567"));

    assertThatThrownBy(() -> journals.write(claim, JournalExamples.transferring(JOB, MODEL)))
        .isInstanceOf(ClaimLost.class);
    assertThat(journals.read(JOB)).isEmpty();
  }

  @Test
  void theClaimOfAnotherJobDoesNotCover() throws IOException {
    try (Claim claim = volume.claims.take(volume.store.claimPlace(JOB)).orElseThrow()) {
      Journal other = JournalExamples.transferring(RequestId.of("other"), MODEL);

      assertThatThrownBy(() -> journals.write(claim, other))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aDamagedJournalIsNamed() throws IOException {
    Files.writeString(volume.layout().journal(JOB), "{");

    assertThatThrownBy(() -> journals.read(JOB))
        .isInstanceOf(UnreadableFile.class)
        .hasMessageContaining("cli-19f0.json");
  }

  @Test
  void jobsWithAClaimAreListedWithOrWithoutAJournal() throws IOException {
    volume.claims.create(volume.store.claimPlace(RequestId.of("k-7QK3Z6M2W4ABCDEF")));
    Files.createDirectory(volume.layout().downloads().resolve(".new-01234567"));
    Files.writeString(volume.layout().downloads().resolve("notes"), "no directory");

    assertThat(journals.claimed()).containsExactly(JOB, RequestId.of("k-7QK3Z6M2W4ABCDEF"));
    assertThat(journals.list()).isEmpty();
  }

  @Test
  void aWishToCancelIsSeenAndMayBeRepeated() throws IOException {
    assertThat(journals.cancelRequested(JOB)).isFalse();
    journals.requestCancel(JOB);
    journals.requestCancel(JOB);

    assertThat(journals.cancelRequested(JOB)).isTrue();
  }

  @Test
  void aJobInWorkIsNotForgotten() {
    assertThatThrownBy(() -> journals.forget(JOB)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aJobThatIsOverIsForgottenWhole() throws IOException {
    try (Claim claim = volume.claims.take(volume.store.claimPlace(JOB)).orElseThrow()) {
      journals.write(claim, JournalExamples.transferring(JOB, MODEL));
      journals.requestCancel(JOB);
      claim.dissolve();
    }
    journals.forget(JOB);

    assertThat(volume.calls.list(volume.layout().downloads())).isEmpty();
  }

  @Test
  void whatACrashLeftOfADissolvedJobIsSweptAway() throws IOException {
    Files.createDirectories(volume.layout().downloads().resolve(".done-01234567/x/w1/parts"));
    journals.sweep();

    assertThat(volume.calls.list(volume.layout().downloads())).containsExactly("cli-19f0");
  }

  @Test
  void aJournalHasNoQueryAndNoHeaderFields() {
    assertThat(JournalFile.class.getRecordComponents())
        .extracting(component -> component.getName())
        .doesNotContain("url", "headers", "token");
  }
}
