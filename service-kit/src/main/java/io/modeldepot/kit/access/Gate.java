package io.modeldepot.kit.access;

import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Predicate;

/** Decides who a caller is. Safe for threads. */
public final class Gate {
  /** The shortest token that is not one of ours; shorter ones can be guessed. */
  public static final int SHORTEST = 32;

  private static final String BEARER = "Bearer ";

  private final AccessTable table;
  private final Requirement requirement;
  private final byte[] serviceDigest;
  private final OtherTokens others;

  /**
   * @param serviceToken what the depot's own services carry, and an operator before there is any
   *     other token; empty: there is none
   * @throws IllegalArgumentException if it is too short
   */
  public Gate(AccessTable table, Requirement requirement, Optional<String> serviceToken) {
    this(table, requirement, serviceToken, token -> Optional.empty());
  }

  /**
   * The same where somebody else gives out tokens too.
   *
   * @param others is asked about what is no token of the depot's own
   */
  public Gate(
      AccessTable table,
      Requirement requirement,
      Optional<String> serviceToken,
      OtherTokens others) {
    this.others = others;
    serviceToken.ifPresent(
        text -> {
          if (text.length() < SHORTEST) {
            throw new IllegalArgumentException(
                "The service token has %d characters; it must have at least %d. Try: openssl rand -hex 24"
                    .formatted(text.length(), SHORTEST));
          }
        });
    this.table = table;
    this.requirement = requirement;
    this.serviceDigest = serviceToken.map(AccessToken::digest).orElseGet(() -> new byte[0]);
  }

  /**
   * A caller, as a door sees it.
   *
   * @param token what it carries, without {@code Bearer}
   * @param fromThisMachine whether the connection comes from a loopback address
   * @param forwarded whether a proxy says that it calls for somebody else
   */
  public record Caller(Optional<String> token, boolean fromThisMachine, boolean forwarded) {
    /**
     * A caller over HTTP.
     *
     * @param remoteAddress of the connection, numeric
     * @param host the name or address that the caller asks for, without a port
     * @param hasHeader whether the request has a header of that name
     */
    public static Caller over(
        Optional<String> token,
        Optional<String> remoteAddress,
        Optional<String> host,
        Predicate<String> hasHeader) {
      return new Caller(
          token,
          LocalCall.is(remoteAddress, host),
          LocalCall.FORWARDED.stream().anyMatch(hasHeader));
    }
  }

  /** The token of an {@code Authorization} header. */
  public static Optional<String> bearer(Optional<String> authorization) {
    return authorization
        .filter(it -> it.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(it -> it.substring(BEARER.length()).strip())
        .filter(it -> !it.isEmpty());
  }

  /** A token that is wrong is refused, also where none would have been asked for. */
  public Checked check(Caller caller) {
    if (caller.token().isPresent()) {
      return check(caller.token().get());
    }
    boolean local = caller.fromThisMachine() && !caller.forwarded();
    return switch (requirement) {
      case NEVER -> new Checked.Known(Identity.unlimited(local ? "local" : "anonymous"));
      case REMOTE ->
          local
              ? new Checked.Known(Identity.unlimited("local"))
              : new Checked.Refused("Who calls from another machine needs a token.");
      case ALWAYS -> new Checked.Refused("A token is needed.");
    };
  }

  private Checked check(String token) {
    if (MessageDigest.isEqual(serviceDigest, AccessToken.digest(token))) {
      return new Checked.Known(Identity.unlimited("service"));
    }
    return AccessToken.of(token)
        .map(table::check)
        .or(() -> others.check(token))
        .orElseGet(() -> new Checked.Refused("This token is not known here."));
  }
}
