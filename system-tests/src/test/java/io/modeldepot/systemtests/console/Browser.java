package io.modeldepot.systemtests.console;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
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

  /** A desk: 1280 pixels, light. */
  Visit desk(URI depot) {
    return visit(depot, "desk", 1280, 900, ColorScheme.LIGHT);
  }

  /** A telephone: 390 pixels, dark. */
  Visit telephone(URI depot) {
    return visit(depot, "telephone", 390, 844, ColorScheme.DARK);
  }

  private Visit visit(URI depot, String name, int width, int height, ColorScheme colours) {
    BrowserContext context =
        chromium.newContext(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setBaseURL(depot.toString())
                .setViewportSize(width, height)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setColorScheme(colours));
    Page page = context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    return new Visit(page, name);
  }

  @Override
  public void close() {
    chromium.close();
    playwright.close();
  }
}
