package io.modeldepot.store.journal;

import static io.modeldepot.store.StoreFixture.MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.RequestId;
import io.modeldepot.store.StoreFixture;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.volume.VolumeFixtures;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpaceLedgerTest {
  private static final RequestId JOB = RequestId.of("job-1");
  private static final long REMAINING = 13476954112L - 5234491392L;

  @TempDir Path directory;

  @Test
  void whatARunningJobHasStillToWriteIsReserved() throws IOException {
    try (StoreFixture volume = new StoreFixture(directory);
        Claim claim = job(volume)) {
      volume.store.journals().write(claim, JournalExamples.transferring(JOB, MODEL));

      assertThat(volume.store.space().balance().reservedBytes()).isEqualTo(REMAINING);
    }
  }

  @Test
  void aJobThatIsOverReservesNothing() throws IOException {
    try (StoreFixture volume = new StoreFixture(directory);
        Claim claim = job(volume)) {
      volume.store.journals().write(claim, JournalExamples.transferring(JOB, MODEL));
      claim.dissolve();

      assertThat(volume.store.space().balance().reservedBytes()).isZero();
    }
  }

  @Test
  void whereSpaceCannotBeReservedItIsSubtracted() throws IOException {
    try (StoreFixture volume = new StoreFixture(directory);
        Claim claim = job(volume)) {
      volume.store.journals().write(claim, JournalExamples.transferring(JOB, MODEL));
      SpaceLedger ledger =
          new SpaceLedger(VolumeFixtures.withoutReservation(volume.store.volume()));
      SpaceLedger.Balance balance = ledger.balance();
      long usable = volume.calls.space(directory).usableBytes();

      // Others write to the same disk; the subtraction is what is looked at.
      assertThat(usable - balance.freeBytes()).isBetween(REMAINING / 2, REMAINING * 2);
    }
  }

  private static Claim job(StoreFixture volume) throws IOException {
    volume.claims.create(volume.store.claimPlace(JOB));
    return volume.claims.take(volume.store.claimPlace(JOB)).orElseThrow();
  }
}
