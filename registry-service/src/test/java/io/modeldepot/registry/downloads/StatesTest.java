package io.modeldepot.registry.downloads;

import static io.modeldepot.events.state.DownloadState.CANCELLED;
import static io.modeldepot.events.state.DownloadState.CHECKING;
import static io.modeldepot.events.state.DownloadState.DONE;
import static io.modeldepot.events.state.DownloadState.FAILED;
import static io.modeldepot.events.state.DownloadState.REQUESTED;
import static io.modeldepot.events.state.DownloadState.TRANSFERRING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatesTest {

  @Test
  void aRequestForOneLocationIsAsThatLocationSays() {
    assertThat(States.together(List.of(TRANSFERRING), 1)).isEqualTo(TRANSFERRING);
    assertThat(States.together(List.of(), 1)).isEqualTo(REQUESTED);
  }

  @Test
  void aRequestForSeveralIsWhereTheSlowestIs() {
    assertThat(States.together(List.of(DONE, TRANSFERRING, CHECKING), 3)).isEqualTo(CHECKING);
  }

  @Test
  void itHasNotEndedBeforeEveryLocationHasSpoken() {
    assertThat(States.together(List.of(DONE), 2)).isEqualTo(REQUESTED);
  }

  @Test
  void atTheEndTheWorstCounts() {
    assertThat(States.together(List.of(DONE, FAILED, CANCELLED), 3)).isEqualTo(FAILED);
    assertThat(States.together(List.of(DONE, DONE), 2)).isEqualTo(DONE);
  }
}
