package io.modeldepot.kit.access;

import io.modeldepot.events.state.AccessChanged;
import io.modeldepot.kit.state.StateListener;
import io.modeldepot.kit.state.StateRecord;
import io.modeldepot.kit.state.StateTable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Set;

/** The tokens that are known here, as {@code access-changed} said them. Safe for threads. */
public final class AccessTable implements StateListener<AccessChanged> {
  private final StateTable<AccessChanged> tokens =
      StateTable.byGeneration(AccessChanged::generation);
  private final InstantSource clock;

  public AccessTable(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void heard(StateRecord<AccessChanged> what) {
    tokens.heard(what);
  }

  /** Knows a token from elsewhere than the topic. */
  public void know(AccessChanged token) {
    tokens.know(token.tokenId(), token);
  }

  /** Whom a token makes of its bearer, or why nobody. */
  Checked check(AccessToken token) {
    AccessChanged known = tokens.get(token.id()).orElse(null);
    if (known == null
        || !MessageDigest.isEqual(
            known.sha256().value().getBytes(StandardCharsets.US_ASCII),
            token.sha256().value().getBytes(StandardCharsets.US_ASCII))) {
      return new Checked.Refused("This token is not known here.");
    }
    if (known.revoked()) {
      return new Checked.Refused("The token " + token.id() + " was revoked.");
    }
    if (known.expiresAt().filter(end -> !end.isAfter(clock.instant())).isPresent()) {
      return new Checked.Refused(
          "The token %s expired at %s.".formatted(token.id(), known.expiresAt().get()));
    }
    return new Checked.Known(
        new Identity("token/" + token.id(), known.role(), Set.copyOf(known.families())));
  }
}
