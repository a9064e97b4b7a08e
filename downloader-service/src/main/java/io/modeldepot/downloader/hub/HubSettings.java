package io.modeldepot.downloader.hub;

import io.modeldepot.downloader.pace.Timekeeper;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How to speak to hubs.
 *
 * @param endpoints in order of preference, mirrors first, the origin last; not empty
 * @param token sent to the hosts of {@code endpoints} and to nobody else
 * @param siteToken sent to mirrors of this site, which are no {@code endpoints}
 * @param connectTimeout until a connection stands, TLS included
 * @param stallTimeout without a byte in this time a connection is abandoned
 * @param endpointPenalty how long an endpoint that could not be reached is asked last
 * @param maxFiles a longer listing is refused
 * @param userAgent who we say we are
 * @param time the clock that penalties are measured with
 */
public record HubSettings(
    List<Endpoint> endpoints,
    TokenSource token,
    TokenSource siteToken,
    Duration connectTimeout,
    Duration stallTimeout,
    Duration endpointPenalty,
    int maxFiles,
    String userAgent,
    Timekeeper time) {

  public HubSettings {
    endpoints = List.copyOf(endpoints);
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("At least one hub endpoint is needed");
    }
    if (!connectTimeout.isPositive()
        || !stallTimeout.isPositive()
        || endpointPenalty.isNegative()
        || maxFiles < 1) {
      throw new IllegalArgumentException("Times and limits of the hub client must be positive");
    }
  }

  /** 10 s to connect, 30 s without a byte, a minute of penalty, 20,000 files. */
  public static HubSettings of(List<Endpoint> endpoints, Optional<HubToken> token) {
    return of(endpoints, TokenSource.of(token));
  }

  /** The same with a token that may change. */
  public static HubSettings of(List<Endpoint> endpoints, TokenSource token) {
    return new HubSettings(
        endpoints,
        token,
        Optional::empty,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        20_000,
        "model-depot",
        Timekeeper.system());
  }

  /** The same with another patience. */
  public HubSettings withTimeouts(Duration connect, Duration stall) {
    return new HubSettings(
        endpoints, token, siteToken, connect, stall, endpointPenalty, maxFiles, userAgent, time);
  }

  /** The same with a token for the mirrors of this site. */
  public HubSettings withSiteToken(TokenSource other) {
    return new HubSettings(
        endpoints,
        token,
        other,
        connectTimeout,
        stallTimeout,
        endpointPenalty,
        maxFiles,
        userAgent,
        time);
  }

  /** The same with another clock. */
  public HubSettings withTime(Timekeeper other) {
    return new HubSettings(
        endpoints,
        token,
        siteToken,
        connectTimeout,
        stallTimeout,
        endpointPenalty,
        maxFiles,
        userAgent,
        other);
  }
}
