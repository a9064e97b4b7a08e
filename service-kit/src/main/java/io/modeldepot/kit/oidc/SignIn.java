package io.modeldepot.kit.oidc;

import io.modeldepot.kit.access.AccessToken;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One sign-in that a browser has begun, known by a secret that this browser alone keeps. What the
 * issuer is told of it follows from the secret and does not lead back to it.
 */
public final class SignIn {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final int BYTES = 32;
  private static final String ALGORITHM = "HmacSHA256";

  private final String secret;

  private SignIn(String secret) {
    this.secret = secret;
  }

  /** A new one. */
  public static SignIn begun() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return new SignIn(text(bytes));
  }

  /** The one of this secret; empty if it is none of ours. */
  public static Optional<SignIn> of(String secret) {
    return SECRET.matcher(secret).matches() ? Optional.of(new SignIn(secret)) : Optional.empty();
  }

  /** For the browser alone. */
  public String secret() {
    return secret;
  }

  /** Whether an answer that says {@code state} belongs to it. */
  public boolean isOf(String state) {
    return MessageDigest.isEqual(
        state().getBytes(StandardCharsets.UTF_8), state.getBytes(StandardCharsets.UTF_8));
  }

  /** Comes back with the answer. */
  String state() {
    return derived("state");
  }

  /** Comes back within the token. */
  String nonce() {
    return derived("nonce");
  }

  /** Shows whoever fetches the tokens that he has begun it; source: RFC 7636. */
  String verifier() {
    return derived("verifier");
  }

  /** What is said of the verifier beforehand. */
  String challenge() {
    return text(AccessToken.digest(verifier()));
  }

  private String derived(String what) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), ALGORITHM));
      return text(mac.doFinal(what.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
