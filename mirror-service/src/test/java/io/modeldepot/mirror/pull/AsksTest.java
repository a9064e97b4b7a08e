package io.modeldepot.mirror.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.RepositoryId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AsksTest {
  private static final LocationName HERE = LocationName.of("here");
  private static final RepositoryId ONE = RepositoryId.of("acme/One");
  private static final RepositoryId OTHER = RepositoryId.of("acme/Other");
  private static final Instant BEFORE_THE_HOUR = Instant.parse("2026-01-01T09:59:59Z");

  @Test
  void aPullThatGoesOnOverAFullHourKeepsItsId() {
    Asks asks = new Asks(9);
    var first = (Asks.Outcome.First) asks.wish(HERE, ONE, BEFORE_THE_HOUR);

    Asks.Outcome later = asks.wish(HERE, ONE, BEFORE_THE_HOUR.plusSeconds(2));

    assertThat(later).isEqualTo(new Asks.Outcome.Again(first.id()));
    assertThat(asks.known(ONE, BEFORE_THE_HOUR.plusSeconds(2))).hasValue(first.id());
  }

  @Test
  void anHourAfterTheFirstAskingItIsAskedForAgainUnderAnotherId() {
    Asks asks = new Asks(9);
    var first = (Asks.Outcome.First) asks.wish(HERE, ONE, BEFORE_THE_HOUR);

    var again =
        (Asks.Outcome.First) asks.wish(HERE, ONE, BEFORE_THE_HOUR.plus(Duration.ofMinutes(61)));

    assertThat(again.id()).isNotEqualTo(first.id());
  }

  @Test
  void mirrorsThatAreAskedAtATimeAskUnderOneId() {
    assertThat(new Asks(9).wish(HERE, ONE, BEFORE_THE_HOUR))
        .isEqualTo(new Asks(9).wish(HERE, ONE, BEFORE_THE_HOUR.minusSeconds(60)));
  }

  @Test
  void noMoreThanAllowedAreAskedForAndWhatFailedDoesNotCount() {
    Asks asks = new Asks(1);
    Asks.Outcome one = asks.wish(HERE, ONE, BEFORE_THE_HOUR);
    Asks.Outcome refused = asks.wish(HERE, OTHER, BEFORE_THE_HOUR);
    asks.forget(ONE);

    assertThat(one).isInstanceOf(Asks.Outcome.First.class);
    assertThat(refused).isEqualTo(new Asks.Outcome.TooMany());
    assertThat(asks.wish(HERE, OTHER, BEFORE_THE_HOUR)).isInstanceOf(Asks.Outcome.First.class);
  }
}
