package io.modeldepot.backup.unpack;

import java.io.IOException;

/** An archive is refused; nothing of it was published. */
public final class BadArchive extends IOException {
  private static final long serialVersionUID = 1L;

  private final String remedy;

  BadArchive(String what, String remedy) {
    super(what);
    this.remedy = remedy;
  }

  /** What would help, in words. */
  public String remedy() {
    return remedy;
  }

  static BadArchive damaged(String why) {
    return new BadArchive(
        "It ends early or is damaged: " + why,
        "copy it again from where it was made, or export anew");
  }

  static BadArchive entry(String name, String why) {
    return new BadArchive(
        shown(name) + " " + why,
        "take only archives that you know; one made by  export  has nothing of the kind");
  }

  static BadArchive link(String name, String target, String why) {
    return new BadArchive(
        shown(name) + " is a link to " + shown(target) + ", " + why,
        "make it with  export, or with  tar --hard-dereference --dereference");
  }

  /** A name from outside, printable and not too long. */
  private static String shown(String name) {
    String plain = name.replaceAll("\\p{Cntrl}", "?");
    return "\"" + (plain.length() > 200 ? plain.substring(0, 200) + "..." : plain) + "\"";
  }
}
