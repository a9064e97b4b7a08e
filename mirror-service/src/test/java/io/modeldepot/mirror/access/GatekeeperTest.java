package io.modeldepot.mirror.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.state.AccessChanged;
import io.modeldepot.events.state.Role;
import io.modeldepot.kit.access.AccessTable;
import io.modeldepot.kit.access.AccessToken;
import io.modeldepot.kit.access.Gate;
import io.modeldepot.kit.access.Requirement;
import io.modeldepot.mirror.shelf.Edition;
import io.modeldepot.mirror.shelf.Edition.Standing;
import io.modeldepot.mirror.shelf.Editions;
import java.time.InstantSource;
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

  private final AccessTable table = new AccessTable(InstantSource.system());
  private final Gate gate = new Gate(table, Requirement.NEVER, Optional.empty());
  private final Gatekeeper gatekeeper =
      new Gatekeeper(() -> Optional.of(List.of("one", " two ", "")), gate);

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
    Gatekeeper strict = new Gatekeeper(Optional::empty, gate);
    assertThat(strict.mayRead(strict.caller("Bearer "), GATED)).isFalse();
  }

  @Test
  void whoHasATokenOfTheDepotReadsUntilItIsRevoked() {
    AccessToken token = AccessToken.create();
    table.know(said(token, false, 1));
    Caller before = gatekeeper.caller("Bearer " + token.text());
    table.know(said(token, true, 2));

    assertThat(before).isEqualTo(Caller.KNOWN);
    assertThat(gatekeeper.caller("Bearer " + token.text())).isEqualTo(Caller.UNKNOWN);
    assertThat(gatekeeper.holder("Bearer " + token.text(), "10.0.0.1")).isEqualTo("10.0.0.1");
  }

  private static AccessChanged said(AccessToken token, boolean revoked, long generation) {
    return new AccessChanged(
        token.id(), token.sha256(), Role.VIEWER, List.of(), Optional.empty(), revoked, generation);
  }
}
