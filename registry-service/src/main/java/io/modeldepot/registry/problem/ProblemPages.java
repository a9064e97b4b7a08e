package io.modeldepot.registry.problem;

import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.ProblemText;
import io.modeldepot.events.terms.Remedy;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What every code means and what helps, from the one file of codes; works with no network. */
@Path("/problems")
@Tag(name = "problems")
public class ProblemPages {

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "All problem codes")
  public List<ProblemText> all() {
    return ProblemText.all();
  }

  @GET
  @Produces(MediaType.TEXT_HTML + ";qs=0.9")
  @Operation(hidden = true)
  public String allAsPage() {
    String rows =
        ProblemText.all().stream()
            .map(
                text ->
                    "<li><a href=\"/problems/%s\"><code>%s</code></a> %s</li>\n"
                        .formatted(
                            text.code().code(),
                            text.code().code(),
                            BrowserPage.escaped(text.title())))
            .collect(Collectors.joining());
    return BrowserPage.of("Problems", "<h1>Problems</h1><ul>\n" + rows + "</ul>");
  }

  @GET
  @Path("/{code}")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "What a code means and what helps")
  public ProblemText one(@PathParam("code") String code) {
    return ProblemCode.of(code)
        .filter(known -> known != ProblemCode.UNKNOWN)
        .map(ProblemText::of)
        .orElseThrow(() -> ProblemException.of(ProblemCode.NOT_FOUND, "No problem has this code."));
  }

  @GET
  @Path("/{code}")
  @Produces(MediaType.TEXT_HTML + ";qs=0.9")
  @Operation(hidden = true)
  public String oneAsPage(@PathParam("code") String code) {
    ProblemText text = one(code);
    String remedies =
        text.remedies().stream().map(ProblemPages::remedy).collect(Collectors.joining());
    return BrowserPage.of(
        text.code().code(),
        """
        <p><a href="/problems">Problems</a></p>
        <h1>%s</h1>
        <p><code>%s</code> · HTTP %d · %s</p>
        <h2>Cause</h2>
        <p>%s</p>
        <h2>What helps</h2>
        <ul>
        %s</ul>
        """
            .formatted(
                BrowserPage.escaped(text.title()),
                text.code().code(),
                text.status(),
                text.retryable() ? "the same request may succeed later" : "repeating does not help",
                BrowserPage.escaped(text.cause()),
                remedies));
  }

  private static String remedy(Remedy remedy) {
    return "<li>%s%s%s</li>\n"
        .formatted(
            BrowserPage.escaped(remedy.say()),
            remedy.cli().map(cli -> "<br><code>" + BrowserPage.escaped(cli) + "</code>").orElse(""),
            remedy
                .rest()
                .map(rest -> "<br><code>" + BrowserPage.escaped(rest) + "</code>")
                .orElse(""));
  }
}
