package io.modeldepot.systemtests.console;

import com.microsoft.playwright.Locator;

/** The page of notifications, by what people do there. */
final class NotificationsPage {
  private final Visit visit;

  NotificationsPage(Visit visit) {
    this.visit = visit.open("/notifications");
  }

  /** Sets a receiver by the form, after a look at what that would change. */
  void set(String name, String on, String url) {
    visit.button("Set a receiver…").click();
    field("receiver").fill(name);
    field("on").fill(on);
    field("url").fill(url);
    visit.dialog().getByText("Preview again").click();
    visit.dialog().getByText(name + " is told of 1 kind").waitFor();
    visit.dialog().getByText("The same by command").click();
    visit.dialog().getByText("apply -f -").waitFor();
    visit.isSound("dialog-notify");
    visit.agree();
    receiver(name).locator("[data-state=ready]").waitFor();
  }

  /** Sends a test and waits until it is said that it arrived. */
  void tested(String name) {
    receiver(name).getByText("Test…").click();
    visit.dialog().getByText("A test goes to http://127.0.0.1").waitFor();
    visit.isSound("dialog-ring");
    visit.agree();
    visit.sees(name + " took it in");
  }

  /** The newest of a kind in the log. */
  Locator of(String kind) {
    return visit.page().locator("[data-told][data-kind='" + kind + "']").first();
  }

  private Locator receiver(String name) {
    return visit.page().locator("[data-receiver='" + name + "']");
  }

  private Locator field(String name) {
    return visit.dialog().locator("input[name=" + name + "]");
  }
}
