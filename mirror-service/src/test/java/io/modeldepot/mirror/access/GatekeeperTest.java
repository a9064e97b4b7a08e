package io.modeldepot.mirror.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.mirror.shelf.Edition;
import io.modeldepot.mirror.shelf.Edition.Standing;
import io.modeldepot.mirror.shelf.Editions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatekeeperTest {
  private static final Edition OPEN = Editions.edition("m", 1, Standing.CURRENT, "a/b", "main");
  private static final Edition GATED =
      new Edition(
          OPEN.model(),
          OPEN.commit(),
          OPEN.standing(),
          OPEN.repository(),
          OPEN.revision(),
          OPEN.licence(),
          Optional.of("manual"),
          OPEN.createdAt(),
          OPEN.stamp());

  private final Gatekeeper gatekeeper =
      new Gatekeeper(() -> Optional.of(List.of("one", " two ", "")));

  @ParameterizedTest
  @CsvSource({
    "Bearer one, KNOWN",
    "bearer two, KNOWN",
    "Bearer three, UNKNOWN",
    "'Bearer ', UNKNOWN",
    "Basic b25l, ANONYMOUS",
    "one, ANONYMOUS",
    ", ANONYMOUS"
  })
  void aCallerIsWhatTheTokenSays(String authorization, Caller caller) {
    assertThat(gatekeeper.caller(authorization)).isEqualTo(caller);
  }

  @Test
  void onlyKnownCallersReadWhatIsGated() {
    assertThat(gatekeeper.mayRead(Caller.KNOWN, GATED)).isTrue();
    assertThat(gatekeeper.mayRead(Caller.UNKNOWN, GATED)).isFalse();
    assertThat(gatekeeper.mayRead(Caller.ANONYMOUS, GATED)).isFalse();
  }

  @Test
  void whatIsNotGatedIsForEveryone() {
    assertThat(gatekeeper.mayRead(Caller.ANONYMOUS, OPEN)).isTrue();
    assertThat(gatekeeper.mayRead(Caller.UNKNOWN, OPEN)).isTrue();
  }

  @Test
  void withoutTokensNobodyReadsWhatIsGated() {
    Gatekeeper strict = new Gatekeeper(Optional::empty);
    assertThat(strict.mayRead(strict.caller("Bearer "), GATED)).isFalse();
  }
}
