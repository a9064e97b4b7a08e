package io.modeldepot.janitor.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.command.CleanupDue;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.janitor.job.OwnRequests;
import io.modeldepot.janitor.site.Retention;
import io.modeldepot.store.ModelStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may cut the trash's windows: the watermarks, and nobody who calls himself so. */
final class WatermarkTest {
  @TempDir Path volume;

  @Test
  void anIdThatSomebodyChoseCutsNoWindow() throws Exception {
    CleanupDue chosen =
        command("{\"scope\":\"trash\",\"requestId\":\"watermark-default-20261126T0900\"}");

    assertThat(Order.of(chosen, Retention.USUAL).longestTrashWindow()).isEqualTo(Order.UNCUT);
  }

  @Test
  void onlyExactlyWhatTheWatermarksAskedForLastIsTheirs() throws Exception {
    var unused = ModelStore.setUp(volume, LocationName.of("default"));
    ModelStore store = ModelStore.open(volume);
    OwnRequests own = new OwnRequests(store);
    CleanupDue asked =
        command("{\"scope\":\"all\",\"targetFreeBytes\":9,\"requestId\":\"watermark-a-1\"}");
    CleanupDue otherOfThisId =
        command("{\"scope\":\"all\",\"targetFreeBytes\":99,\"requestId\":\"watermark-a-1\"}");
    assertThat(own.gave(asked)).isFalse();

    own.remember(asked);

    assertThat(own.gave(asked)).isTrue();
    assertThat(own.gave(otherOfThisId)).isFalse();
    assertThat(Order.of(asked, Retention.USUAL).shortOfSpace().longestTrashWindow())
        .isLessThan(Order.UNCUT);
    own.remember(command("{\"scope\":\"all\",\"requestId\":\"watermark-a-2\"}"));
    assertThat(own.gave(asked)).isFalse();
  }

  private static CleanupDue command(String json) throws Exception {
    return Wire.readCommand(json.getBytes(StandardCharsets.UTF_8), CleanupDue.class);
  }
}
