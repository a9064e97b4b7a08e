package io.modeldepot.downloader.hub;

import io.modeldepot.downloader.pace.CancelToken;
import io.modeldepot.hub.address.HereOnly;
import io.modeldepot.hub.header.HubHeaders;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/**
 * One request, one answer. Redirects are not followed here by the library but by {@link #follow},
 * which lets the token go only to the endpoint's own scheme, host and port, and never again once
 * the chain has left it.
 *
 * <p>HTTP/1.1 only: several ranges over one HTTP/2 connection share one congestion window, which is
 * what parallel ranges are there to avoid.
 */
final class HubHttp implements AutoCloseable {
  private static final int MOST_REDIRECTS = 10;

  private final OkHttpClient client;
  private final OkHttpClient outside;
  private final Reach reach;
  private final HubSettings settings;

  HubHttp(HubSettings settings, Reach reach) {
    this.settings = settings;
    this.reach = reach;
    this.client =
        new OkHttpClient.Builder()
            .protocols(List.of(Protocol.HTTP_1_1))
            .followRedirects(false)
            .followSslRedirects(false)
            .connectTimeout(settings.connectTimeout())
            .readTimeout(settings.stallTimeout())
            .writeTimeout(settings.stallTimeout())
            .connectionPool(new ConnectionPool(32, 1, TimeUnit.MINUTES))
            .build();
    this.outside = client.newBuilder().dns(reach.outsideOnly()).build();
  }

  /**
   * An open answer.
   *
   * @param response to be closed by whoever takes it
   * @param call to be cancelled to break the body off
   * @param address where the answer came from
   */
  record Answer(Response response, Call call, URI address) implements AutoCloseable {
    /** Where it redirects to, made absolute; empty when it does not. */
    Optional<URI> redirect() throws ProtocolException {
      int status = response.code();
      if (status != 301 && status != 302 && status != 303 && status != 307 && status != 308) {
        return Optional.empty();
      }
      String location = response.header(HubHeaders.LOCATION);
      HttpUrl base = response.request().url();
      HttpUrl target = location == null ? null : base.resolve(location);
      if (target == null) {
        throw new ProtocolException("redirect without a web address");
      }
      if (base.isHttps() && !target.isHttps()) {
        throw new ProtocolException("redirect from https to http");
      }
      return Optional.of(target.uri());
    }

    @Override
    public void close() {
      response.close();
    }
  }

  /**
   * Sends one request and does not follow.
   *
   * @param ranges asked for, in ascending order; none for everything
   * @param token sent along, if any
   */
  Answer send(
      String method,
      URI address,
      List<ByteRange> ranges,
      Optional<HubToken> token,
      CancelToken cancel)
      throws IOException {
    return send(client, method, address, ranges, token, cancel);
  }

  private Answer send(
      OkHttpClient by,
      String method,
      URI address,
      List<ByteRange> ranges,
      Optional<HubToken> token,
      CancelToken cancel)
      throws IOException {
    HttpUrl url = HttpUrl.get(address);
    if (url == null) {
      throw new ProtocolException("not a web address");
    }
    Request.Builder request =
        new Request.Builder()
            .url(url)
            .method(method, null)
            .header(HubHeaders.ACCEPT_ENCODING, "identity")
            .header("User-Agent", settings.userAgent());
    if (!ranges.isEmpty()) {
      request.header(
          HubHeaders.RANGE,
          ranges.stream()
              .map(range -> range.from() + "-" + (range.to() - 1))
              .collect(Collectors.joining(",", "bytes=", "")));
    }
    token.ifPresent(t -> request.header(HubHeaders.AUTHORIZATION, "Bearer " + t.secret()));
    Call call = by.newCall(request.build());
    try (CancelToken.Registration _ = cancel.onCancel(call::cancel)) {
      return new Answer(call.execute(), call, address);
    }
  }

  /**
   * Sends a request to an endpoint and follows redirects as long as they stay there. A redirect to
   * elsewhere is returned as it is. A mirror of this site is asked for what it has itself: which
   * other one has the file is known here, and one of them is ours, with the same damage to mend.
   */
  Answer follow(
      Endpoint endpoint, String method, URI address, List<ByteRange> ranges, CancelToken cancel)
      throws IOException {
    URI next = settings.endpoints().contains(endpoint) ? address : HereOnly.mark(address);
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      Answer answer = send(method, next, ranges, token(endpoint), cancel);
      Optional<URI> target;
      try {
        target = answer.redirect();
      } catch (ProtocolException e) {
        answer.close();
        throw e;
      }
      if (target.isEmpty() || !endpoint.urls().mayCarryToken(target.get())) {
        return answer;
      }
      answer.close();
      next = target.get();
    }
    throw new ProtocolException("too many redirects");
  }

  /** The hub's token is for the hub alone, the site's for everybody else who is asked. */
  private Optional<HubToken> token(Endpoint endpoint) {
    return settings.endpoints().contains(endpoint)
        ? settings.token().token()
        : settings.siteToken().token();
  }

  /**
   * Follows redirects away from an endpoint, never with a token, and from outside never to an
   * address of this network.
   *
   * @param from the endpoint that sends us there
   */
  Answer followElsewhere(Endpoint from, URI address, List<ByteRange> ranges, CancelToken cancel)
      throws IOException {
    boolean free = reach.isInside(from.base().getHost());
    URI next = address;
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      if (!free) {
        reach.requireOutside(next.getHost());
      }
      Answer answer = send(free ? client : outside, "GET", next, ranges, Optional.empty(), cancel);
      Optional<URI> target;
      try {
        target = answer.redirect();
      } catch (ProtocolException e) {
        answer.close();
        throw e;
      }
      if (target.isEmpty()) {
        return answer;
      }
      answer.close();
      next = target.get();
    }
    throw new ProtocolException("too many redirects");
  }

  Duration stallTimeout() {
    return settings.stallTimeout();
  }

  @Override
  public void close() {
    client.connectionPool().evictAll();
    client.dispatcher().executorService().shutdown();
  }
}
