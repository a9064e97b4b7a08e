package io.modeldepot.downloader.transfer;

/** Is told where a transfer is, on the thread that called it: every sample, and once at the end. */
@FunctionalInterface
public interface ProgressListener {

  void progressed(TransferProgress progress);

  static ProgressListener none() {
    return progress -> {};
  }
}
