package io.modeldepot.kit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.events.state.AccessChanged;
import io.modeldepot.events.state.Role;
import io.modeldepot.events.terms.FamilyName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {
  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
  private static final String SERVICE = "s".repeat(Gate.SHORTEST);

  private final AccessTable table = new AccessTable(InstantSource.fixed(NOW));
  private final AccessToken token = AccessToken.create();

  @Test
  void aTokenIsFoundAgainByItsTextAndShowsItselfNowhere() {
    assertThat(AccessToken.of(token.text())).map(AccessToken::id).contains(token.id());
    assertThat(AccessToken.of(token.text().toUpperCase(java.util.Locale.ROOT))).isEmpty();
    assertThat(AccessToken.of(token.text() + "a")).isEmpty();
    assertThat(token.toString()).contains(token.id()).doesNotContain(token.text().substring(16));
    assertThat(AccessToken.create().text()).isNotEqualTo(token.text());
  }

  @Test
  void aKnownTokenIsSomebodyWithARoleAndFamilies() {
    table.know(said(Role.OPERATOR, Optional.of(NOW.plusSeconds(1)), false, 1, "llama"));

    Identity identity = known(gate(Requirement.ALWAYS).check(carrying(token.text())));

    assertThat(identity.actor()).isEqualTo("token/" + token.id());
    assertThat(identity.may(Role.OPERATOR)).isTrue();
    assertThat(identity.may(Role.ADMIN)).isFalse();
    assertThat(identity.families()).isEqualTo(Set.of(FamilyName.of("llama")));
    assertThat(identity.mayChange(FamilyName.of("mistral"))).isFalse();
  }

  @Test
  void whatIsWrongExpiredOrRevokedIsNobodyAndTheReasonHasNoSecret() {
    AccessToken other = AccessToken.create();
    table.know(said(Role.ADMIN, Optional.empty(), false, 1));

    String sameIdOtherSecret =
        "mdp_" + token.id() + "_" + other.text().substring(other.text().length() - 52);
    assertThat(refused(sameIdOtherSecret)).contains("not known");
    assertThat(refused(other.text())).contains("not known").doesNotContain(other.text());
    assertThat(refused("anything")).contains("not known").doesNotContain("anything");

    table.know(said(Role.ADMIN, Optional.of(NOW), false, 2));
    assertThat(refused(token.text())).contains("expired").doesNotContain(token.text());
    table.know(said(Role.ADMIN, Optional.empty(), true, 3));
    assertThat(refused(token.text())).contains("revoked");
    table.know(said(Role.ADMIN, Optional.empty(), false, 2));
    assertThat(refused(token.text()))
        .as("an older word does not bring it back")
        .contains("revoked");
  }

  @Test
  void aRoleThatIsNotKnownHereAllowsNothing() {
    table.know(said(Role.UNKNOWN, Optional.empty(), false, 1));

    Identity identity = known(gate(Requirement.ALWAYS).check(carrying(token.text())));

    assertThat(identity.may(Role.VIEWER)).isFalse();
    assertThat(identity.may(Role.UNKNOWN)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "REMOTE, true,  false, local",
    "REMOTE, true,  true,  ",
    "REMOTE, false, false, ",
    "ALWAYS, true,  false, ",
    "ALWAYS, false, false, ",
    "NEVER,  true,  false, local",
    "NEVER,  false, false, anonymous",
    "NEVER,  true,  true,  anonymous",
  })
  void withoutATokenItCountsWhereACallComesFrom(
      Requirement requirement, boolean here, boolean forwarded, @Nullable String actor) {
    Checked checked = gate(requirement).check(new Gate.Caller(Optional.empty(), here, forwarded));

    if (actor == null) {
      assertThat(checked).isInstanceOf(Checked.Refused.class);
    } else {
      assertThat(known(checked)).isEqualTo(Identity.unlimited(actor));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, localhost, true",
    "127.0.0.1, 127.0.0.1, true",
    "0:0:0:0:0:0:0:1, [::1], true",
    "0:0:0:0:0:0:0:1, ::1, true",
    "127.0.0.1, LOCALHOST, true",
    "127.0.0.1, depot.example, false",
    "127.0.0.1, localhost.example, false",
    "127.0.0.1, 127.0.0.1.example, false",
    "127.0.0.1, , false",
    "10.0.0.7, localhost, false",
    ", localhost, false"
  })
  void aCallIsOfThisMachineByItsAddressAndByTheNameItAsksFor(
      @Nullable String remote, @Nullable String host, boolean here) {
    assertThat(LocalCall.is(Optional.ofNullable(remote), Optional.ofNullable(host)))
        .isEqualTo(here);
  }

  @Test
  void aWrongTokenIsRefusedAlsoWhereNoneIsAskedFor() {
    assertThat(gate(Requirement.NEVER).check(new Gate.Caller(Optional.of("x"), true, false)))
        .isInstanceOf(Checked.Refused.class);
  }

  @Test
  void theServicesTokenPassesEveryDoor() {
    Gate gate = new Gate(table, Requirement.ALWAYS, Optional.of(SERVICE));

    assertThat(known(gate.check(carrying(SERVICE)))).isEqualTo(Identity.unlimited("service"));
    assertThat(gate.check(carrying(SERVICE + "s"))).isInstanceOf(Checked.Refused.class);
    assertThat(gate(Requirement.ALWAYS).check(carrying("")))
        .as("no token of the services is not an empty one")
        .isInstanceOf(Checked.Refused.class);
    assertThatThrownBy(() -> new Gate(table, Requirement.ALWAYS, Optional.of("short")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("openssl")
        .message()
        .doesNotContain("\"short\"");
  }

  @Test
  void aHeaderIsReadAsHttpWritesIt() {
    assertThat(Gate.bearer(Optional.of("bearer  abc "))).contains("abc");
    assertThat(Gate.bearer(Optional.of("Basic abc"))).isEmpty();
    assertThat(Gate.bearer(Optional.of("Bearer "))).isEmpty();
    assertThat(Gate.bearer(Optional.empty())).isEmpty();
  }

  private String refused(String text) {
    Checked checked = gate(Requirement.NEVER).check(carrying(text));
    assertThat(checked).isInstanceOf(Checked.Refused.class);
    return ((Checked.Refused) checked).why();
  }

  private Gate gate(Requirement requirement) {
    return new Gate(table, requirement, Optional.empty());
  }

  private static Gate.Caller carrying(String text) {
    return new Gate.Caller(Optional.of(text), false, false);
  }

  private static Identity known(Checked checked) {
    assertThat(checked).isInstanceOf(Checked.Known.class);
    return ((Checked.Known) checked).identity();
  }

  private AccessChanged said(
      Role role, Optional<Instant> end, boolean revoked, long generation, String... families) {
    return new AccessChanged(
        token.id(),
        token.sha256(),
        role,
        List.of(families).stream().map(FamilyName::of).toList(),
        end,
        revoked,
        generation);
  }
}
