package io.modeldepot.mirror.access;

import io.modeldepot.events.state.Role;
import io.modeldepot.kit.access.Checked;
import io.modeldepot.kit.access.Gate;
import io.modeldepot.mirror.shelf.Edition;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides who may read which version. */
@ApplicationScoped
public class Gatekeeper {
  private static final String BEARER = "Bearer ";

  private final List<byte[]> tokens;
  private final Gate depot;

  /**
   * @param depot knows the depot's own tokens, where there is a broker that told of them
   */
  Gatekeeper(AccessSettings settings, Gate depot) {
    this.depot = depot;
    this.tokens =
        settings.tokens().orElse(List.of()).stream()
            .map(String::strip)
            .filter(token -> !token.isEmpty())
            .map(token -> token.getBytes(StandardCharsets.UTF_8))
            .toList();
  }

  /** Who sends this {@code Authorization} header. */
  public Caller caller(@Nullable String authorization) {
    if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, 7)) {
      return Caller.ANONYMOUS;
    }
    byte[] token =
        authorization.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
    boolean known = false;
    for (byte[] accepted : tokens) {
      known |= MessageDigest.isEqual(accepted, token);
    }
    return known || isOfTheDepot(authorization) ? Caller.KNOWN : Caller.UNKNOWN;
  }

  private boolean isOfTheDepot(String authorization) {
    Optional<String> token = Gate.bearer(Optional.of(authorization));
    return token.isPresent()
        && depot.check(new Gate.Caller(token, false, true)) instanceof Checked.Known known
        && known.identity().may(Role.VIEWER);
  }

  /**
   * Who reads, for those who must know that somebody does: the beginning of the digest of a token
   * of ours, which tells tokens apart and opens nothing; else where the request comes from.
   */
  public String holder(@Nullable String authorization, String address) {
    if (authorization == null || caller(authorization) != Caller.KNOWN) {
      return address;
    }
    String token = authorization.substring(BEARER.length()).strip();
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return "token-" + HexFormat.of().formatHex(digest, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  /** Whether this caller may read this version. */
  public boolean mayRead(Caller caller, Edition edition) {
    return edition.gated().isEmpty() || caller == Caller.KNOWN;
  }
}
