package io.modeldepot.systemtests.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.modeldepot.testkit.process.Repository;
import io.modeldepot.testkit.webhook.WebhookServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
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

  private static final Locator.GetByTextOptions EXACTLY =
      new Locator.GetByTextOptions().setExact(true);
  private static final long MOST_BYTES = 100_000;
  private static final String BYTES =
      "() => performance.getEntries().reduce((sum, one) => sum + (one.transferSize || 0), 0)";

  private final Browser browser = Browser.start();
  private final ConsoleDepot depot = new ConsoleDepot();
  private final Visit visit = browser.visit(depot.url());
  private final Page page = visit.page();

  @AfterAll
  void close() {
    depot.close();
    browser.close();
  }

  @Test
  @Order(1)
  void emptyPagesTeachWhatWouldFillThem() {
    visit.open("/").sees("No download is under way").isSound("overview-empty");
    visit.open("/downloads").sees("Nothing was downloaded yet").isSound("downloads-empty");
    visit.open("/storage?tab=backups").sees("No backup was made yet").isSound("backups-empty");
    visit.open("/models/phi-2?tab=files").sees("No version is here yet").isSound("model-empty");
    visit
        .expectsRefusal("/models/no-such-model")
        .open("/models/no-such-model")
        .sees("unknown-model")
        .isSound("model-unknown");
  }

  @Test
  @Order(2)
  void aNewcomerGetsAPlacedModelInFourClicks() {
    visit.open("/");
    link("Models").click();
    link("phi-2").click();
    visit.button("Download…").click();
    visit.dialog().getByText("to fetch").waitFor();
    visit.dialog().getByText("The same by command").click();
    visit.isSound("dialog-download");
    visit.agree();

    page.locator("[data-job][data-state=done]").waitFor();
    visit.isSound("downloads-done");
    page.locator("[data-job] a.name").first().click();
    visit.sees("placed").sees("vllm serve").sees("tritonserver").isSound("model-serve");
  }

  @Test
  @Order(3)
  void everyTabOfAModelIsSound() {
    for (String tab : TABS) {
      visit.open("/models/phi-2?tab=" + tab).isSound("model-" + tab);
    }
    visit.open("/models/phi-2/compare").sees("No difference").isSound("compare");
  }

  @Test
  @Order(4)
  void aProofThatIsDownloadedIsCheckedWithoutADepot() {
    visit.open("/models/phi-2?tab=provenance").sees("Download the proof");
    Download download = page.waitForDownload(() -> visit.button("Download the proof").click());
    Path proof = Repository.newDataFolder("proof").resolve(download.suggestedFilename());
    download.saveAs(proof);

    assertThat(depot.command("proof --check " + proof + " --files " + depot.tree("phi-2")))
        .contains("the proven ones");
  }

  @Test
  @Order(5)
  void whatHostilePeopleWriteIsShownAsItIs() {
    depot.displayName("mistral-7b", HOSTILE + "x".repeat(150));

    visit.open("/models").sees("<img src=x").isSound("models");
    assertThat(page.locator("main img").count()).as("markup became an image").isZero();
    visit.open("/models?q=nothing-is-called-so").sees("No model fits").isSound("models-none");
  }

  @Test
  @Order(6)
  void whatFailedSaysWhyAndWhatHelps() {
    depot.downloaded(Map.of("model", "phi-2", "revision", "no-such-branch"));

    visit.open("/downloads").sees("revision-not-found").isSound("downloads-failed");
    visit.open("/").sees("Needs attention").isSound("overview");
  }

  @Test
  @Order(7)
  void gpusAreDrawnAndAskedWhatIf() {
    GpusPage gpus = new GpusPage(visit);
    visit.sees("RTX PRO 6000");
    gpus.planWithout(GpusPage.FIRST);
    visit.sees("1 change on the GPUs").isSound("gpus");
    assertThat(page.url()).as("the question can be shared").contains("drain=gpu-host");
  }

  @Test
  @Order(8)
  void aModelIsPutOnAnotherGpuByMouseAndByKeys() {
    GpusPage gpus = new GpusPage(visit);
    String from = gpus.handle("phi-2").getAttribute("data-from");
    String other = from.equals(GpusPage.FIRST) ? GpusPage.SECOND : GpusPage.FIRST;
    gpus.handle("phi-2").focus();
    gpus.press("m");
    visit.sees("phi-2 over GPU " + other);
    gpus.press("Escape");
    visit.sees("phi-2 let go");
    gpus.press("m");
    gpus.press("Enter");
    gpus.picture(other).waitFor();
    visit.isSound("gpus-before-and-after");
    assertThat(page.url()).contains("gpu=gpu-host");

    gpus = new GpusPage(visit);
    gpus.handle("phi-2").dragTo(gpus.card(other));
    gpus.picture(from).waitFor();

    gpus.card(from).getByText("Drain…").click();
    visit.dialog().locator(".pictures").waitFor();
    visit.isSound("dialog-drain");
    visit.dialog().getByText("Cancel").click();

    depot.wanted("phi-2", 120);
    visit.open("/gpus").sees("120 users × 2048 tokens").isSound("gpus-full");
    depot.wanted("phi-2", 500);
    visit.sees("Not placed").isSound("gpus-unplaced");
    visit
        .open("/models/phi-2?tab=fit&users=500")
        .sees("short, even on the empty GPU")
        .isSound("model-fit-not");
    depot.wanted("phi-2", 20);
    visit.open("/gpus").sees("20 users × 2048 tokens");
  }

  @Test
  @Order(9)
  void severalModelsAreVerifiedAtOnce() {
    visit.open("/models?state=present").sees("phi-2");
    page.getByLabel("Choose all that are shown").check();
    visit.isSound("models-chosen");
    visit.button("Verify…").click();
    visit.dialog().getByText("1 of 1 model").waitFor();
    visit.isSound("dialog-many");
    visit.agree();
    visit.open("/storage?tab=integrity").sees("0 damaged").isSound("integrity");
    visit.open("/storage?tab=quotas").sees("No family has a quota");
    visit.button("Quota…").click();
    visit.dialog().locator("select[name=family]").selectOption("phi");
    visit.dialog().locator("input[name=gb]").fill("50");
    visit.agree();
    page.locator("[data-quota=phi]").waitFor();
    visit.isSound("quotas");
  }

  @Test
  @Order(10)
  void storageIsCleanedByAPlanAndBackedUp() {
    visit.open("/storage").sees("By model").isSound("storage");
    visit.open("/storage?tab=cleanup");
    visit.button("Plan a cleanup…").click();
    visit.dialog().getByText(", and why").waitFor();
    visit.isSound("dialog-cleanup");
    visit.dialog().getByText("Cancel").click();

    visit.open("/storage?tab=backups");
    visit.button("Back up…").click();
    visit.dialog().getByText("new of").waitFor();
    visit.agree();
    page.locator("[data-work]").getByText("added of").waitFor();
    visit.isSound("backups");

    depot.failedBackup();
    visit.sees("backup-target-unreachable").isSound("backups-failed");
    visit.open("/").sees("backup-target-unreachable").isSound("overview-backup-failed");
  }

  @Test
  @Order(11)
  void aTextSaysWhatShouldBe() {
    DesiredPage desired = new DesiredPage(visit.expectsRefusal("/desired-state/diff"));
    visit.isSound("desired-empty");
    desired.compare("phi-2: { userz: 20 }");
    desired.fault(3).getByText("did you mean users?").waitFor();
    visit.isSound("desired-faults");
    desired.fault(3).getByRole(AriaRole.BUTTON).click();
    assertThat(desired.marked()).startsWith("userz");

    desired.write("phi-2: { keep: 2 }");
    assertThat(desired.fault(3).count()).as("what is shown is of this text").isZero();
    desired.compare();
    desired.change("model/phi-2").getByText("3 → 2").waitFor();
    visit.isSound("desired-difference");
    desired.apply();
    visit.sees("1 thing was changed");
    assertThat(depot.registry().get("/models/phi-2").body().path("keepVersions").asInt())
        .isEqualTo(2);
    desired.takeWhatIsWantedNow();
    desired.compare();
    visit.sees("Nothing differs");
  }

  @Test
  @Order(12)
  void whatIsDamagedSaysWhichFileAndWhoIsServed() {
    depot.spoil("phi-2");

    visit.open("/models/phi-2").sees("Served by it now").sees("altered by hand");
    page.locator(".word.bad").getByText("damaged", EXACTLY).first().waitFor();
    visit.isSound("model-damaged");
    visit.open("/").sees("at default is damaged");
    visit.open("/models?state=damaged").sees("phi-2").isSound("models-damaged");
    depot.repair("phi-2");
    visit.sees("No model fits");
    visit.open("/models/phi-2");
    page.getByText("Served by it now").waitFor(hidden());
  }

  @Test
  @Order(13)
  void eventsAndAuditTellWhatHappened() {
    EventsPage events = new EventsPage(visit);
    depot.registry().patchModel("phi-2", "{\"active\":true}");
    events.opened("model-described");
    depot.publishNonsense("download-requested");
    events.opened("download-requested.dead-letter").getByText("could not be executed").waitFor();
    visit.isSound("events");
    assertThat(events.schema(events.opened("download-requested")))
        .contains("urn:modeldepot:schema:download-requested");

    String id = depot.downloaded(Map.of("model", "phi-2"));
    visit.open("/events?request=" + id).sees("asked to download phi-2").isSound("events-follow");
    visit.open("/audit").sees("Intact").isSound("audit");
  }

  @Test
  @Order(14)
  void aCommandIsPublishedAgain() {
    EventsPage events = new EventsPage(visit);
    String id = depot.downloaded(Map.of("model", "phi-2"));
    events.opened("download-requested").getByText("Publish again…").click();
    visit.dialog().locator(".preview-title").waitFor();
    visit.isSound("dialog-again");
    visit.agree();
    Locator asked = events.of("download-requested");
    asked.nth(1).waitFor();

    assertThat(asked.filter(new Locator.FilterOptions().setHasText(id)).count())
        .as("the second has an id of its own")
        .isEqualTo(1);
  }

  @Test
  @Order(15)
  void whoeverReadsGermanReadsGerman() {
    Visit german = browser.visit(depot.url(), "de-DE");
    german.open("/").sees("Dienste").isSound("overview-german");
    german.open("/models/phi-2").sees("platziert").isSound("model-german");
    german.page().locator("[data-language=en]").click();
    german.sees("Overview");
    german.open("/models").sees("Licence");
    german.hadNoComplaints();
  }

  @Test
  @Order(16)
  void whoeverIsToKnowIsToldAndItIsSeenWhetherItArrived() {
    visit.open("/notifications").sees("Nobody is told anything").isSound("notifications-empty");
    try (WebhookServer receiver = new WebhookServer()) {
      NotificationsPage told = new NotificationsPage(visit);
      told.set("ops", "download.*", receiver.url("/depot"));
      told.tested("ops");
      assertThat(receiver.told()).hasSize(1);

      receiver.answering(503, Map.of(), "not today");
      depot.downloaded(Map.of("model", "phi-2", "revision", "no-such-branch"));
      told.of("download.failed").getByText("HTTP 503: not today").waitFor();
      visit.isSound("notifications");
      receiver.answering(204, Map.of(), "");
      told.toldAgain("download.failed");
      told.only("download.failed", "delivered");
      assertThat(told.all().count()).as("the test is filtered out").isEqualTo(1);
      // The retry that was due may have come as well.
      told.opened("download.failed").getByText("HTTP 204").first().waitFor();
      visit.isSound("notifications-filtered");
      assertThat(receiver.told().getLast().headers().get("webhook-id"))
          .as("whoever keeps ids drops what it has already")
          .isEqualTo(receiver.told().get(1).headers().get("webhook-id"));
      told.removed("ops");
    }
  }

  /** The broker stops here; what follows needs none, while the console finds out. */
  @Test
  @Order(17)
  void keysReachEverything() {
    depot.stopBroker();
    visit.open("/");
    page.keyboard().press("g");
    page.keyboard().press("m");
    page.waitForURL("**/models");
    // The key goes to the filter of a page that is there, and to the palette before.
    page.locator("[data-filter]").first().waitFor();
    page.keyboard().press("/");
    assertThat(page.evaluate("() => document.activeElement.type")).isEqualTo("search");
    page.keyboard().press("Control+k");
    visit.dialog().getByRole(AriaRole.COMBOBOX).fill("mistral");
    visit.isSound("palette");
    page.keyboard().press("Enter");
    page.waitForURL("**/models/mistral-7b");
    assertThat(page.evaluate("() => document.activeElement.tagName"))
        .as("focus follows")
        .isEqualTo("H1");
    page.keyboard().press("?");
    visit.isSound("help");
    page.keyboard().press("Escape");
    assertThat(visit.dialog().count()).isZero();
  }

  @Test
  @Order(18)
  void theFirstViewIsSmall() {
    for (String locale : List.of("en-GB", "de-DE")) {
      Visit fresh = browser.visit(depot.url(), locale).open("/");
      long bytes = ((Number) fresh.page().evaluate(BYTES)).longValue();
      assertThat(bytes).as("bytes over the line, %s", locale).isBetween(10_000L, MOST_BYTES);
    }
  }

  @Test
  @Order(19)
  void withoutTheBrokerTheLastStateIsShownWithItsAge() {
    visit.open("/models").sees("phi-2");
    page.locator("[data-live=no-broker]")
        .waitFor(new Locator.WaitForOptions().setTimeout(SOON.toMillis()));
    visit.sees("Kafka is away").sees("phi-2").isSound("no-broker");
  }

  @Test
  @Order(20)
  void theBrowserHadNothingToComplainAbout() {
    visit.hadNoComplaints();
  }

  private Locator link(String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name)).first();
  }

  private static Locator.WaitForOptions hidden() {
    return new Locator.WaitForOptions()
        .setState(com.microsoft.playwright.options.WaitForSelectorState.HIDDEN);
  }
}
