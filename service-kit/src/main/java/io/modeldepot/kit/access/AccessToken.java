package io.modeldepot.kit.access;

import io.modeldepot.events.terms.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A token of ours: {@code mdp_<id>_<secret>}. The id is public and names it in lists, in the audit
 * trail and on the topic; the secret has 260 random bits, so one round of SHA-256 protects it.
 */
public final class AccessToken {
  private static final String PREFIX = "mdp_";
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int ID_LETTERS = 10;
  private static final int SECRET_LETTERS = 52;
  private static final Pattern FORM =
      Pattern.compile(PREFIX + "([a-z2-7]{" + ID_LETTERS + "})_[a-z2-7]{" + SECRET_LETTERS + "}");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String id;
  private final String text;

  private AccessToken(String id, String text) {
    this.id = id;
    this.text = text;
  }

  /** A new one that nobody can guess. */
  public static AccessToken create() {
    String id = letters(ID_LETTERS);
    return new AccessToken(id, PREFIX + id + "_" + letters(SECRET_LETTERS));
  }

  /** The token that a text is, if it has the form of one. */
  public static Optional<AccessToken> of(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(new AccessToken(matcher.group(1), text))
        : Optional.empty();
  }

  /** Its public name. */
  public String id() {
    return id;
  }

  /** What its owner keeps; the one place where the secret is. */
  public String text() {
    return text;
  }

  /** What others keep of it. */
  public Sha256 sha256() {
    return Sha256.of(HexFormat.of().formatHex(digest(text)));
  }

  /** SHA-256 of a text. */
  public static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  private static String letters(int count) {
    StringBuilder letters = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      letters.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return letters.toString();
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return PREFIX + id + "_…";
  }
}
