package io.modeldepot.kit.oidc;

import io.modeldepot.events.state.Role;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.kit.access.AccessToken;
import io.modeldepot.kit.access.Checked;
import io.modeldepot.kit.access.Identity;
import io.modeldepot.kit.access.OtherTokens;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Signed tokens of the issuer that the depot trusts, if it trusts one. Safe for threads. */
@ApplicationScoped
class OidcTokens implements OtherTokens {
  private static final int CLOCKS_DIFFER_SECONDS = 30;

  /** What is the issuer's alone to sign with: no shared secrets, and never nothing. */
  private static final AlgorithmConstraints ALGORITHMS =
      new AlgorithmConstraints(
          ConstraintType.PERMIT,
          AlgorithmIdentifiers.RSA_USING_SHA256,
          AlgorithmIdentifiers.RSA_USING_SHA384,
          AlgorithmIdentifiers.RSA_USING_SHA512,
          AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
          AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
          AlgorithmIdentifiers.RSA_PSS_USING_SHA512,
          AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
          AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
          AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512,
          AlgorithmIdentifiers.EDDSA);

  private static final Pattern SIGNED = Pattern.compile("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]*");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@:|-]{0,99}");
  private static final int DIGITS = 16;

  private final OidcSettings settings;
  private final OidcKeys keys;

  OidcTokens(OidcSettings settings, OidcKeys keys) {
    this.settings = settings;
    this.keys = keys;
  }

  @Override
  public Optional<Checked> check(String token) {
    return settings.issuer().isPresent() && SIGNED.matcher(token).matches()
        ? Optional.of(checked(token, settings.audience(), this::identified))
        : Optional.empty();
  }

  /**
   * Who signed in.
   *
   * @param idToken says that somebody did; and what he may do, where the other does not
   * @param accessToken says what he may do, if it is one of those that doors take: then a session
   *     is worth what its bearer would be
   * @param client for whom the first must be meant
   * @param nonce what it must say of the sign-in that was begun
   */
  Checked signedIn(String idToken, Optional<String> accessToken, String client, String nonce) {
    return checked(
        idToken,
        client,
        claims -> {
          if (!nonce.equals(claims.getStringClaimValue("nonce"))) {
            return new Checked.Refused("This is not the sign-in that was begun here.");
          }
          String who = actor(claims);
          Optional<Checked> bearer =
              accessToken
                  .flatMap(this::check)
                  .filter(it -> it instanceof Checked.Known(var is) && is.actor().equals(who));
          return bearer.isPresent() ? bearer.get() : identified(claims);
        });
  }

  /** What becomes of the claims of a token that is good. */
  @FunctionalInterface
  private interface Reading {
    Checked of(JwtClaims claims) throws MalformedClaimException;
  }

  private Checked checked(String token, String audience, Reading reading) {
    OidcKeys.State known = keys.state();
    String issuer = settings.issuer().orElseThrow().toString();
    if (known.keys().isEmpty()) {
      return new Checked.Refused("The keys of %s are not here: %s.".formatted(issuer, known.why()));
    }
    if (!isAmong(known.keys(), token)) {
      keys.lacking();
      return new Checked.Refused(
          "The token is signed with a key that %s did not have when it was asked last."
              .formatted(issuer));
    }
    try {
      return reading.of(consumer(known.keys(), issuer, audience).processToClaims(token));
    } catch (InvalidJwtException e) {
      // Its message has the claims.
      return new Checked.Refused(why(e, issuer, audience));
    } catch (MalformedClaimException e) {
      return new Checked.Refused("A claim of the token is not what it has to be.");
    }
  }

  private static JwtConsumer consumer(List<JsonWebKey> known, String issuer, String audience) {
    return new JwtConsumerBuilder()
        .setRequireExpirationTime()
        .setRequireSubject()
        .setAllowedClockSkewInSeconds(CLOCKS_DIFFER_SECONDS)
        .setExpectedIssuer(issuer)
        .setExpectedAudience(audience)
        .setJwsAlgorithmConstraints(ALGORITHMS)
        .setVerificationKeyResolver(new JwksVerificationKeyResolver(known))
        .build();
  }

  private static boolean isAmong(List<JsonWebKey> known, String token) {
    try {
      JsonWebSignature signature = new JsonWebSignature();
      signature.setCompactSerialization(token);
      String id = signature.getKeyIdHeaderValue();
      return id == null || known.stream().anyMatch(key -> id.equals(key.getKeyId()));
    } catch (JoseException e) {
      // The consumer says what is wrong with it.
      return true;
    }
  }

  private Checked identified(JwtClaims claims) throws MalformedClaimException {
    Set<String> has = values(claims, settings.rolesClaim());
    Optional<Role> role =
        makes(has, settings.admins(), Role.ADMIN)
            .or(() -> makes(has, settings.operators(), Role.OPERATOR))
            .or(() -> makes(has, settings.viewers(), Role.VIEWER));
    if (role.isEmpty()) {
      return new Checked.Refused(
          "The token's claim %s has nothing that gives a role here."
              .formatted(settings.rolesClaim()));
    }
    Set<String> families = values(claims, settings.familiesClaim());
    Optional<String> unusable =
        families.stream().filter(name -> !name.matches(FamilyName.PATTERN)).findFirst();
    if (unusable.isPresent()) {
      return new Checked.Refused(
          "The token's claim %s names something that is no family."
              .formatted(settings.familiesClaim()));
    }
    if (families.isEmpty() && value(claims, settings.familiesClaim()) != null) {
      // A list that is empty is not the same as none: it lets its bearer look.
      return new Checked.Known(new Identity(actor(claims), Role.VIEWER, Set.of()));
    }
    return new Checked.Known(
        new Identity(
            actor(claims),
            role.get(),
            families.stream().map(FamilyName::of).collect(Collectors.toSet())));
  }

  /** The subject as it is, where it is plain; names and addresses of people are not taken. */
  private static String actor(JwtClaims claims) throws MalformedClaimException {
    String subject = claims.getSubject();
    return "user/"
        + (PLAIN.matcher(subject).matches()
            ? subject
            : "h-" + HexFormat.of().formatHex(AccessToken.digest(subject)).substring(0, DIGITS));
  }

  private static Optional<Role> makes(Set<String> has, List<String> words, Role role) {
    return words.stream().anyMatch(has::contains) ? Optional.of(role) : Optional.empty();
  }

  private static Set<String> values(JwtClaims claims, String path) {
    Set<String> all = new HashSet<>();
    Object found = value(claims, path);
    if (found instanceof Collection<?> many) {
      many.forEach(one -> all.add(String.valueOf(one)));
    } else if (found instanceof String one) {
      all.addAll(List.of(one.strip().split("[\\s,]+", -1)));
      all.remove("");
    }
    return all;
  }

  private static @Nullable Object value(JwtClaims claims, String path) {
    Object found = claims.getClaimsMap().get(path);
    if (found != null) {
      return found;
    }
    found = claims.getClaimsMap();
    for (String name : path.split("\\.", -1)) {
      found = found instanceof Map<?, ?> object ? object.get(name) : null;
    }
    return found;
  }

  private static String why(InvalidJwtException e, String issuer, String audience) {
    if (e.hasExpired()) {
      return "The token is over.";
    }
    if (e.hasErrorCode(ErrorCodes.ISSUER_INVALID) || e.hasErrorCode(ErrorCodes.ISSUER_MISSING)) {
      return "The token is not of " + issuer + ".";
    }
    if (e.hasErrorCode(ErrorCodes.AUDIENCE_INVALID)
        || e.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
      return "The token is not meant for " + audience + ".";
    }
    return "The token is not signed by " + issuer + ", or lacks what a token has to have.";
  }
}
