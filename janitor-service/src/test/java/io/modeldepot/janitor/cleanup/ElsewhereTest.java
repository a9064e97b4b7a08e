package io.modeldepot.janitor.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.command.CleanupScope;
import io.modeldepot.events.fact.RemovalReason;
import io.modeldepot.events.state.Spread;
import io.modeldepot.events.state.UseKind;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.SpreadPolicy;
import io.modeldepot.janitor.site.Copies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is surplus, and above all what is not. */
class ElsewhereTest {
  private static final Instant NOW = Pictures.NOW;
  private static final LocationName NORTH = LocationName.of("north");
  private static final LocationName SOUTH = LocationName.of("south");

  private final Pictures given =
      new Pictures()
          .version("phi", 1, Duration.ofDays(9), false, 1)
          .version("phi", 2, Duration.ofDays(8), true, 2)
          .wish("phi", true, null, 2)
          .spread("phi", new Spread(SpreadPolicy.COPIES, Optional.of(2)), NORTH, SOUTH)
          .lives(Pictures.HERE, NOW)
          .lives(NORTH, NOW.minusSeconds(60))
          .lives(SOUTH, NOW.minusSeconds(60))
          .copy("phi", 1, Pictures.HERE, false, Duration.ofDays(9))
          .copy("phi", 2, Pictures.HERE, true, Duration.ofDays(8));

  @Test
  void whatTheOthersHaveGoesWholeAndNeitherActiveNorPinnedHoldsItHere() {
    everybodyHas(1, false).everybodyHas(2, true);
    given.wish("phi", true, Pictures.commit(2), 2);
    spread();

    Plan plan = given.plan(CleanupScope.SURPLUS);

    assertThat(plan.items()).hasSize(2).allMatch(Item::withModel);
    assertThat(plan.items()).extracting(Item::why).containsOnly(RemovalReason.SURPLUS);
    assertThat(plan.items())
        .extracting(Item::reason)
        .containsOnly("it belongs to north, south, where it is");
  }

  @Test
  void whatIsOlderThanWhatTheOthersKeepIsSuperseded() {
    everybodyHas(3, false).everybodyHas(4, true);

    assertThat(given.plan(CleanupScope.SURPLUS).items()).hasSize(2);

    given.wish("phi", true, Pictures.commit(1), 2);
    spread();
    assertStays("has not this version"); // pinned
    given.wish("phi", true, null, 3);
    spread();
    assertStays("has not this version"); // the others would keep three
  }

  @Test
  void itGoesBeforeWhatIsUnused() {
    everybodyHas(1, false).everybodyHas(2, true);
    given.version("old", 5, Duration.ofDays(300), true, 5).wish("old", false, null, 1);

    assertThat(given.plan(CleanupScope.SURPLUS, CleanupScope.UNUSED).items())
        .extracting(it -> it.model().orElseThrow().value())
        .containsExactly("phi", "phi", "old");
  }

  @ParameterizedTest
  @EnumSource(Missing.class)
  void itStaysAsSoonAsAnythingIsInDoubt(Missing what) {
    everybodyHas(1, false).everybodyHas(2, true);
    assertThat(given.plan(CleanupScope.SURPLUS).items()).hasSize(2);

    switch (what) {
      case A_LOCATION_IS_SILENT -> given.lives(SOUTH, NOW.minus(Duration.ofMinutes(16)));
      case A_LOCATION_HAS_NOTHING -> given.copies.removeIf(it -> it.location().equals(SOUTH));
      case A_LOCATION_HAS_NO_CURRENT ->
          given.copies.replaceAll(
              it ->
                  it.location().equals(SOUTH)
                      ? new Copies.Copy(it.location(), it.commit(), false, it.verifiedAt())
                      : it);
      case A_LOCATION_LACKS_THE_VERSION ->
          given.copies.removeIf(
              it -> it.location().equals(SOUTH) && it.commit().equals(Pictures.commit(1)));
      case IT_IS_THE_SAME_VOLUME -> given.lives(SOUTH, NOW, "volume-of-default");
      case FEWER_LOCATIONS_THAN_COPIES ->
          given.spread("phi", new Spread(SpreadPolicy.COPIES, Optional.of(3)), NORTH, SOUTH);
      case A_POLICY_WE_DO_NOT_KNOW ->
          given.spread("phi", new Spread(SpreadPolicy.UNKNOWN, Optional.empty()), NORTH, SOUTH);
      case IT_BELONGS_HERE ->
          given.spread("phi", new Spread(SpreadPolicy.COPIES, Optional.of(1)), Pictures.HERE);
      case IT_IS_NOT_SPREAD -> given.wish("phi", false, null, 2);
      case NOT_EVERYTHING_WAS_READ -> given.copiesComplete = false;
      case SOMEBODY_USES_IT ->
          given.used("phi", 1, UseKind.LEASE, NOW.minusSeconds(9), NOW.plusSeconds(9));
      case IT_IS_PLACED_HERE -> given.placed("phi", 2);
    }

    Plan plan = given.plan(CleanupScope.SURPLUS);
    assertThat(plan.items()).isEmpty();
    assertThat(plan.kept()).hasSize(2);
  }

  /** What can be otherwise than it has to be. */
  private enum Missing {
    A_LOCATION_IS_SILENT,
    A_LOCATION_HAS_NOTHING,
    A_LOCATION_HAS_NO_CURRENT,
    A_LOCATION_LACKS_THE_VERSION,
    IT_IS_THE_SAME_VOLUME,
    FEWER_LOCATIONS_THAN_COPIES,
    A_POLICY_WE_DO_NOT_KNOW,
    IT_BELONGS_HERE,
    IT_IS_NOT_SPREAD,
    NOT_EVERYTHING_WAS_READ,
    SOMEBODY_USES_IT,
    IT_IS_PLACED_HERE
  }

  private ElsewhereTest everybodyHas(int number, boolean current) {
    List.of(NORTH, SOUTH)
        .forEach(it -> given.copy("phi", number, it, current, Duration.ofDays(7 - number)));
    return this;
  }

  private void spread() {
    given.spread("phi", new Spread(SpreadPolicy.COPIES, Optional.of(2)), NORTH, SOUTH);
  }

  private void assertStays(String why) {
    Plan plan = given.plan(CleanupScope.SURPLUS);
    assertThat(plan.items()).isEmpty();
    assertThat(plan.kept()).anyMatch(it -> it.reason().contains(why));
  }
}
