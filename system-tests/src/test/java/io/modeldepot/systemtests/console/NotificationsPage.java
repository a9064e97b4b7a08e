package io.modeldepot.systemtests.console;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.regex.Pattern;

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

  /** Tells something again, after a look at what came of it so far. */
  void toldAgain(String kind) {
    of(kind).getByText("Tell again…").click();
    visit.dialog().getByText(Pattern.compile("so far \\d+ attempt")).waitFor();
    visit.dialog().getByText("The same by command").click();
    visit.dialog().getByText("notify retry").waitFor();
    visit.isSound("dialog-retell");
    visit.agree();
    visit.dialog().waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
  }

  /** Shows one kind and one outcome alone. */
  void only(String kind, String state) {
    visit.page().locator("select[name=kind]").selectOption(kind);
    visit.button(state).click();
    of(kind).waitFor();
  }

  /** Removes a receiver. */
  void removed(String name) {
    receiver(name).getByText("Remove a receiver…").click();
    visit.dialog().getByText(name + " is told nothing any more").waitFor();
    visit.agree();
    receiver(name).waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
  }

  /** Everything in the log that is shown. */
  Locator all() {
    return visit.page().locator("[data-told]");
  }

  /** The newest of a kind in the log. */
  Locator of(String kind) {
    return visit.page().locator("[data-told][data-kind='" + kind + "']").first();
  }

  /** The same with its details open. */
  Locator opened(String kind) {
    of(kind).locator("details.more > summary").click();
    return of(kind).locator("[data-open]");
  }

  private Locator receiver(String name) {
    return visit.page().locator("[data-receiver='" + name + "']");
  }

  private Locator field(String name) {
    return visit.dialog().locator("input[name=" + name + "]");
  }
}
