package io.modeldepot.hub.address;

/**
 * How much of a tree is asked for.
 *
 * @param recursive the folders below, too
 * @param expand with the last commit and the security status of each entry; the Hub's pages are
 *     smaller then
 */
public record TreeDetail(boolean recursive, boolean expand) {
  /** Every file below, digests and sizes only. */
  public static final TreeDetail ALL_FILES = new TreeDetail(true, false);

  /** One folder, digests and sizes only. */
  public static final TreeDetail ONE_FOLDER = new TreeDetail(false, false);
}
