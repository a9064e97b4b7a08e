package io.modeldepot.systemtests.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
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
  private final String name;
  private final List<String> complaints = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();

  Visit(Page page, String name) {
    this.page = page;
    this.name = name;
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

  /** Waits until the page shows a text. */
  Visit sees(String text) {
    page.locator("#console").getByText(text).first().waitFor();
    return this;
  }

  /**
   * Axe finds nothing, nothing sticks out sideways, no text of the catalogue is missing; with a
   * photograph.
   */
  Visit isSound(String picture) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(PICTURES.resolve(picture + "-" + name + ".png"))
            .setFullPage(dialog().count() == 0));
    assertThat(new AxeBuilder(page).setLegacyMode(true).analyze().getViolations())
        .as("%s on a %s", picture, name)
        .extracting(
            it ->
                it.getId()
                    + it.getNodes().stream()
                        .map(node -> node.getHtml() + " " + node.getFailureSummary())
                        .limit(3)
                        .collect(Collectors.joining("\n", "\n", "\n")))
        .isEmpty();
    assertThat(page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth"))
        .as("%s sticks out sideways on a %s", picture, name)
        .isEqualTo(0);
    assertThat(page.locator("body").innerText())
        .as("texts that the catalogue lacks")
        .doesNotContainPattern("\\[[a-z]+(\\.[a-z-]+)+\\]");
    return this;
  }

  /** What the browser had to say, which is nothing. */
  void hadNoComplaints() {
    assertThat(complaints)
        .as("the browser's console on a %s", name)
        .filteredOn(said -> refused.stream().noneMatch(said::contains))
        .isEmpty();
  }
}
