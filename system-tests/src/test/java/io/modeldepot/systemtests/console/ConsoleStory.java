package io.modeldepot.systemtests.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.modeldepot.systemtests.depot.DemoHub;
import io.modeldepot.systemtests.depot.Depot;
import io.modeldepot.systemtests.depot.RegistryClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** One depot, from empty to full, as an operator sees it at a desk and on a telephone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleStory {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String HOSTILE =
      "<img src=x onerror=alert(1)> \u202e\u05d0\u05d1\u05d2 & \"quoted\" ";
  private static final List<String> TABS =
      List.of("fit", "versions", "files", "use", "provenance", "history");

  private final Browser browser = Browser.start();
  private final DemoHub hub = DemoHub.start();
  private final Depot depot = Depot.start(hub.url(), 1);
  private final RegistryClient registry = depot.registry();
  private final URI url = depot.registryProcess().url();
  private final Visit desk = browser.desk(url);
  private final Visit telephone = browser.telephone(url);

  @BeforeAll
  void start() {
    depot.placement(0).launch();
    depot.addJanitor().start();
    depot.placement(0).awaitReady();
  }

  @AfterAll
  void close() {
    depot.close();
    hub.close();
    browser.close();
  }

  @Test
  @Order(1)
  void emptyPagesTeachWhatWouldFillThem() {
    desk.open("/").sees("No download is under way").isSound("overview-empty");
    telephone.open("/downloads").sees("Nothing was downloaded yet").isSound("downloads-empty");
    desk.open("/storage?tab=backups").sees("No backup was made yet").isSound("backups-empty");
    desk.open("/models/phi-2?tab=files").sees("No version is here yet").isSound("model-empty");
    telephone
        .expectsRefusal("/models/no-such-model")
        .open("/models/no-such-model")
        .sees("unknown-model")
        .isSound("model-unknown");
  }

  @Test
  @Order(2)
  void aNewcomerGetsAPlacedModelInFourClicks() {
    desk.open("/");
    desk.page()
        .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Models"))
        .first()
        .click();
    desk.page()
        .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("phi-2"))
        .first()
        .click();
    desk.button("Download…").click();
    desk.dialog().getByText("to fetch").waitFor();
    desk.dialog().getByText("The same by command").click();
    desk.isSound("dialog-download");
    desk.dialog().getByRole(AriaRole.BUTTON).last().click();

    desk.page().locator("[data-job][data-state=done]").waitFor();
    desk.isSound("downloads-done");
    desk.page().locator("[data-job] a.name").first().click();
    desk.sees("placed").sees("vllm serve").isSound("model-serve");
  }

  @Test
  @Order(3)
  void everyTabOfAModelIsSound() {
    for (String tab : TABS) {
      desk.open("/models/phi-2?tab=" + tab).isSound("model-" + tab);
    }
    telephone.open("/models/phi-2").sees("vllm serve").isSound("model-serve");
    telephone.open("/models/phi-2?tab=fit").sees("Fits for").isSound("model-fit");
    desk.open("/models/phi-2/compare").sees("No difference").isSound("compare");
  }

  @Test
  @Order(4)
  void whatHostilePeopleWriteIsShownAsItIs() {
    String name = HOSTILE + "x".repeat(150);
    registry.patchModel("mistral-7b", "{\"displayName\":" + quoted(name) + "}");

    desk.open("/models").sees("<img src=x").isSound("models");
    assertThat(desk.page().locator("main img").count()).as("markup became an image").isZero();
    telephone.open("/models").sees("<img src=x").isSound("models");
    telephone.open("/models?q=nothing-is-called-so").sees("No model fits").isSound("models-none");
  }

  @Test
  @Order(5)
  void whatFailedSaysWhyAndWhatHelps() {
    String id = registry.download(Map.of("model", "phi-2", "revision", "no-such-branch"));
    registry.ended(id, SOON);

    desk.open("/downloads").sees("revision-not-found").isSound("downloads-failed");
    telephone.open("/").sees("Needs attention").isSound("overview");
  }

  @Test
  @Order(6)
  void gpusAreDrawnAndAskedWhatIf() {
    desk.open("/gpus").sees("RTX PRO 6000");
    desk.page().locator("select[name=drain]").selectOption("gpu-host/0");
    desk.page()
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Plan").setExact(true))
        .click();
    desk.sees("1 changes on the GPUs").isSound("gpus");
    assertThat(desk.page().url()).as("the question can be shared").contains("drain=gpu-host");
    telephone.open("/gpus").sees("20 users × 2048 tokens").isSound("gpus");
  }

  @Test
  @Order(6)
  void aModelIsPutOnAnotherGpuByMouseAndByKeys() {
    desk.open("/gpus").sees("20 users × 2048 tokens");
    String from = desk.page().locator("[data-model=phi-2]").getAttribute("data-from");
    String other = from.equals("gpu-host/0") ? "gpu-host/1" : "gpu-host/0";
    desk.page().locator("[data-model=phi-2]").focus();
    desk.page().keyboard().press("m");
    desk.sees("phi-2 over GPU " + other);
    desk.page().keyboard().press("Escape");
    desk.sees("phi-2 let go");
    desk.page().keyboard().press("m");
    desk.page().keyboard().press("Enter");
    desk.page().locator(".pictures [data-gpu='" + other + "']").waitFor();
    desk.isSound("gpus-before-and-after");
    assertThat(desk.page().url()).contains("gpu=gpu-host");

    desk.open("/gpus").sees("20 users × 2048 tokens");
    desk.page()
        .locator("[data-model=phi-2]")
        .dragTo(desk.page().locator("article[data-gpu='" + other + "']"));
    desk.page().locator(".pictures [data-gpu='" + from + "']").waitFor();

    desk.page().locator("article[data-gpu='" + from + "']").getByText("Drain…").click();
    desk.dialog().locator(".pictures").waitFor();
    desk.isSound("dialog-drain");
    desk.dialog().getByText("Cancel").click();
  }

  @Test
  @Order(7)
  void severalModelsAreVerifiedAtOnce() {
    desk.open("/models?state=present").sees("phi-2");
    desk.page().getByLabel("Choose all that are shown").check();
    desk.isSound("models-chosen");
    desk.button("Verify…").click();
    desk.dialog().getByText("1 of 1 models").waitFor();
    desk.isSound("dialog-many");
    desk.dialog().getByRole(AriaRole.BUTTON).last().click();
    desk.open("/storage?tab=integrity").sees("0 damaged").isSound("integrity");
    desk.open("/storage?tab=quotas").sees("No family has a quota");
    desk.button("Quota…").click();
    desk.dialog().locator("select[name=family]").selectOption("phi");
    desk.dialog().locator("input[name=gb]").fill("50");
    desk.dialog().getByRole(AriaRole.BUTTON).last().click();
    desk.page().locator("[data-quota=phi]").waitFor();
    desk.isSound("quotas");
  }

  @Test
  @Order(7)
  void storageIsCleanedByAPlanAndBackedUp() {
    desk.open("/storage").sees("By model").isSound("storage");
    desk.open("/storage?tab=cleanup");
    desk.button("Plan a cleanup…").click();
    desk.dialog().getByText("things stay, and why").waitFor();
    desk.isSound("dialog-cleanup");
    desk.dialog().getByText("Cancel").click();

    desk.open("/storage?tab=backups");
    desk.button("Back up…").click();
    desk.dialog().getByText("new of").waitFor();
    desk.dialog().getByRole(AriaRole.BUTTON).last().click();
    desk.page().locator("[data-work]").getByText("added of").waitFor();
    desk.isSound("backups");
    telephone.open("/storage?tab=backups").sees("added of").isSound("backups");
    telephone.open("/storage").isSound("storage");
  }

  @Test
  @Order(8)
  void eventsAndAuditTellWhatHappened() {
    desk.open("/events");
    desk.page().locator("[data-live=live]").waitFor();
    registry.patchModel("phi-2", "{\"active\":true}");
    desk.page().locator("details[data-topic=model-described] summary").first().click();
    desk.isSound("events");
    String id = registry.download(Map.of("model", "phi-2"));
    registry.ended(id, SOON);
    telephone
        .open("/events?request=" + id)
        .sees("asked to download phi-2")
        .isSound("events-follow");
    desk.open("/audit").sees("Intact").isSound("audit");
    telephone.open("/audit").sees("Intact").isSound("audit");
  }

  @Test
  @Order(9)
  void keysReachEverything() {
    desk.open("/");
    desk.page().keyboard().press("g");
    desk.page().keyboard().press("m");
    desk.page().waitForURL("**/models");
    // The key goes to the filter of a page that is there, and to the palette before.
    desk.page().locator("[data-filter]").first().waitFor();
    desk.page().keyboard().press("/");
    assertThat(desk.page().evaluate("() => document.activeElement.type")).isEqualTo("search");
    desk.page().keyboard().press("Control+k");
    desk.dialog().getByRole(AriaRole.COMBOBOX).fill("mistral");
    desk.isSound("palette");
    desk.page().keyboard().press("Enter");
    desk.page().waitForURL("**/models/mistral-7b");
    assertThat(desk.page().evaluate("() => document.activeElement.tagName"))
        .as("focus follows")
        .isEqualTo("H1");
    desk.page().keyboard().press("?");
    desk.isSound("help");
    desk.page().keyboard().press("Escape");
    assertThat(desk.dialog().count()).isZero();
  }

  @Test
  @Order(10)
  void theFirstViewIsSmall() {
    Page fresh = browser.desk(url).page();
    fresh.navigate("/");
    fresh.locator("main h1").waitFor();
    fresh.waitForFunction("() => !document.querySelector('.loading')");
    Number bytes =
        (Number)
            fresh.evaluate(
                "() => performance.getEntries().reduce((sum, one) => sum + (one.transferSize || 0),"
                    + " 0)");
    assertThat(bytes.longValue()).as("bytes over the line").isBetween(10_000L, 100_000L);
  }

  @Test
  @Order(11)
  void withoutTheBrokerTheLastStateIsShownWithItsAge() {
    desk.open("/models").sees("phi-2");
    depot.broker().stop();
    desk.page()
        .locator("[data-live=no-broker]")
        .waitFor(new Locator.WaitForOptions().setTimeout(SOON.toMillis()));
    desk.sees("Kafka is away").sees("phi-2").isSound("no-broker");
  }

  @Test
  @Order(12)
  void theBrowserHadNothingToComplainAbout() {
    desk.hadNoComplaints();
    telephone.hadNoComplaints();
  }

  private static String quoted(String text) {
    return com.fasterxml.jackson.databind.node.TextNode.valueOf(text).toString();
  }
}
