package io.modeldepot.backup.bundle;

/** The files of a bundle. No name in a bundle is chosen by who made it. */
public final class BundleNames {
  /** The index; a directory without it is no finished bundle. */
  public static final String INDEX = "bundle.json";

  /** The signature of the index. */
  public static final String SIGNATURE = "bundle.sig";

  /** SHA-256 of the index and the parts, as {@code sha256sum -c} reads them. */
  public static final String SUMS = "SHA256SUMS";

  /** The index while parts are missing. */
  public static final String UNFINISHED = "unfinished.json";

  /** Ends the name of a file that is being written. */
  public static final String PARTIAL = ".partial";

  private BundleNames() {}

  /**
   * The name of a part.
   *
   * @param number from 1
   */
  public static String part(int number) {
    return "part-%05d.bin".formatted(number);
  }
}
