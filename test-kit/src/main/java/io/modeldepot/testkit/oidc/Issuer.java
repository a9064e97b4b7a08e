package io.modeldepot.testkit.oidc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/**
 * An issuer as an organisation has one. Its sign-in page has one person and one link; its codes are
 * good once, for who began the sign-in.
 */
public final class Issuer implements AutoCloseable {
  private static final String JSON = "application/json";

  private final String host;
  private final HttpServer server;
  private final List<RsaJsonWebKey> keys = new ArrayList<>();
  private final AtomicInteger fetched = new AtomicInteger();
  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
  private volatile Consumer<JwtClaims> inIdToken = claims -> {};
  private volatile Consumer<JwtClaims> inAccessToken = claims -> {};
  private volatile Optional<String> tokensAt = Optional.empty();
  private volatile Optional<String> secret = Optional.empty();
  private String called;

  /** Begins to answer, on a port of this machine. */
  public Issuer() throws IOException {
    this("127.0.0.1");
  }

  /** The same under another name of this machine: to a browser another site. */
  public Issuer(String host) throws IOException {
    this.host = host;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    called = url().toString();
    server.createContext("/", this::answer);
    server.start();
    newKey();
  }

  /** Its address, by which it calls itself. */
  public URI url() {
    return URI.create("http://" + host + ":" + server.getAddress().getPort());
  }

  /** What it calls itself from now on. */
  public void callItself(String name) {
    called = name;
  }

  /** How often its keys were fetched. */
  public int fetched() {
    return fetched.get();
  }

  /** Signs with another key from now on. */
  public synchronized RsaJsonWebKey newKey() {
    RsaJsonWebKey key = key("key-" + keys.size());
    keys.add(key);
    return key;
  }

  /** A key that it has not published. */
  public static RsaJsonWebKey key(String id) {
    try {
      RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
      key.setKeyId(id);
      return key;
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Claims of somebody who may operate, for as long as a test takes. */
  public JwtClaims claims() {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(url().toString());
    claims.setSubject("7f3c-ada");
    claims.setAudience("model-depot");
    claims.setExpirationTimeMinutesInTheFuture(10);
    claims.setStringListClaim("roles", List.of("staff", "depot-operator"));
    return claims;
  }

  /** A token of somebody who may operate, changed so. */
  public synchronized String token(Consumer<JwtClaims> changed) {
    JwtClaims claims = claims();
    changed.accept(claims);
    return signed(claims, keys.getLast());
  }

  /** A token of anybody's. */
  public static String signed(JwtClaims claims, PublicJsonWebKey key) {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setKey(key.getPrivateKey());
    signature.setKeyIdHeaderValue(key.getKeyId());
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What stands in the token that says who signed in; the roles stand in the other. */
  public void inIdToken(Consumer<JwtClaims> change) {
    inIdToken = change;
  }

  /** What stands in the token that is for doors. */
  public void inAccessToken(Consumer<JwtClaims> change) {
    inAccessToken = change;
  }

  /** Where it says that codes become tokens. */
  public void tokensAt(String place) {
    tokensAt = Optional.of(place);
  }

  /** What a client has to prove its name by from now on. */
  public void secret(String text) {
    secret = Optional.of(text);
  }

  /** Signs in: where the browser goes from the page that it was sent to. */
  public URI signIn(URI page) {
    Map<String, String> asked = values(page.getRawQuery());
    String code = "code-" + UUID.randomUUID();
    codes.put(code, asked);
    return URI.create(
        said(asked, "redirect_uri") + "?code=" + code + "&state=" + encoded(said(asked, "state")));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    switch (path) {
      case "/.well-known/openid-configuration" -> send(exchange, 200, JSON, document());
      case "/keys" -> send(exchange, 200, JSON, published());
      case "/sign-in" -> send(exchange, 200, "text/html", page(exchange.getRequestURI()));
      case "/tokens" -> {
        Optional<Map<String, String>> begun = begunBy(exchange);
        send(
            exchange,
            begun.isPresent() ? 200 : 400,
            JSON,
            begun.map(this::tokens).orElse("{\"error\":\"invalid_grant\"}"));
      }
      default -> send(exchange, 404, JSON, "{}");
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private String document() {
    return """
        {"issuer":"%s","jwks_uri":"%s/keys","authorization_endpoint":"%s/sign-in","token_endpoint":"%s"}
        """
        .formatted(called, url(), url(), tokensAt.orElse(url() + "/tokens"));
  }

  private String page(URI asked) {
    return "<!doctype html><html lang=\"en\"><link rel=\"icon\" href=\"data:,\"><title>Example login</title><h1>Example login</h1>"
        + "<p><a href=\""
        + signIn(asked).toString().replace("&", "&amp;")
        + "\">Go on as Ada</a></p>";
  }

  /** The sign-in whose code somebody brings, if he has begun it. */
  private Optional<Map<String, String>> begunBy(HttpExchange exchange) throws IOException {
    Map<String, String> brought =
        values(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    Optional<String> proof =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
    return Optional.ofNullable(codes.remove(said(brought, "code")))
        .filter(asked -> said(asked, "client_id").equals(said(brought, "client_id")))
        .filter(asked -> said(asked, "redirect_uri").equals(said(brought, "redirect_uri")))
        .filter(
            asked -> said(asked, "code_challenge").equals(digest(said(brought, "code_verifier"))))
        .filter(asked -> proof.equals(secret.map(text -> basic(said(asked, "client_id"), text))));
  }

  private String tokens(Map<String, String> begun) {
    String id =
        token(
            claims -> {
              claims.setAudience(said(begun, "client_id"));
              claims.setStringClaim("nonce", said(begun, "nonce"));
              claims.unsetClaim("roles");
              inIdToken.accept(claims);
            });
    return "{\"token_type\":\"Bearer\",\"id_token\":\"%s\",\"access_token\":\"%s\"}"
        .formatted(id, token(inAccessToken));
  }

  private static String basic(String id, String secret) {
    return "Basic "
        + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
  }

  private static String digest(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> values(String form) {
    Map<String, String> values = new HashMap<>();
    for (String one : form.split("&", 0)) {
      String[] pair = one.split("=", 2);
      values.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
    }
    return values;
  }

  private static String said(Map<String, String> values, String name) {
    return values.getOrDefault(name, "");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private synchronized String published() {
    int unused = fetched.incrementAndGet();
    return new JsonWebKeySet(keys).toJson(org.jose4j.jwk.JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
