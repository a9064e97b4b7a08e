package io.modeldepot.downloader.hub;

import io.modeldepot.downloader.hub.HubFailure.Evidence;
import io.modeldepot.hub.header.HubHeaders;
import io.modeldepot.hub.header.RateLimit;
import io.modeldepot.hub.refusal.Refusal;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import okhttp3.Response;

/**
 * Turns what came back, or did not, into a {@link HubFailure}. The one place that decides what an
 * answer means. No text of an exception or a body is passed on: either may hold an address with a
 * signature.
 */
final class Refusals {
  private static final Duration SHORTEST_REST = Duration.ofSeconds(1);

  /** What was asked for; decides what a bare 404 means. */
  enum About {
    REPOSITORY,
    REVISION,
    FILE
  }

  private Refusals() {}

  /**
   * @param response status 400 or more, or one that has no business here
   * @param subject names the thing, for example {@code meta-llama/Llama-2-7b-hf}
   */
  static HubFailure of(Response response, Endpoint endpoint, About about, String subject) {
    Evidence evidence = evidence(response, endpoint.toString());
    int status = response.code();
    if (status < 400) {
      return new HubFailure.Inconsistent(
          "The hub answered " + status + " when asked for " + subject + ".", evidence);
    }
    boolean tokenSent = response.request().header(HubHeaders.AUTHORIZATION) != null;
    Refusal refusal =
        Refusal.of(
            status,
            header(response, HubHeaders.ERROR_CODE),
            header(response, HubHeaders.ERROR_MESSAGE));
    return switch (refusal) {
      case REPOSITORY_NOT_FOUND ->
          new HubFailure.RepositoryMissing(
              "The hub has no repository "
                  + subject
                  + (tokenSent
                      ? " for this token."
                      : ", or hides it from callers without a token."),
              evidence);
      case REVISION_NOT_FOUND ->
          new HubFailure.RevisionMissing(
              "The hub has no such revision: " + subject + ".", evidence);
      case ENTRY_NOT_FOUND -> notFound(about, subject, evidence);
      case GATED ->
          new HubFailure.Gated(
              "The terms of "
                  + subject
                  + " must be accepted at the hub first"
                  + (tokenSent ? " by the owner of the token." : ", and a token is needed."),
              evidence);
      case DISABLED ->
          new HubFailure.Disabled("The hub has switched off access to " + subject + ".", evidence);
      case BAD_TOKEN -> new HubFailure.Unauthorized("The hub does not accept the token.", evidence);
      case UNAUTHORIZED ->
          new HubFailure.Unauthorized(
              tokenSent
                  ? "The token does not open " + subject + "."
                  : subject
                      + " is missing, private or gated; without a token the hub does not say which.",
              evidence);
      case FORBIDDEN ->
          new HubFailure.Forbidden("The hub refuses access to " + subject + ".", evidence);
      case RANGE_NOT_SATISFIABLE ->
          new HubFailure.Changed(
              subject + " is shorter than the hub listed it.", evidence, "listed size", "shorter");
      case RATE_LIMITED ->
          new HubFailure.RateLimited(
              "The hub asks for fewer requests.", evidence, asked(response).orElse(SHORTEST_REST));
      case UNAVAILABLE ->
          new HubFailure.Unavailable("The hub answered " + status + ".", evidence, asked(response));
      case REFUSED ->
          new HubFailure.Inconsistent(
              "The hub answered " + status + " when asked for " + subject + ".", evidence);
    };
  }

  /** What it means that no answer came, or that one broke off. */
  static HubFailure of(IOException cause, String host, Duration stallTimeout) {
    String what =
        switch (cause) {
          case Reach.LeadsInside _ ->
              "a redirect from outside leads to an address of this network, which is not followed";
          case UnknownHostException _ -> "the host is not known";
          case SocketTimeoutException _ -> "no byte in " + stallTimeout.toSeconds() + " s";
          case ConnectException _ -> "the connection was refused";
          case NoRouteToHostException _ -> "there is no route to it";
          case SSLException _ -> "no secure connection could be made or kept";
          case ProtocolException _ -> "the answer ended early or was malformed";
          default -> "the connection broke";
        };
    return new HubFailure.Unavailable(
        host + ": " + what + ".",
        new Evidence(host, Optional.empty(), Optional.empty()),
        Optional.empty());
  }

  static HubFailure.Cancelled cancelled(String host) {
    return new HubFailure.Cancelled(
        "Stopped as ordered.", new Evidence(host, Optional.empty(), Optional.empty()));
  }

  static Evidence evidence(Response response, String who) {
    String code = header(response, HubHeaders.ERROR_CODE);
    return new Evidence(
        who,
        Optional.of(response.code()),
        code.isEmpty() ? Optional.empty() : Optional.of(word(code)));
  }

  static String header(Response response, String name) {
    String value = response.header(name);
    return value == null ? "" : value;
  }

  private static HubFailure notFound(About about, String subject, Evidence evidence) {
    return switch (about) {
      case REPOSITORY ->
          new HubFailure.RepositoryMissing("The hub has no repository " + subject + ".", evidence);
      case REVISION ->
          new HubFailure.RevisionMissing(
              "The hub has no such revision: " + subject + ".", evidence);
      case FILE ->
          new HubFailure.FileMissing(
              "The hub lists " + subject + " but does not have it.", evidence);
    };
  }

  private static Optional<Duration> asked(Response response) {
    return RateLimit.waitAfter(
        header(response, HubHeaders.RATE_LIMIT), header(response, HubHeaders.RETRY_AFTER));
  }

  /** A code is a word; whatever else a server sends there is not repeated. */
  private static String word(String code) {
    return code.matches("[A-Za-z][A-Za-z0-9]{0,39}") ? code : "unknown";
  }
}
