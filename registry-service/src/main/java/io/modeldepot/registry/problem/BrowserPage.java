package io.modeldepot.registry.problem;

/** A page of its own for who comes with a browser and gets no console. */
public final class BrowserPage {
  private BrowserPage() {}

  /**
   * A page.
   *
   * @param title plain text
   * @param body markup; what is not ours in it is {@link #escaped}
   */
  public static String of(String title, String body) {
    return of(title, "", body);
  }

  /** The same, from which the browser goes on by itself, as if somebody had followed a link. */
  public static String goingOnTo(String address, String title, String body) {
    return of(
        title, "<meta http-equiv=\"refresh\" content=\"0;url=" + escaped(address) + "\">", body);
  }

  private static String of(String title, String head, String body) {
    return """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">%s
        <title>%s · Model Depot</title>
        <style>:root{color-scheme:light dark}body{font:1rem/1.5 system-ui;max-width:44rem;margin:2rem auto;padding:0 1rem}</style>
        </head><body>
        %s
        </body></html>
        """
        .formatted(head, escaped(title), body);
  }

  /** Text that becomes no markup, also within quotes. */
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
