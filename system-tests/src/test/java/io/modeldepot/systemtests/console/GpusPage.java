package io.modeldepot.systemtests.console;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The page of the GPUs, once phi-2 is drawn on one of the two. */
final class GpusPage {
  static final String FIRST = "gpu-host/0";
  static final String SECOND = "gpu-host/1";

  private final Visit visit;
  private final Page page;

  GpusPage(Visit visit) {
    this.visit = visit.open("/gpus").sees("20 users × 2048 tokens");
    this.page = visit.page();
  }

  /** By what a model is taken up. */
  Locator handle(String model) {
    return page.locator("[data-model='" + model + "']");
  }

  Locator card(String gpu) {
    return page.locator("article[data-gpu='" + gpu + "']");
  }

  /** A GPU as it would be after a plan. */
  Locator picture(String gpu) {
    return page.locator(".pictures [data-gpu='" + gpu + "']");
  }

  void press(String key) {
    page.keyboard().press(key);
  }

  /** Asks what would be without a GPU. */
  void planWithout(String gpu) {
    page.locator("select[name=drain]").selectOption(gpu);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Plan").setExact(true))
        .click();
    visit.page().locator(".pictures").first().waitFor();
  }
}
