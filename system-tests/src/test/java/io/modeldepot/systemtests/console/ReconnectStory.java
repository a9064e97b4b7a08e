package io.modeldepot.systemtests.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.systemtests.depot.Depot;
import io.modeldepot.systemtests.depot.HubModel;
import io.modeldepot.testkit.hub.FakeHub;
import io.modeldepot.testkit.hub.Mood;
import io.modeldepot.testkit.net.Passage;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A download seen through a connection that is cut twenty times. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReconnectStory {
  private static final int CUTS = 20;
  private static final long WEIGHTS = 24L << 20;

  /** Between two looks of a test a connection can break and be there again. */
  private static final String COUNT_BREAKS =
      """
      () => {
        window.sameDocument = true;
        window.breaks = 0;
        new MutationObserver((changes) => changes.forEach((it) => {
          if (it.target.dataset.live === 'reconnecting') window.breaks++;
        })).observe(document.body, { subtree: true, attributeFilter: ['data-live'] });
      }
      """;

  private static final Duration SOON = Duration.ofSeconds(60);

  private final Browser browser = Browser.start();
  private final FakeHub hub = FakeHub.start();
  private final HubModel model = HubModel.at(hub, "slow").weights(2, WEIGHTS);
  private final Depot depot = Depot.start(hub.url(), 1);
  private final Passage door = new Passage(depot.registryProcess().url().getPort());

  @AfterAll
  void close() {
    door.close();
    depot.close();
    hub.close();
    browser.close();
  }

  @Test
  void theEndIsSeenWithoutAReload() {
    model.commit();
    hub.mood(new Mood.Slow(1L << 20)).onPath("weights");
    Visit visit = browser.visit(URI.create("http://" + door.address())).open("/downloads");
    visit.page().evaluate(COUNT_BREAKS);
    String id = depot.registry().download(model.request("cut-20"));
    visit.page().locator("[data-job='" + id + "'][data-state=transferring]").waitFor();

    for (int i = 0; i < CUTS; i++) {
      visit.page().locator("[data-live=live]").waitFor();
      Object before = visit.page().evaluate("() => window.breaks");
      door.interrupt();
      visit.page().waitForFunction("seen => window.breaks > seen", before);
    }
    visit.isSound("downloads-running");
    hub.calm();
    assertThat(depot.registry().ended(id, SOON).path("state").asText()).isEqualTo("done");

    visit.page().locator("[data-job='" + id + "'][data-state=done]").waitFor();
    visit.page().locator("[data-live=live]").waitFor();
    assertThat(visit.page().evaluate("() => window.sameDocument")).isEqualTo(true);
    assertThat(visit.page().locator("[data-job]").count()).isEqualTo(1);
  }
}
