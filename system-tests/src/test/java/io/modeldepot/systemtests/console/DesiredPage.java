package io.modeldepot.systemtests.console;

import com.microsoft.playwright.Locator;

/** The page of the desired state, by what people do there. */
final class DesiredPage {
  private static final String HEAD = "apiVersion: modeldepot/v1\nmodels:\n  ";

  private final Visit visit;

  DesiredPage(Visit visit) {
    this.visit = visit.open("/desired");
  }

  /** Writes a document with one model, from line 3 on, and has it compared. */
  void compare(String model) {
    write(model);
    compare();
  }

  void compare() {
    visit.button("Compare").click();
  }

  void write(String model) {
    visit.page().locator("#document").fill(HEAD + model + "\n");
  }

  /** A fault of a line. */
  Locator fault(int line) {
    return visit.page().locator("[data-line='" + line + "']");
  }

  /** What is marked in the document. */
  String marked() {
    return visit.page().evaluate("() => getSelection().toString()").toString();
  }

  /** A thing that would change. */
  Locator change(String object) {
    return visit.page().locator("[data-object='" + object + "']");
  }

  /** Does what is shown. */
  void apply() {
    String plan = visit.page().locator("[data-plan]").getAttribute("data-plan");
    visit.button("Apply " + plan).click();
  }

  void takeWhatIsWantedNow() {
    visit.button("Take what is wanted now").click();
    visit
        .page()
        .waitForFunction("() => document.getElementById('document').value.includes('phi-2')");
  }
}
