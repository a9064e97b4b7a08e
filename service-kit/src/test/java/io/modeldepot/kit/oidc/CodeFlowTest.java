package io.modeldepot.kit.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.events.state.Role;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.kit.access.Checked;
import io.modeldepot.kit.access.Identity;
import io.modeldepot.testkit.oidc.Issuer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CodeFlowTest {
  private static final URI HERE = URI.create("http://depot.example.org/api/v1/session/callback");

  @TempDir Path folder;

  private final SignIn signIn = SignIn.begun();
  private Issuer issuer;
  private OidcKeys keys;
  private CodeFlow flow;

  @BeforeEach
  void anIssuerThatIsKnown() throws Exception {
    issuer = new Issuer();
    keys = new OidcKeys(Optional.of(issuer.url()), Duration.ofMillis(100));
    flow = flow(new Client(Optional.of("depot console"), Optional.empty(), Optional.empty()));
    assertThat(flow.issuer()).as("before its document is here").isEmpty();
    keys.begin();
    while (keys.state().keys().isEmpty()) {
      Thread.sleep(10);
    }
  }

  @AfterEach
  void close() {
    keys.end();
    issuer.close();
  }

  @Test
  void whoSignsInThereIsWorthHereWhatTheTokenForDoorsSays() throws Exception {
    issuer.inIdToken(claims -> claims.setStringListClaim("roles", List.of("depot-admin")));
    issuer.inAccessToken(claims -> claims.setStringListClaim("families", List.of("llama")));

    assertThat(finish(code(signIn)))
        .isEqualTo(known(Role.OPERATOR, Set.of(FamilyName.of("llama"))));
  }

  @Test
  void whereThatIsForOthersTheTokenThatSaysWhoItIsSaysWhatHeMay() throws Exception {
    issuer.inIdToken(claims -> claims.setStringListClaim("roles", List.of("depot-admin")));
    issuer.inAccessToken(claims -> claims.setAudience("another-service"));

    assertThat(finish(code(signIn))).isEqualTo(known(Role.ADMIN, Set.of()));

    issuer.inAccessToken(claims -> claims.setSubject("somebody-else"));

    assertThat(finish(code(signIn))).isEqualTo(known(Role.ADMIN, Set.of()));
  }

  @Test
  void anAddressOfTheSignInThatIsNoneHarmsNobodyWhoBringsAToken() throws Exception {
    issuer.tokensAt("no address");
    OidcKeys others = new OidcKeys(Optional.of(issuer.url()), Duration.ofMillis(100));
    others.begin();
    while (others.state().keys().isEmpty()) {
      Thread.sleep(10);
    }
    others.end();

    assertThat(others.state().places()).isEmpty();
    assertThat(
            new OidcTokens(new Said(issuer.url(), "roles"), others).check(issuer.token(it -> {})))
        .contains(known(Role.OPERATOR, Set.of()));
  }

  @Test
  void whoHasNoRoleHereIsToldSo() throws Exception {
    issuer.inIdToken(claims -> claims.setSubject("another-than-in-the-other-token"));

    assertThat(refused(finish(code(signIn)))).contains("roles");
  }

  @Test
  void aCodeOfAnotherSignInIsNotTaken() throws Exception {
    String stolen = code(SignIn.begun());

    assertThat(refused(finish(stolen))).contains("invalid_grant");
  }

  @Test
  void aCodeIsGoodOnce() throws Exception {
    String code = code(signIn);

    assertThat(finish(code)).isInstanceOf(Checked.Known.class);
    assertThat(refused(finish(code))).contains("invalid_grant");
  }

  @Test
  void aTokenOfAnotherSignInOrForAnotherClientIsNotTaken() throws Exception {
    issuer.inIdToken(claims -> claims.setStringClaim("nonce", SignIn.begun().nonce()));
    assertThat(refused(finish(code(signIn)))).contains("not the sign-in");

    issuer.inIdToken(claims -> claims.unsetClaim("nonce"));
    assertThat(refused(finish(code(signIn)))).contains("not the sign-in");

    issuer.inIdToken(claims -> claims.setAudience("another-client"));
    assertThat(refused(finish(code(signIn)))).contains("not meant for depot console");

    issuer.inIdToken(claims -> claims.setIssuer("https://elsewhere.example.org"));
    assertThat(refused(finish(code(signIn)))).contains("not of");
  }

  @Test
  void aClientMayHaveToProveItsName() throws Exception {
    issuer.secret("s3cret");
    assertThat(refused(finish(code(signIn)))).contains("invalid_grant");

    Path file = Files.writeString(folder.resolve("secret"), "s3cret\n");
    flow = flow(new Client(Optional.of("depot"), Optional.of(file), Optional.empty()));

    assertThat(finish(code(signIn))).isInstanceOf(Checked.Known.class);
  }

  @Test
  void theAddressToComeBackToIsTheOneOfTheSettings() {
    URI outside = URI.create("https://depot.example.org/api/v1/session/callback");
    flow = flow(new Client(Optional.of("depot"), Optional.empty(), Optional.of(outside)));

    assertThat(issuer.signIn(flow.begin(signIn, HERE)).toString()).startsWith(outside + "?code=");
  }

  @Test
  void theIssuerLearnsNothingThatLeadsToTheBrowsersSecret() {
    String asked = flow.begin(signIn, HERE).toString();

    assertThat(asked)
        .contains("code_challenge_method=S256", "scope=openid+groups", "client_id=depot+console")
        .doesNotContain(signIn.secret(), signIn.verifier());
    assertThat(signIn.isOf(signIn.state())).isTrue();
    assertThat(signIn.isOf(SignIn.begun().state())).isFalse();
    assertThat(SignIn.of(signIn.secret()).orElseThrow().state()).isEqualTo(signIn.state());
    assertThat(SignIn.of("short")).isEmpty();
  }

  @Test
  void withoutANameAtTheIssuerNobodyIsSentThere() {
    flow = flow(new Client(Optional.empty(), Optional.empty(), Optional.empty()));

    assertThat(flow.issuer()).isEmpty();
    assertThatThrownBy(() -> flow.begin(signIn, HERE)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatAnIssuerSaysIsRepeatedWhereItIsAWord() {
    assertThat(flow.refusal(Optional.of("access_denied")))
        .isEqualTo("127.0.0.1 did not sign you in: access_denied.");
    assertThat(flow.refusal(Optional.of("<script>"))).isEqualTo("127.0.0.1 did not sign you in.");
    assertThat(flow.refusal(Optional.empty())).isEqualTo("127.0.0.1 did not sign you in.");
  }

  private CodeFlow flow(Client client) {
    OidcSettings said = new Said(issuer.url(), "roles");
    return new CodeFlow(said, client, keys, new OidcTokens(said, keys));
  }

  private String code(SignIn begun) {
    String back = issuer.signIn(flow.begin(begun, HERE)).getQuery();
    return back.replaceFirst("code=([^&]*)&.*", "$1");
  }

  private Checked finish(String code) throws IOException, InterruptedException {
    return flow.finish(signIn, HERE, code);
  }

  private static Checked known(Role role, Set<FamilyName> families) {
    return new Checked.Known(new Identity("user/7f3c-ada", role, families));
  }

  private static String refused(Checked checked) {
    assertThat(checked).isInstanceOf(Checked.Refused.class);
    return ((Checked.Refused) checked).why();
  }

  private record Client(Optional<String> id, Optional<Path> secretFile, Optional<URI> callback)
      implements CodeFlowSettings {
    @Override
    public Optional<List<String>> scopes() {
      return Optional.of(List.of("groups"));
    }
  }
}
