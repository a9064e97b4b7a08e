package io.modeldepot.systemtests.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.ResultType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.modeldepot.testkit.process.Repository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** One browser's visit to the console, and what the browser complained about meanwhile. */
final class Visit {
  private static final Path PICTURES = Repository.root().resolve("system-tests/target/console");

  private final Page page;
  private final List<String> complaints = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();

  Visit(Page page) {
    this.page = page;
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.type() + ": " + message.text() + " " + message.location());
          }
        });
    page.onPageError(error -> complaints.add("uncaught: " + error));
  }

  Page page() {
    return page;
  }

  /** A request that the test means to be refused; the browser says so in its console. */
  Visit expectsRefusal(String address) {
    refused.add(address);
    return this;
  }

  /** Opens an address and waits until its heading and its first answers are there. */
  Visit open(String address) {
    page.navigate(address);
    page.locator("main h1").waitFor();
    return settled();
  }

  /** Waits until nothing on the page is being loaded for the first time. */
  Visit settled() {
    page.waitForFunction("() => !document.querySelector('.loading')");
    return this;
  }

  Locator button(String label) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(label)).first();
  }

  Locator dialog() {
    return page.locator("dialog[open]");
  }

  /** Presses the button at the end of the open dialog, which does what the dialog is about. */
  void agree() {
    dialog().getByRole(AriaRole.BUTTON).last().click();
  }

  /** Waits until the page shows a text. */
  Visit sees(String text) {
    page.locator("#console").getByText(text).first().waitFor();
    return this;
  }

  /**
   * At a desk and on a telephone: axe finds nothing, and nothing sticks out sideways; with a
   * photograph of each. No text of the catalogue is missing.
   */
  Visit isSound(String picture) {
    for (Screen screen : List.of(Screen.TELEPHONE, Screen.DESK)) {
      screen.show(page);
      String seen = picture + "-" + screen.label();
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(PICTURES.resolve(seen + ".png"))
              .setFullPage(dialog().count() == 0));
      assertThat(violations()).as(seen).isEmpty();
      assertThat(page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth"))
          .as("%s sticks out sideways", seen)
          .isEqualTo(0);
    }
    assertThat(page.locator("body").innerText())
        .as("texts that the catalogue lacks")
        .doesNotContainPattern("\\[[a-z]+(\\.[a-z-]+)+\\]");
    return this;
  }

  private List<String> violations() {
    AxeRunOptions violationsAlone = new AxeRunOptions();
    violationsAlone.setResultTypes(List.of(ResultType.Violations.getKey()));
    return new AxeBuilder(page)
        .setLegacyMode(true).options(violationsAlone).analyze().getViolations().stream()
            .map(
                it ->
                    it.getId()
                        + it.getNodes().stream()
                            .map(node -> node.getHtml() + " " + node.getFailureSummary())
                            .limit(3)
                            .collect(Collectors.joining("\n", "\n", "\n")))
            .toList();
  }

  /** What the browser had to say, which is nothing. */
  void hadNoComplaints() {
    assertThat(complaints)
        .as("the browser's console")
        .filteredOn(said -> refused.stream().noneMatch(said::contains))
        .isEmpty();
  }
}
