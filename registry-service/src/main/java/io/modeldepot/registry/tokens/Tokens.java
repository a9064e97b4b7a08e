package io.modeldepot.registry.tokens;

import io.modeldepot.events.state.AccessChanged;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.access.AccessTable;
import io.modeldepot.kit.access.AccessToken;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.door.Ids;
import io.modeldepot.registry.outbox.Ledger;
import io.modeldepot.registry.outbox.Outgoing;
import io.modeldepot.registry.problem.ProblemException;
import io.modeldepot.registry.tokens.TokenRow.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Makes and ends tokens. Each change is a row, an audit entry and a record on {@code
 * access-changed} together; only digests are kept.
 */
@ApplicationScoped
public class Tokens {
  /** How long what has ended stays in the list. */
  private static final Duration SHOWN = Duration.ofDays(30);

  private final AccessTable table;
  private final Ledger ledger;
  private final InstantSource clock;

  Tokens(AccessTable table, Ledger ledger, InstantSource clock) {
    this.table = table;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** All that are good or ended lately, the newest first; claims are no tokens. */
  @Transactional
  List<TokenView> all() {
    return TokenRow.<TokenRow>find("kind <> ?1 order by createdAt desc, id", Kind.CLAIM)
        .list()
        .stream()
        .map(TokenRow::view)
        .toList();
  }

  /** A new token. */
  @Transactional
  TokenView.Created create(Grant grant, Origin origin) {
    return make(grant, Kind.TOKEN, Optional.empty(), origin);
  }

  /**
   * Begins a session.
   *
   * @param begunWith the token that it ends with, if there is one
   */
  @Transactional
  TokenView.Created session(Grant grant, Optional<String> begunWith, Origin origin) {
    return make(grant, Kind.SESSION, begunWith, origin);
  }

  /** A secret that begins one session. */
  @Transactional
  TokenView.Created claim(Grant grant, Origin origin) {
    return make(grant, Kind.CLAIM, Optional.empty(), origin);
  }

  /** What a claim grants; from now on it grants nothing. */
  @Transactional
  Optional<Grant> redeem(String text, Origin origin) {
    return AccessToken.of(text)
        .flatMap(
            token ->
                TokenRow.<TokenRow>findByIdOptional(token.id(), LockModeType.PESSIMISTIC_WRITE)
                    .filter(row -> row.kind == Kind.CLAIM)
                    .filter(row -> row.sha256.equals(token.sha256().value())))
        .filter(row -> !row.endedBy(clock.instant()))
        .map(
            row -> {
              end(row, "access.claimed", origin);
              return row.grant();
            });
  }

  /** What a token of ours grants now. */
  @Transactional
  Optional<Grant> grant(String id) {
    return TokenRow.<TokenRow>findByIdOptional(id)
        .filter(row -> !row.endedBy(clock.instant()))
        .map(TokenRow::grant);
  }

  /**
   * Ends a token, and the sessions that were begun with it; one that has ended stays as it is.
   *
   * @throws ProblemException {@code not-found}
   */
  @Transactional
  void revoke(String id, Origin origin) {
    TokenRow row =
        TokenRow.<TokenRow>findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE)
            .filter(it -> it.kind != Kind.CLAIM)
            .orElseThrow(
                () ->
                    ProblemException.of(
                        ProblemCode.NOT_FOUND, "There is no token " + id + ".", Map.of("id", id)));
    List<TokenRow> sessions =
        TokenRow.<TokenRow>find("begunWith = ?1 and revokedAt is null", id)
            .withLock(LockModeType.PESSIMISTIC_WRITE)
            .list();
    for (TokenRow session : sessions) {
      end(session, "access.revoked", origin.and(session.id));
    }
    if (row.revokedAt == null) {
      end(row, "access.revoked", origin);
    }
  }

  /** Tells every door again what is good, for a broker that may have lost it. */
  @Transactional
  public void again() {
    ledger.repeat(
        TokenRow.<TokenRow>find("kind <> ?1 order by id", Kind.CLAIM).list().stream()
            .map(row -> out(row.said()))
            .toList());
  }

  /** Learns what is committed, also of what another registry made. */
  @Transactional
  void learn() {
    TokenRow.<TokenRow>find("kind <> ?1", Kind.CLAIM).list().forEach(row -> table.know(row.said()));
  }

  private TokenView.Created make(
      Grant grant, Kind kind, Optional<String> begunWith, Origin origin) {
    forgetOld();
    AccessToken token = AccessToken.create();
    TokenRow row = new TokenRow(grant, kind, token.id(), token.sha256(), origin.actor(), now());
    row.begunWith = begunWith.orElse(null);
    row.persist();
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("name", grant.name());
    detail.put("kind", kind.name().toLowerCase(Locale.ROOT));
    detail.put("role", grant.role().name().toLowerCase(Locale.ROOT));
    detail.put("families", grant.families().stream().map(FamilyName::value).toList());
    grant.expiresAt().ifPresent(end -> detail.put("expiresAt", end.toString()));
    write(row, "access.granted", detail, origin);
    return new TokenView.Created(token.text(), row.view());
  }

  private void end(TokenRow row, String action, Origin origin) {
    row.revokedAt = now();
    row.generation++;
    write(row, action, Map.of("name", row.name), origin);
  }

  /** A claim opens no door, so no door hears of it. */
  private void write(TokenRow row, String action, Map<String, Object> detail, Origin origin) {
    boolean unused =
        ledger.write(
            origin.entry(action, "token/" + row.id, detail),
            row.kind == Kind.CLAIM ? List.of() : List.of(out(row.said())));
  }

  private void forgetOld() {
    Instant since = now().minus(SHOWN);
    for (TokenRow row : TokenRow.<TokenRow>list("revokedAt < ?1 or expiresAt < ?1", since)) {
      if (row.kind != Kind.CLAIM) {
        ledger.repeat(List.of(Outgoing.forgotten(Topics.ACCESS_CHANGED, row.id, Ids.event())));
      }
      row.delete();
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static Outgoing out(AccessChanged said) {
    return Outgoing.of(Topics.ACCESS_CHANGED, said.tokenId(), said, Ids.event());
  }
}
