package io.modeldepot.systemtests.console;

import com.microsoft.playwright.Locator;

/** The page of the events, once it is connected. */
final class EventsPage {
  private final Visit visit;

  EventsPage(Visit visit) {
    this.visit = visit.open("/events");
    visit.page().locator("[data-live=live]").waitFor();
  }

  /** The events of a topic, the newest first. */
  Locator of(String topic) {
    return visit.page().locator("details[data-topic='" + topic + "']");
  }

  /** Opens the newest of a topic, once there is one. */
  Locator opened(String topic) {
    Locator newest = of(topic).first();
    newest.locator("summary").click();
    return newest;
  }

  /** The schema of what an event carries. */
  String schema(Locator event) {
    String address = event.getByText("Schema of the payload").getAttribute("href");
    return visit.page().request().get(address).text();
  }
}
