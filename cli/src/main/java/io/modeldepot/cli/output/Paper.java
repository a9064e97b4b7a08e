package io.modeldepot.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The two streams of a command. Data goes to stdout and is the same whoever watches; talk goes to
 * stderr and may be silenced by {@code -q}. Strings given to {@link #data} and {@link #talk} are
 * taken as safe: text from elsewhere passes {@link Style#safe} first. Every method throws {@link
 * CannotWrite} when a reader has gone, or stdout takes no more.
 */
public final class Paper {
  private final Outlet out;
  private final Outlet err;
  private final Terminal terminal;
  private final Form form;
  private final boolean quiet;
  private final Style outStyle;
  private final Style errStyle;

  public Paper(OutputStream out, OutputStream err, Terminal terminal, Form form, boolean quiet) {
    Charset charset = terminal.unicode() ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
    this.out = new Outlet(out, charset);
    this.err = new Outlet(err, charset);
    this.terminal = terminal;
    this.form = form;
    this.quiet = quiet;
    this.outStyle = new Style(terminal.colour() && terminal.stdoutTty(), terminal.unicode());
    this.errStyle = new Style(terminal.colour() && terminal.stderrTty(), terminal.unicode());
  }

  public Terminal terminal() {
    return terminal;
  }

  public Form form() {
    return form;
  }

  public boolean quiet() {
    return quiet;
  }

  /** How text on stdout may look. */
  public Style style() {
    return outStyle;
  }

  /** How text on stderr may look. */
  public Style talkStyle() {
    return errStyle;
  }

  public void data(String line) {
    out.println(line);
    out.flush();
  }

  /** A sentence for people; silent with {@code -q}. */
  public void talk(String line) {
    if (!quiet) {
      warn(line);
    }
  }

  /** A sentence that {@code -q} does not silence: errors and warnings. */
  public void warn(String line) {
    err.println(line);
    err.flushIfHeard();
  }

  /**
   * Raw bytes to the terminal behind stderr: only for repainting, only when {@link
   * Terminal#animated}.
   */
  public void paint(String text) {
    err.print(text);
    err.flushIfHeard();
  }

  /** Text for stdout as it is, without an end of line of its own. */
  public void raw(String text) {
    out.print(text);
    out.flush();
  }

  /** A whole answer in the form that was asked for. */
  public void print(Listing listing) {
    switch (quiet && form.forPeople() ? Form.NAME : form) {
      case TABLE -> people(listing, false);
      case WIDE -> people(listing, true);
      case JSON -> data(Json.pretty(listing.machine()));
      case YAML -> out.print(Yaml.of(listing.machine()));
      case NAME -> listing.names().forEach(name -> out.println(outStyle.safe(name)));
      case CSV -> Csv.lines(listing).forEach(line -> out.println(unicodeOrAscii(line)));
    }
    out.flush();
  }

  /** A single machine value: pretty as JSON or YAML; the caller writes the forms for people. */
  public void machine(JsonNode node) {
    data(form == Form.YAML ? Yaml.of(node).stripTrailing() : Json.pretty(node));
  }

  private void people(Listing listing, boolean wide) {
    if (!listing.rows().isEmpty()) {
      Table.lines(listing, wide, terminal.columns(), outStyle).forEach(out::println);
    }
    if (!listing.footer().isEmpty()) {
      out.println(listing.footer());
    }
  }

  private String unicodeOrAscii(String line) {
    return terminal.unicode() ? line : SafeText.ascii(line);
  }
}
