package io.modeldepot.downloader.engine;

import io.modeldepot.downloader.pace.Backoff;
import io.modeldepot.events.state.EngineServer;
import io.modeldepot.events.state.EngineState;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.store.engine.RepositoryName;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * One Triton server in EXPLICIT mode, kept at what was decided for its repository: what leaves is
 * unloaded before anything is loaded, because memory has to be free first; a content that changed
 * is unloaded and loaded, because Triton would hold both for a moment. A server that was started
 * again has forgotten its models and is told again. Its own thread talks to the server, the rest
 * may be called by any.
 */
final class TritonServer implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(TritonServer.class);
  private static final Duration TO_UNLOAD = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration REST = Duration.ofMillis(500);

  private final RepositoryName repository;
  private final TritonClient client;
  private final Pace pace;
  private final Consumer<ModelName> changed;
  private final Map<ModelName, ServedModel> models = new LinkedHashMap<>();
  private final Set<ModelName> gone = new HashSet<>();
  private final Object lock = new Object();
  private final Thread thread;
  private volatile boolean closed;

  /**
   * How patient it is.
   *
   * @param checkEvery between two looks at a model that is well
   * @param retry after failures
   */
  record Pace(Duration checkEvery, Backoff retry) {}

  /**
   * @param changed is told whenever the state of a model here has changed, on its thread
   */
  TritonServer(
      RepositoryName repository, TritonClient client, Pace pace, Consumer<ModelName> changed) {
    this.repository = repository;
    this.client = client;
    this.pace = pace;
    this.changed = changed;
    this.thread = Thread.ofVirtual().name("triton-" + repository).unstarted(this::run);
  }

  void open() {
    thread.start();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  /** The files are in place: serve the model with this content. */
  void want(ModelName model, Optional<String> mark) {
    synchronized (lock) {
      gone.remove(model);
      models.computeIfAbsent(model, ServedModel::new).want(mark);
      lock.notifyAll();
    }
  }

  /**
   * Serve the model no more.
   *
   * @return whether that is so already: it was told before, and has done it
   */
  boolean leave(ModelName model) {
    synchronized (lock) {
      if (gone.contains(model)) {
        return true;
      }
      models.computeIfAbsent(model, ServedModel::new).leave();
      lock.notifyAll();
      return false;
    }
  }

  /** How a model is here. */
  Optional<EngineServer> state(ModelName model) {
    synchronized (lock) {
      return Optional.ofNullable(models.get(model))
          .map(
              it ->
                  new EngineServer(repository.host(), repository.gpus(), it.state(), it.detail()));
    }
  }

  private void run() {
    try {
      while (!closed) {
        Optional<ServedModel> due = due();
        if (due.isPresent()) {
          work(due.get());
        }
      }
    } catch (InterruptedException e) {
      LOG.debugf("%s ends", repository);
    }
  }

  /** The next model to look at; those that leave come first. */
  private Optional<ServedModel> due() throws InterruptedException {
    synchronized (lock) {
      long now = System.nanoTime();
      List<ServedModel> due = new ArrayList<>(models.values());
      due.removeIf(it -> !it.isDue(now));
      Optional<ServedModel> leaving = due.stream().filter(it -> !it.isWanted()).findFirst();
      Optional<ServedModel> first = leaving.isPresent() ? leaving : due.stream().findFirst();
      if (first.isEmpty()) {
        lock.wait(REST.toMillis());
      }
      return first;
    }
  }

  private void work(ServedModel it) throws InterruptedException {
    boolean wanted;
    EngineState before;
    Optional<String> said;
    synchronized (lock) {
      wanted = it.isWanted();
      before = it.state();
      said = it.detail();
    }
    try {
      if (wanted) {
        serve(it);
      } else {
        end(it);
      }
    } catch (IOException e) {
      failed(it, wanted, why(e));
    } catch (RuntimeException e) {
      LOG.errorf(e, "A fault of ours with %s at %s; it is tried again", it.model(), repository);
      failed(it, wanted, "A fault in this program; its log has more.");
    }
    boolean differs;
    synchronized (lock) {
      differs =
          before != it.state() || !said.equals(it.detail()) || !models.containsKey(it.model());
    }
    if (differs) {
      changed.accept(it.model());
    }
  }

  private void serve(ServedModel it) throws IOException, InterruptedException {
    ModelName model = it.model();
    boolean ready = client.isReady(model);
    Optional<String> loaded = ready ? client.mark(model) : Optional.empty();
    if (ready && isRight(it, loaded)) {
      well(it);
      return;
    }
    if (ready && wasTold(it)) {
      throw another();
    }
    if (ready) {
      unload(model);
    }
    announce(it, EngineState.LOADING);
    LOG.infof("%s: loading %s", client.address(), model);
    client.load(model);
    synchronized (lock) {
      it.tell();
    }
    if (!client.isReady(model)) {
      throw new IOException("it has loaded the model and is not ready with it yet");
    }
    if (!isRight(it, client.mark(model))) {
      throw another();
    }
    well(it);
  }

  private void end(ServedModel it) throws IOException, InterruptedException {
    try {
      if (client.isReady(it.model())) {
        LOG.infof("%s: unloading %s", client.address(), it.model());
        unload(it.model());
      } else {
        // One that is still being loaded is not ready; the server then says what it thinks.
        client.unload(it.model());
      }
    } catch (TritonClient.Refused e) {
      if (client.isReady(it.model())) {
        throw e;
      }
    } catch (ConnectException e) {
      LOG.debugf("%s is not there, so it serves nothing: %s", client.address(), e.getMessage());
    }
    synchronized (lock) {
      if (!it.isWanted()) {
        models.remove(it.model());
        gone.add(it.model());
      }
    }
  }

  private void unload(ModelName model) throws IOException, InterruptedException {
    client.unload(model);
    long end = System.nanoTime() + TO_UNLOAD.toNanos();
    while (client.isReady(model)) {
      if (System.nanoTime() > end) {
        throw new IOException("it goes on serving the model though it was told to unload it");
      }
      Thread.sleep(LOOK);
    }
  }

  private IOException another() {
    return new IOException(
        "it has loaded another content than was published; its --model-repository has to be"
            + " engines/triton/"
            + repository
            + " of this volume");
  }

  private boolean isRight(ServedModel it, Optional<String> loaded) {
    synchronized (lock) {
      return it.isRight(loaded);
    }
  }

  private boolean wasTold(ServedModel it) {
    synchronized (lock) {
      return it.wasTold();
    }
  }

  private void announce(ServedModel it, EngineState now) {
    synchronized (lock) {
      it.busy(now);
    }
    changed.accept(it.model());
  }

  private void well(ServedModel it) {
    synchronized (lock) {
      if (it.isWanted()) {
        it.well(EngineState.READY, pace.checkEvery(), System.nanoTime());
      }
    }
  }

  private void failed(ServedModel it, boolean wanted, String why) {
    synchronized (lock) {
      if (it.isWanted() == wanted) {
        it.failed(why, pace.retry(), RandomGenerator.getDefault(), System.nanoTime());
      }
    }
    LOG.warnf("%s of %s: %s", it.model(), repository, why);
  }

  private String why(IOException e) {
    String what =
        switch (e) {
          case TritonClient.Refused refused -> String.valueOf(refused.getMessage());
          case ConnectException gone -> "it does not answer";
          case java.net.SocketTimeoutException slow -> "it does not answer in time";
          case java.io.InterruptedIOException slow -> "it does not answer in time";
          default -> String.valueOf(e.getMessage());
        };
    return "Triton at " + client.address() + ": " + what + ".";
  }
}
