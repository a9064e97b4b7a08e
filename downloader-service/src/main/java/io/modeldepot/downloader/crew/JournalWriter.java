package io.modeldepot.downloader.crew;

import java.io.IOException;

/**
 * Writes one journal for many threads: whoever asks waits for a write that began after it asked,
 * and one write answers all who wait. Safe for threads.
 */
final class JournalWriter {

  /** The write itself: takes what there is to write at the moment it is called. */
  @FunctionalInterface
  interface Write {
    void run() throws IOException;
  }

  private final Write write;
  private final Object lock = new Object();
  private long asked;
  private long written;
  private boolean writing;

  JournalWriter(Write write) {
    this.write = write;
  }

  void keep() throws IOException {
    long mine;
    synchronized (lock) {
      mine = ++asked;
    }
    while (true) {
      long covers;
      synchronized (lock) {
        while (writing && written < mine) {
          waitForWriter();
        }
        if (written >= mine) {
          return;
        }
        writing = true;
        covers = asked;
      }
      boolean done = false;
      try {
        write.run();
        done = true;
      } finally {
        synchronized (lock) {
          writing = false;
          written = done ? Math.max(written, covers) : written;
          lock.notifyAll();
        }
      }
    }
  }

  private void waitForWriter() throws IOException {
    try {
      lock.wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while the journal was written.", e);
    }
  }
}
