package io.modeldepot.kit.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.kit.access.Checked;
import io.modeldepot.kit.access.SecretFile;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * People sign in at the issuer's own page and come back with a code, for which the issuer gives
 * their tokens: the authorization code flow with PKCE. Safe for threads.
 */
@ApplicationScoped
public class CodeFlow {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** What issuers say of a refusal; anything else is not repeated. */
  private static final Pattern WORD = Pattern.compile("[a-z_]{1,40}");

  private final OidcSettings settings;
  private final CodeFlowSettings client;
  private final OidcKeys keys;
  private final OidcTokens tokens;

  CodeFlow(OidcSettings settings, CodeFlowSettings client, OidcKeys keys, OidcTokens tokens) {
    this.settings = settings;
    this.client = client;
    this.keys = keys;
    this.tokens = tokens;
  }

  /** A secret that cannot be read is told at the start, not to whoever signs in first. */
  void start(@Observes StartupEvent started) {
    Optional<String> unused = secret();
  }

  /** The issuer's host, if people can be sent there now. */
  public Optional<String> issuer() {
    boolean isNamed = client.id().filter(id -> !id.isBlank()).isPresent();
    return isNamed && keys.state().places().isPresent()
        ? settings.issuer().map(URI::getHost)
        : Optional.empty();
  }

  /**
   * Where to send a browser.
   *
   * @param here where it was asked to come back to, unless the settings say so
   * @throws IllegalStateException where {@link #issuer} is empty
   */
  public URI begin(SignIn signIn, URI here) {
    Map<String, String> question = new LinkedHashMap<>();
    question.put("response_type", "code");
    question.put("client_id", id());
    question.put("redirect_uri", callback(here));
    question.put("scope", scopes());
    question.put("state", signIn.state());
    question.put("nonce", signIn.nonce());
    question.put("code_challenge", signIn.challenge());
    question.put("code_challenge_method", "S256");
    String page = places().signIn().toString();
    return URI.create(page + (page.contains("?") ? "&" : "?") + form(question));
  }

  /**
   * Fetches the tokens of who came back, and says who that is. Waits for the issuer.
   *
   * @param here as in {@link #begin}
   * @param code what the issuer sent him back with
   * @throws IOException if the issuer does not answer
   */
  public Checked finish(SignIn signIn, URI here, String code)
      throws IOException, InterruptedException {
    Map<String, String> question = new LinkedHashMap<>();
    question.put("grant_type", "authorization_code");
    question.put("code", code);
    question.put("redirect_uri", callback(here));
    question.put("client_id", id());
    question.put("code_verifier", signIn.verifier());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(places().tokens())
            .timeout(PATIENCE)
            .header("Accept", "application/json")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form(question)));
    secret().ifPresent(secret -> request.header("Authorization", basic(id(), secret)));
    HttpResponse<byte[]> answer =
        Client.HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    JsonNode said = Wire.mapper().readTree(answer.body());
    if (answer.statusCode() != 200) {
      return new Checked.Refused(
          "%s does not take this sign-in: %s."
              .formatted(host(), word(said.path("error").asText(), answer.statusCode())));
    }
    Optional<String> access = Optional.of(said.path("access_token").asText());
    return tokens.signedIn(said.path("id_token").asText(), access, id(), signIn.nonce());
  }

  /** What an issuer says instead of a code, if it is one of its words. */
  public String refusal(Optional<String> error) {
    return "%s did not sign you in%s."
        .formatted(host(), error.filter(CodeFlow::isWord).map(": "::concat).orElse(""));
  }

  private static String word(String said, int status) {
    return isWord(said) ? said : "status " + status;
  }

  private static boolean isWord(String said) {
    return WORD.matcher(said).matches();
  }

  /** Made when somebody comes back for the first time. */
  private static final class Client {
    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  }

  private String host() {
    return settings.issuer().map(URI::getHost).orElse("The issuer");
  }

  private String id() {
    return client.id().orElseThrow(CodeFlow::notOffered);
  }

  private OidcKeys.Places places() {
    return keys.state().places().orElseThrow(CodeFlow::notOffered);
  }

  private static IllegalStateException notOffered() {
    return new IllegalStateException("Nobody can be sent to an issuer now.");
  }

  private String callback(URI here) {
    return client.callback().orElse(here).toString();
  }

  private String scopes() {
    List<String> more = client.scopes().orElse(List.of());
    return more.contains("openid")
        ? String.join(" ", more)
        : "openid" + more.stream().map(" "::concat).collect(Collectors.joining());
  }

  private Optional<String> secret() {
    return client
        .secretFile()
        .map(file -> SecretFile.read(file, "depot.oidc.client.secret-file", "secret"));
  }

  /** Source: RFC 6749, 2.3.1. */
  private static String basic(String id, String secret) {
    String pair = encoded(id) + ":" + encoded(secret);
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static String form(Map<String, String> values) {
    return values.entrySet().stream()
        .map(value -> value.getKey() + "=" + encoded(value.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
