package io.modeldepot.downloader.crew;

import java.time.Duration;

/** Who does the work of a job beside the one who looks for jobs. */
@FunctionalInterface
public interface Workers {
  /** Somebody who has not begun. */
  Worker unstarted(String name, Runnable work);

  /** Somebody who does one piece of work. */
  interface Worker {
    /** Begins. */
    void start();

    /**
     * Waits for the end of the work.
     *
     * @return whether it came
     */
    boolean join(Duration patience) throws InterruptedException;
  }

  /** Virtual threads of this process. */
  static Workers virtual() {
    return (name, work) -> {
      Thread thread = Thread.ofVirtual().name(name).unstarted(work);
      return new Worker() {
        @Override
        public void start() {
          thread.start();
        }

        @Override
        public boolean join(Duration patience) throws InterruptedException {
          return thread.join(patience);
        }
      };
    };
  }
}
