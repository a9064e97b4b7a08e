package io.modeldepot.systemtests.console;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;

/** What people look at the console with. The page is the same; its width and its colours differ. */
enum Screen {
  /** 1280 pixels, light. */
  DESK(1280, 900, ColorScheme.LIGHT),
  /** 390 pixels, dark. */
  TELEPHONE(390, 844, ColorScheme.DARK);

  private final int width;
  private final int height;
  private final ColorScheme colours;

  Screen(int width, int height, ColorScheme colours) {
    this.width = width;
    this.height = height;
    this.colours = colours;
  }

  /** Shows the page on it from now on. */
  void show(Page page) {
    page.setViewportSize(width, height);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
  }

  /** As names of files have it. */
  String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
