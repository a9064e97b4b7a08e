package io.modeldepot.janitor.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.backup.storage.StorageFailed;
import io.modeldepot.backup.storage.StorageFull;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a person is told of each thing that can be the matter with the place of backups. */
class MishapsTest {
  private static final Path LAB = Path.of("/srv/lab");

  @Test
  void aFullTargetIsNamedWithItsPlaceAndWhatMakesRoom() {
    IOException full = new FileCallFailed("write", Path.of("/mnt/nas/data/ab/x"), Errno.ENOSPC);

    Problem problem = Mishaps.of(new StorageFull("/mnt/nas", full)).orElseThrow();

    assertThat(problem.code()).isEqualTo(ProblemCode.BACKUP_TARGET_FULL);
    assertThat(problem.detail()).contains("/mnt/nas");
  }

  @Test
  void aTargetThatRefusesIsNotOneThatIsFull() {
    IOException refused = new FileCallFailed("write", Path.of("/mnt/nas/x"), Errno.EROFS);

    Problem problem = Mishaps.of(new StorageFailed("/mnt/nas", "Writing x", refused)).orElseThrow();

    assertThat(problem.code()).isEqualTo(ProblemCode.BACKUP_TARGET_UNREACHABLE);
    assertThat(problem.remedies().getFirst().say()).contains("Let the user").contains("writing");
  }

  @Test
  void noTargetAtAllSaysWhatToSet() {
    Problem problem = Mishaps.of(new NoTarget("default", List.of())).orElseThrow();

    assertThat(problem.code()).isEqualTo(ProblemCode.NO_BACKUP_TARGET);
    assertThat(problem.detail()).contains("BACKUP_DIR");
  }

  @Test
  void whatIsTheVolumesFaultIsNoneOfTheRepositorys() {
    IOException volume = new FileCallFailed("write", Path.of("/opt/ai-models/x"), Errno.EIO);

    assertThat(Mishaps.of(volume)).isEmpty();
    assertThat(Mishaps.at(LAB, volume)).isEmpty();
  }

  @Test
  void aDirectoryBesideTheVolumeIsNamedWhetherFullOrClosed() {
    IOException full = new FileCallFailed("write", LAB.resolve("phi-2/x"), Errno.ENOSPC);
    IOException closed = new AccessDeniedException("/srv");

    assertThat(Mishaps.at(LAB, full).orElseThrow().code()).isEqualTo(ProblemCode.NO_SPACE);
    Problem problem = Mishaps.at(LAB, closed).orElseThrow();
    assertThat(problem.code()).isEqualTo(ProblemCode.VOLUME_ERROR);
    assertThat(problem.detail()).contains("/srv/lab cannot be written to");
  }
}
