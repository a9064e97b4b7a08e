package io.modeldepot.systemtests.console;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * The system's Chromium. Nothing is downloaded: where there is none, these tests are skipped, and
 * in CI they fail.
 */
final class Browser implements AutoCloseable {
  private static final List<String> PLACES =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
  private static final int PATIENCE_MS = 60_000;

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;

  private Browser(Playwright playwright, com.microsoft.playwright.Browser chromium) {
    this.playwright = playwright;
    this.chromium = chromium;
  }

  /** Skips the calling test class where no browser is installed and none is required. */
  static Browser start() {
    Optional<Path> program = program();
    if (!"required".equals(System.getenv("DEPOT_BROWSER"))) {
      Assumptions.assumeTrue(
          program.isPresent(),
          "No Chromium is installed, so the console is not tested: apt-get install chromium.");
    }
    Path path =
        program.orElseThrow(
            () -> new IllegalStateException("DEPOT_BROWSER=required, and no Chromium is here."));
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    return new Browser(
        playwright,
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(path)
                    .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage"))));
  }

  private static Optional<Path> program() {
    String named = System.getenv("DEPOT_CHROMIUM");
    return named != null
        ? Optional.of(Path.of(named))
        : PLACES.stream().map(Path::of).filter(Files::isExecutable).findFirst();
  }

  /** Somebody who reads English, at a desk. */
  Visit visit(URI depot) {
    return visit(depot, "en-GB");
  }

  /** Somebody whose browser asks for a language, at a desk. */
  Visit visit(URI depot, String locale) {
    BrowserContext context =
        chromium.newContext(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setBaseURL(depot.toString())
                .setLocale(locale)
                .setReducedMotion(ReducedMotion.REDUCE));
    Page page = context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    Screen.DESK.show(page);
    return new Visit(page);
  }

  @Override
  public void close() {
    chromium.close();
    playwright.close();
  }
}
