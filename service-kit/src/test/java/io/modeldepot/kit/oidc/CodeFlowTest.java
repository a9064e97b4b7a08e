package io.modeldepot.kit.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.events.state.Role;
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
import org.junit.jupiter.api.io.TempDir;

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
  void whoSignsInThereIsKnownHereByTheRolesOfEitherToken() throws Exception {
    assertThat(finish(code(signIn))).isEqualTo(known(Role.OPERATOR));

    issuer.inIdToken(claims -> claims.setStringListClaim("roles", List.of("depot-admin")));

    assertThat(finish(code(signIn))).isEqualTo(known(Role.ADMIN));
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
    assertThat(flow.refusal("access_denied"))
        .isEqualTo("127.0.0.1 did not sign you in: access_denied.");
    assertThat(flow.refusal("<script>")).doesNotContain("<");
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

  private static Checked known(Role role) {
    return new Checked.Known(new Identity("user/7f3c-ada", role, Set.of()));
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
