package io.modeldepot.kit.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.state.Role;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.kit.access.AccessTable;
import io.modeldepot.kit.access.Checked;
import io.modeldepot.kit.access.Gate;
import io.modeldepot.kit.access.Identity;
import io.modeldepot.kit.access.Requirement;
import io.modeldepot.testkit.oidc.Issuer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OidcTokensTest {
  private Issuer issuer;
  private OidcKeys keys;
  private OidcTokens tokens;

  @BeforeEach
  void anIssuerWhoseKeysAreHere() throws Exception {
    issuer = new Issuer();
    keys = new OidcKeys(Optional.of(issuer.url()), Duration.ofMillis(100));
    tokens = new OidcTokens(new Said(issuer.url(), "roles"), keys);
    keys.begin();
    until(() -> !keys.state().keys().isEmpty());
  }

  @AfterEach
  void close() {
    keys.end();
    issuer.close();
  }

  @Test
  void aTokenOfTheIssuerMakesSomebodyWithARoleAndAnOpaqueName() {
    assertThat(known(issuer.token(claims -> {})))
        .isEqualTo(new Identity("user/7f3c-ada", Role.OPERATOR, Set.of()));
    assertThat(
            known(
                issuer.token(it -> it.setStringListClaim("roles", "depot-viewer", "depot-admin"))))
        .returns(Role.ADMIN, Identity::role);
    assertThat(known(issuer.token(it -> it.setStringClaim("roles", "openid depot-viewer"))))
        .returns(Role.VIEWER, Identity::role);
    assertThat(known(issuer.token(it -> it.setSubject("Ada Lovelace <ada@example.org>"))).actor())
        .matches("user/h-[0-9a-f]{16}");
  }

  @Test
  void rolesAreFoundWithinObjects() {
    tokens = new OidcTokens(new Said(issuer.url(), "realm_access.roles"), keys);
    Map<String, Object> inside = Map.of("roles", List.of("depot-admin"));

    assertThat(known(issuer.token(it -> it.setClaim("realm_access", inside))))
        .returns(Role.ADMIN, Identity::role);
  }

  @Test
  void familiesLimitWhatIsChangedAndNoneOfThemAllOfIt() {
    assertThat(
            known(issuer.token(it -> it.setStringListClaim("families", "llama", "phi"))).families())
        .containsExactlyInAnyOrder(FamilyName.of("llama"), FamilyName.of("phi"));
    assertThat(known(issuer.token(it -> it.setStringListClaim("families", List.of()))))
        .returns(Role.VIEWER, Identity::role);
    assertThat(refused(issuer.token(it -> it.setStringListClaim("families", "../etc"))))
        .contains("families");
  }

  @Test
  void whatIsNotGoodIsRefusedWithAReasonAndWithoutItsClaims() {
    assertThat(refused(issuer.token(it -> it.setExpirationTime(NumericDate.fromSeconds(1)))))
        .contains("over");
    assertThat(refused(issuer.token(it -> it.setAudience("another-app")))).contains("model-depot");
    assertThat(refused(issuer.token(it -> it.setIssuer("https://elsewhere.example"))))
        .contains("not of " + issuer.url());
    assertThat(refused(issuer.token(it -> it.unsetClaim("exp")))).doesNotContain("7f3c-ada");
    assertThat(refused(issuer.token(it -> it.unsetClaim("sub")))).contains("lacks");
    assertThat(refused(issuer.token(it -> it.setStringListClaim("roles", "staff"))))
        .contains("roles", "gives a role");
  }

  @Test
  void whatTheIssuerDidNotSignIsRefused() throws Exception {
    String good = issuer.token(claims -> {});
    String[] parts = good.split("\\.", -1);
    String forged =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                    .replace("depot-operator", "depot-admin")
                    .getBytes(StandardCharsets.UTF_8));

    assertThat(refused(parts[0] + "." + forged + "." + parts[2])).contains("not signed");
    assertThat(refused(Issuer.signed(issuer.claims(), Issuer.key("key-0")))).contains("not signed");
    assertThat(refused(unsigned())).contains("not signed");
    assertThat(refused(signedWithThePublicKeyAsASecret())).contains("not signed");
  }

  @Test
  void aNewKeyIsFetchedWhenATokenNamesIt() throws Exception {
    String before = issuer.token(claims -> {});
    issuer.newKey();
    String after = issuer.token(claims -> {});

    assertThat(refused(after)).contains("key");
    until(() -> tokens.check(after).orElseThrow() instanceof Checked.Known);
    assertThat(known(before)).isNotNull();
  }

  @Test
  void tokensOfMadeUpKeysDoNotMakeTheIssuerBusy() throws Exception {
    int fetched = issuer.fetched();
    String madeUp = Issuer.signed(issuer.claims(), Issuer.key("made-up"));
    long end = System.nanoTime() + Duration.ofMillis(500).toNanos();
    while (System.nanoTime() < end) {
      assertThat(refused(madeUp)).contains("key");
    }

    assertThat(issuer.fetched() - fetched).isLessThanOrEqualTo(8);
  }

  @Test
  void whileTheIssuerIsAwayItsLastKeysCount() throws Exception {
    String good = issuer.token(claims -> {});
    issuer.close();
    keys.lacking();
    Thread.sleep(300);

    assertThat(known(good)).isNotNull();
  }

  @Test
  void anIssuerThatCallsItselfOtherwiseHasNoKeysForUs() throws Exception {
    issuer.callItself("https://elsewhere.example");
    OidcKeys fresh = new OidcKeys(Optional.of(issuer.url()), Duration.ofMillis(50));
    fresh.begin();
    until(() -> fresh.state().why().contains("elsewhere.example"));

    assertThat(new OidcTokens(new Said(issuer.url(), "roles"), fresh).check(issuer.token(it -> {})))
        .hasValueSatisfying(
            it ->
                assertThat(it)
                    .isInstanceOf(Checked.Refused.class)
                    .asString()
                    .contains("elsewhere"));
    fresh.end();
  }

  @Test
  void aGateAsksItAboutWhatIsNoTokenOfTheDepot() {
    Gate gate =
        new Gate(new AccessTable(Clock.systemUTC()), Requirement.ALWAYS, Optional.empty(), tokens);

    assertThat(gate.check(new Gate.Caller(Optional.of(issuer.token(it -> {})), false, false)))
        .isInstanceOf(Checked.Known.class);
    assertThat(gate.check(new Gate.Caller(Optional.of("hf_something"), false, false)))
        .isInstanceOf(Checked.Refused.class);
    assertThat(tokens.check("mdp_abc_def")).isEmpty();
  }

  private Identity known(String token) {
    Checked checked = tokens.check(token).orElseThrow();
    assertThat(checked).isInstanceOf(Checked.Known.class);
    return ((Checked.Known) checked).identity();
  }

  private String refused(String token) {
    Checked checked = tokens.check(token).orElseThrow();
    assertThat(checked).isInstanceOf(Checked.Refused.class);
    return ((Checked.Refused) checked).why();
  }

  private String unsigned() {
    Base64.Encoder text = Base64.getUrlEncoder().withoutPadding();
    return text.encodeToString(
            "{\"alg\":\"none\",\"kid\":\"key-0\"}".getBytes(StandardCharsets.UTF_8))
        + "."
        + text.encodeToString(issuer.claims().toJson().getBytes(StandardCharsets.UTF_8))
        + ".";
  }

  private String signedWithThePublicKeyAsASecret() throws Exception {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(issuer.claims().toJson());
    signature.setKey(new HmacKey(keys.state().keys().getFirst().getKey().getEncoded()));
    signature.setKeyIdHeaderValue("key-0");
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    return signature.getCompactSerialization();
  }

  private static void until(java.util.function.BooleanSupplier seen) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!seen.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.sleep(10);
    }
  }
}
