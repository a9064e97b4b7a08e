package io.modeldepot.mirror.hubapi;

import io.modeldepot.hub.address.HereOnly;
import io.modeldepot.hub.address.HubUrls;
import io.modeldepot.hub.document.HubJson;
import io.modeldepot.hub.document.MalformedDocument;
import io.modeldepot.hub.document.PathsInfoRequest;
import io.modeldepot.hub.header.HubHeaders;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a request carries beside its path. */
record Asked(RoutingContext context) {
  private static final String FORM = "application/x-www-form-urlencoded";

  HttpServerRequest request() {
    return context.request();
  }

  /** A parameter of the query; empty without it. */
  String parameter(String name) {
    try {
      List<String> values = context.queryParam(name);
      return values.isEmpty() ? "" : values.getFirst();
    } catch (HttpException | IllegalArgumentException e) {
      throw Denied.plain(400, "The query is not encoded as it should be");
    }
  }

  /** A switch of the query, as the Hub's clients write it. */
  boolean isOn(String name) {
    return isTrue(parameter(name));
  }

  /** Whether the client was sent here by another mirror, or wants what is here alone. */
  boolean isHereOnly() {
    return HereOnly.isMark(parameter(HereOnly.PARAMETER));
  }

  @Nullable String authorization() {
    return request().getHeader(HubHeaders.AUTHORIZATION);
  }

  /** Where the request comes from, without the port; behind a proxy that is the proxy. */
  String address() {
    var from = request().remoteAddress();
    return from == null || from.hostAddress() == null ? "unknown" : from.hostAddress();
  }

  /** The body of a POST to paths-info, as JSON or as a form. */
  PathsInfoRequest pathsInfo() {
    String type = String.valueOf(request().getHeader("Content-Type")).toLowerCase(Locale.ROOT);
    if (type.startsWith(FORM)) {
      return new PathsInfoRequest(
          request().formAttributes().getAll("paths"),
          isTrue(String.valueOf(request().formAttributes().get("expand"))));
    }
    @Nullable Buffer body = context.body() == null ? null : context.body().buffer();
    try {
      return HubJson.read(body == null ? new byte[0] : body.getBytes(), PathsInfoRequest.class);
    } catch (MalformedDocument e) {
      throw Denied.plain(400, "The body is not a request for paths");
    }
  }

  /** This mirror as the client reached it; every address that we state begins so. */
  HubUrls hub() {
    var authority = request().authority();
    try {
      return HubUrls.of(request().scheme() + "://" + (authority == null ? "localhost" : authority));
    } catch (IllegalArgumentException e) {
      throw Denied.plain(400, "The host is not one that can be linked to");
    }
  }

  private static boolean isTrue(String value) {
    return value.equalsIgnoreCase("true") || value.equals("1");
  }
}
