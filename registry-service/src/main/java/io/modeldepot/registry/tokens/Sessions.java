package io.modeldepot.registry.tokens;

import io.modeldepot.kit.access.Identity;
import io.modeldepot.registry.access.CallerFilter;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.door.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Begins sessions of browsers, each a token of its own in a cookie. */
@ApplicationScoped
class Sessions {
  private static final Duration LONGEST = Duration.ofHours(12);

  private final Tokens tokens;
  private final InstantSource clock;

  Sessions(Tokens tokens, InstantSource clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /** Of what a claim grants; the claim's own end is that of the link, not of what it grants. */
  TokenView.Created ofClaim(Grant granted) {
    Grant session =
        new Grant(granted.name(), granted.role(), granted.families(), Optional.of(latest()));
    return begun(tokens.session(session, Optional.empty(), origin("claim")));
  }

  /**
   * Of somebody who is known by a token.
   *
   * @param token its id, with which the session ends; empty if it is not one of the depot's own
   */
  TokenView.Created of(Identity identity, Optional<String> token) {
    Grant grant =
        token
            .flatMap(tokens::grant)
            .orElseGet(
                () ->
                    new Grant(
                        identity.actor(),
                        identity.role(),
                        List.copyOf(identity.families()),
                        Optional.empty()));
    Grant session = grant.until(grant.name() + ", in a browser", latest());
    return begun(tokens.session(session, token, origin(identity.actor())));
  }

  private TokenView.Created begun(TokenView.Created session) {
    tokens.learn();
    return session;
  }

  private Instant latest() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS).plus(LONGEST);
  }

  /** Where a browser keeps it. */
  NewCookie cookie(TokenView.Created session, UriInfo uri) {
    Instant end = session.details().expiresAt().orElseGet(this::latest);
    long seconds = Duration.between(clock.instant(), end).toSeconds();
    return cookie(session.token(), (int) seconds, uri);
  }

  /** Makes a browser forget it. */
  static NewCookie none(UriInfo uri) {
    return cookie("", 0, uri);
  }

  private static NewCookie cookie(String value, int seconds, UriInfo uri) {
    return new NewCookie.Builder(CallerFilter.SESSION)
        .value(value)
        .path("/")
        .maxAge(seconds)
        .httpOnly(true)
        .secure("https".equals(uri.getRequestUri().getScheme()))
        .sameSite(NewCookie.SameSite.STRICT)
        .build();
  }

  static Origin origin(String actor) {
    return Origin.rest(actor, Ids.event());
  }
}
