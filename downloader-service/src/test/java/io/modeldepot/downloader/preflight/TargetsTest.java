package io.modeldepot.downloader.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.downloader.job.Target;
import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.Profile;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.events.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetsTest {
  private static final String PIN = "0123456789".repeat(4);
  private static final LocationName HERE = LocationName.of("here");

  @ParameterizedTest
  @CsvSource({
    "v2, PIN, next, v2",
    ", PIN, next, PIN",
    ", , next, next",
    ", , , main",
  })
  void theCommandSaysTheRevisionElseThePinElseTheBranch(
      String asked, String pin, String branch, String expected) {
    DownloadRequested command =
        command(asked == null ? "" : ",\"revision\":\"%s\"".formatted(asked));
    ModelDescribed entry =
        entry(
            (pin == null ? "" : ",\"pin\":\"%s\"".formatted(PIN))
                + (branch == null ? "" : ",\"branch\":\"%s\"".formatted(branch)));

    assertThat(Targets.of(command, entry).revision()).isEqualTo(expected.replace("PIN", PIN));
  }

  @Test
  void theCatalogSaysWhatTheCommandLeavesOut() {
    Target target = Targets.of(command(""), entry(""));

    assertThat(target.repository()).contains(RepositoryId.of("org/tiny"));
    assertThat(target.selection().profile()).contains(Profile.FULL);
  }

  @Test
  void theCommandCountsMoreThanTheCatalog() {
    Target target =
        Targets.of(
            command(
                ",\"repository\":\"fork/tiny\",\"profile\":\"serving\",\"include\":[\"*.json\"]"),
            entry(""));

    assertThat(target.repository()).contains(RepositoryId.of("fork/tiny"));
    assertThat(target.selection().profile()).isEqualTo(Optional.of(Profile.SERVING));
    assertThat(target.selection().include()).containsExactly("*.json");
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', true",
    "'', here, true",
    "'', there, false",
    "here, there, true",
    "there, here, false"
  })
  void aLocationWorksForWhoNamesItElseForTheCatalogElseAlways(
      String asked, String catalog, boolean mine) {
    DownloadRequested command =
        command(asked.isEmpty() ? "" : ",\"location\":\"%s\"".formatted(asked));
    ModelDescribed entry = entry(catalog.isEmpty() ? "" : ",\"locations\":[\"" + catalog + "\"]");

    assertThat(Targets.isFor(HERE, command, entry)).isEqualTo(mine);
  }

  @ParameterizedTest
  @CsvSource({"main, false", "0123456789, false"})
  void aBranchIsNotPinned(String revision, boolean pinned) {
    assertThat(
            Targets.of(command(",\"revision\":\"%s\"".formatted(revision)), entry("")).isPinned())
        .isEqualTo(pinned);
  }

  @Test
  void aCommitIsPinned() {
    assertThat(Targets.of(command(",\"revision\":\"%s\"".formatted(PIN)), entry("")).isPinned())
        .isTrue();
  }

  private static DownloadRequested command(String more) {
    return read("{\"model\":\"tiny\"%s}".formatted(more), DownloadRequested.class);
  }

  private static ModelDescribed entry(String more) {
    return read(
        """
        {"model":"tiny","family":"testing","repository":"org/tiny","displayName":"tiny",
         "update":"manual","keepVersions":3,"active":false,"profile":"full","generation":1%s%s}
        """
            .formatted(more.contains("locations") ? "" : ",\"locations\":[]", more),
        ModelDescribed.class);
  }

  private static <T> T read(String json, Class<T> type) {
    try {
      return Wire.read(json.getBytes(StandardCharsets.UTF_8), type);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
