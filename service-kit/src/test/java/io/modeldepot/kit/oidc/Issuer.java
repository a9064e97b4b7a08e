package io.modeldepot.kit.oidc;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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

/** An issuer as an organisation has one. */
final class Issuer implements AutoCloseable {
  private final HttpServer server;
  private final List<RsaJsonWebKey> keys = new ArrayList<>();
  private final AtomicInteger fetched = new AtomicInteger();
  private String called;

  Issuer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    called = url().toString();
    server.createContext("/", this::answer);
    server.start();
    newKey();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What it calls itself from now on. */
  void callItself(String name) {
    called = name;
  }

  /** How often its keys were fetched. */
  int fetched() {
    return fetched.get();
  }

  /** Signs with another key from now on. */
  synchronized RsaJsonWebKey newKey() {
    RsaJsonWebKey key = key("key-" + keys.size());
    keys.add(key);
    return key;
  }

  static RsaJsonWebKey key(String id) {
    try {
      RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
      key.setKeyId(id);
      return key;
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Claims of somebody who may operate, for as long as a test takes. */
  JwtClaims claims() {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(url().toString());
    claims.setSubject("7f3c-ada");
    claims.setAudience("model-depot");
    claims.setExpirationTimeMinutesInTheFuture(10);
    claims.setStringListClaim("roles", List.of("staff", "depot-operator"));
    return claims;
  }

  /** A token of somebody who may operate, changed so. */
  synchronized String token(Consumer<JwtClaims> changed) {
    JwtClaims claims = claims();
    changed.accept(claims);
    return signed(claims, keys.getLast());
  }

  static String signed(JwtClaims claims, PublicJsonWebKey key) {
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

  private void answer(com.sun.net.httpserver.HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String text =
        switch (path) {
          case "/.well-known/openid-configuration" ->
              "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(called, url());
          case "/keys" -> published();
          default -> "{}";
        };
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
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
