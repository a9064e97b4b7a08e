package io.modeldepot.registry.tokens;

import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.kit.access.Checked;
import io.modeldepot.kit.oidc.CodeFlow;
import io.modeldepot.kit.oidc.SignIn;
import io.modeldepot.registry.problem.BrowserPage;
import io.modeldepot.registry.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Signing in at the page of an organisation's own issuer, and coming back from there. */
@Path("/api/v1/session")
@Tag(name = "access")
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
public class SignInResource {
  private static final Logger LOG = Logger.getLogger(SignInResource.class);
  private static final String HERE = "/api/v1/session";
  private static final String BEGUN = "mdp_sign_in";
  private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofMinutes(10);

  /** A place of the console: of this site, whatever a link to the sign-in says. */
  private static final Pattern PLACE =
      Pattern.compile("/([A-Za-z0-9_~%.?&=:,+-][^\\\\\\s]{0,999})?");

  /** Nothing but the page itself. */
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private final CodeFlow flow;
  private final Sessions sessions;

  SignInResource(CodeFlow flow, Sessions sessions) {
    this.flow = flow;
    this.sessions = sessions;
  }

  @GET
  @Path("/sign-in")
  @Operation(
      summary = "Sign in at the organisation's own page",
      description = "For browsers: leads there; afterwards the console is shown at the place to.")
  public Response begin(@QueryParam("to") @Nullable String to, UriInfo uri) {
    if (flow.issuer().isEmpty()) {
      throw ProblemException.of(
          ProblemCode.NOT_FOUND,
          "This depot sends nobody to an issuer's page: DEPOT_OIDC_ISSUER and DEPOT_OIDC_CLIENT_ID"
              + " name one, or the issuer has not answered since the start.");
    }
    SignIn signIn = SignIn.begun();
    return headers(Response.seeOther(flow.begin(signIn, callback(uri))))
        .cookie(begun(signIn.secret() + "." + text(place(to)), AS_LONG_AS_IT_TAKES, uri))
        .build();
  }

  @GET
  @Path("/callback")
  @Operation(
      summary = "Where the organisation's own page leads back to",
      description = "For browsers, with what the issuer adds to the address.")
  public Response finish(
      @QueryParam("code") @Nullable String code,
      @QueryParam("state") @Nullable String state,
      @QueryParam("error") @Nullable String error,
      @CookieParam(BEGUN) @Nullable String cookie,
      UriInfo uri)
      throws InterruptedException {
    String[] kept = cookie == null ? new String[0] : cookie.split("\\.", 2);
    Optional<SignIn> signIn =
        (kept.length == 2 ? SignIn.of(kept[0]) : Optional.<SignIn>empty())
            .filter(begun -> state != null && begun.isOf(state));
    if (signIn.isEmpty() || flow.issuer().isEmpty()) {
      // What this browser has begun meanwhile goes on.
      return failed("This sign-in was not begun in this browser within the last ten minutes.")
          .build();
    }
    if (code == null) {
      return ended(flow.refusal(Optional.ofNullable(error)), uri);
    }
    try {
      return switch (flow.finish(signIn.get(), callback(uri), code)) {
        case Checked.Refused(String why) -> ended(why, uri);
        case Checked.Known(var identity) -> {
          TokenView.Created session = sessions.of(identity, Optional.empty());
          // The browser has come from another site: it brings the cookie along once it has left us.
          yield page(
                  Response.Status.OK,
                  BrowserPage.goingOnTo(
                      place(read(kept[1])),
                      "Signed in",
                      "<p><a href=\"/\">On to the depot</a></p>"))
              .cookie(sessions.cookie(session, uri), begun("", Duration.ZERO, uri))
              .build();
        }
      };
    } catch (IOException e) {
      LOG.warnf("Nobody can sign in at %s: %s", flow.issuer().orElse("the issuer"), e.getMessage());
      return ended(flow.issuer().orElse("The issuer") + " does not answer.", uri);
    }
  }

  private static Response ended(String why, UriInfo uri) {
    return failed(why).cookie(begun("", Duration.ZERO, uri)).build();
  }

  private static Response.ResponseBuilder failed(String why) {
    return page(
        Response.Status.UNAUTHORIZED,
        BrowserPage.of(
            "Not signed in",
            "<h1>Not signed in</h1><p>%s</p><p><a href=\"%s/sign-in\">Try again</a> · <a href=\"/\">Sign in with a token</a></p>"
                .formatted(BrowserPage.escaped(why), HERE)));
  }

  private static Response.ResponseBuilder page(Response.Status status, String page) {
    return headers(Response.status(status))
        .entity(page)
        .header("Content-Security-Policy", POLICY)
        .header("X-Content-Type-Options", "nosniff");
  }

  /** Addresses with codes are nobody else's business. */
  private static Response.ResponseBuilder headers(Response.ResponseBuilder answer) {
    return answer
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header("Referrer-Policy", "no-referrer");
  }

  private static URI callback(UriInfo uri) {
    return uri.getBaseUriBuilder().replacePath(HERE + "/callback").replaceQuery(null).build();
  }

  /** A page of another site leads back here: lax, so that the browser brings it along. */
  private static NewCookie begun(String value, Duration age, UriInfo uri) {
    return new NewCookie.Builder(BEGUN)
        .value(value)
        .path(HERE)
        .maxAge((int) age.toSeconds())
        .httpOnly(true)
        .secure("https".equals(uri.getRequestUri().getScheme()))
        .sameSite(NewCookie.SameSite.LAX)
        .build();
  }

  private static String place(@Nullable String to) {
    return to != null && PLACE.matcher(to).matches() ? to : "/";
  }

  private static String text(String place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(place.getBytes(StandardCharsets.UTF_8));
  }

  private static String read(String text) {
    try {
      return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "/";
    }
  }
}
