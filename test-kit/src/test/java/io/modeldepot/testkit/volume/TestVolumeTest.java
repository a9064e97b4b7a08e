package io.modeldepot.testkit.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.events.terms.RequestId;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.volume.call.Errno;
import io.modeldepot.store.volume.call.FileCallFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class TestVolumeTest {
  @RegisterExtension final TestVolume volume = new TestVolume();

  @Test
  void everyTestHasAVolumeOfItsOwn() throws IOException {
    assertThat(volume.store().versions().models()).isEmpty();
    assertThat(volume.root().resolve(".depot/volume.json")).exists();
  }

  @Test
  void aFullDiskIsAWishAway() throws IOException {
    RequestId job = RequestId.of("job-1");
    try (Claims claims = volume.store().claims("test-1")) {
      claims.create(volume.store().claimPlace(job));
      Claim claim = claims.take(volume.store().claimPlace(job)).orElseThrow();
      volume
          .calls()
          .fail(
              (made, call, path) ->
                  call.equals("allocate") ? Optional.of(Errno.ENOSPC) : Optional.empty());

      assertThatThrownBy(() -> volume.store().parts().allocate(claim, "parts/0001", 10))
          .isInstanceOfSatisfying(
              FileCallFailed.class, full -> assertThat(full.errno().noSpace()).isTrue());
    }
  }

  @Test
  void aBrokenVolumeIsNoticed() throws IOException {
    Path blobs = Files.createDirectories(volume.store().layout().blobs().resolve("ab"));
    Path blob = Files.writeString(blobs.resolve("ab" + "0".repeat(62)), "not what the name says");

    assertThatThrownBy(() -> StoreInvariants.assertHoldAtAnyMoment(volume.root()))
        .isInstanceOf(AssertionError.class);
    Files.delete(blob);
  }
}
