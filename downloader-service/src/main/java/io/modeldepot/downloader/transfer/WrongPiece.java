package io.modeldepot.downloader.transfer;

/** A piece came in that is not what the list of pieces says. */
final class WrongPiece extends Exception {
  private static final long serialVersionUID = 1;

  WrongPiece() {
    super("", null, false, false);
  }
}
