package io.modeldepot.downloader.crew;

import io.modeldepot.downloader.announce.BrokerAway;
import io.modeldepot.downloader.fetch.Trouble;
import io.modeldepot.downloader.job.Effect;
import io.modeldepot.downloader.job.Job;
import io.modeldepot.downloader.job.JobEvent;
import io.modeldepot.downloader.job.JobEvent.Bytes;
import io.modeldepot.downloader.job.JobJournal;
import io.modeldepot.downloader.job.JobState;
import io.modeldepot.downloader.job.Stage;
import io.modeldepot.downloader.job.Turn;
import io.modeldepot.downloader.pace.CancelToken;
import io.modeldepot.downloader.volume.ModelBusy;
import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.events.state.WaitingFor;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.kit.trace.Step;
import io.modeldepot.kit.trace.StepKind;
import io.modeldepot.kit.trace.Working;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.ClaimLost;
import io.modeldepot.store.journal.Journal;
import io.modeldepot.store.volume.VolumeRefused;
import io.modeldepot.store.volume.call.FileCallFailed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/**
 * One job in our hands, from taking its claim to giving it back. {@link #run} belongs to one
 * thread; everything else may be called by any.
 */
final class JobRun implements Turn {
  private static final Logger LOG = Logger.getLogger(JobRun.class);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration TELL_AGAIN = Duration.ofSeconds(1);
  private static final Duration FULL_PAUSE = Duration.ofSeconds(1);

  private final Shelf shelf;
  private final Claim claim;
  private final Slots.Slot slot;
  private final Tools tools;
  private final JournalWriter journal;
  private final AtomicBoolean durable = new AtomicBoolean();
  private final Voice voice;
  private final Object lock = new Object();
  private Job job;
  private CancelToken stop = new CancelToken();
  private volatile Order order = Order.GO_ON;
  private volatile boolean over;
  private boolean begun;
  private volatile boolean broke;
  private boolean saidFull;
  private Instant notBefore = Instant.MIN;

  /** What somebody outside wants of this run; the later ones count more. */
  private enum Order {
    GO_ON,
    CANCEL,
    GIVE_BACK,
    DROP
  }

  JobRun(Shelf shelf, Claim claim, Job job, Slots.Slot slot, Tools tools) {
    this.shelf = shelf;
    this.claim = claim;
    this.job = job;
    this.slot = slot;
    this.tools = tools;
    this.journal = new JournalWriter(this::write);
    this.voice = new Voice(tools.teller(), claim.holder().toString(), TELL_AGAIN, tools.time());
  }

  // -- what others may do with it

  @Override
  public Job job() {
    synchronized (lock) {
      return job;
    }
  }

  @Override
  public Claim claim() {
    return claim;
  }

  @Override
  public CancelToken stop() {
    synchronized (lock) {
      return stop;
    }
  }

  @Override
  public void note(UnaryOperator<Job> change) {
    synchronized (lock) {
      job = change.apply(job);
    }
  }

  @Override
  public void keep() throws IOException {
    journal.keep();
  }

  /** The process ends: give the job back where it is. */
  void giveBack() {
    order(Order.GIVE_BACK);
  }

  /** The volume is gone: touch nothing any more. */
  void drop() {
    order(Order.DROP);
  }

  /** Somebody cancelled the job's own request; it ends unless others share it. */
  void cancelOwn() {
    RequestId own = job().id();
    if (!job().requestIds().contains(own)) {
      return;
    }
    if (job().isWantedOnlyBy(List.of(own))) {
      order(Order.CANCEL);
    } else {
      note(it -> it.leftBy(List.of(own)).told());
      voice.tellLeft(job(), own);
    }
  }

  /** These joined; whoever joined and is not among them has left. */
  void sharedWith(Collection<RequestId> joined) {
    synchronized (lock) {
      List<RequestId> gone =
          job.requestIds().stream()
              .filter(id -> !id.equals(job.id()) && !joined.contains(id))
              .toList();
      if (!gone.isEmpty() || !job.requestIds().containsAll(joined)) {
        job = job.leftBy(gone).sharedWith(joined);
      }
    }
    if (job().requestIds().isEmpty()) {
      order(Order.CANCEL);
    }
  }

  /** A second has passed: tell how it goes, unless somebody else has taken over to tell it. */
  void tick() throws IOException {
    if (!claim.stillHeld()) {
      return;
    }
    synchronized (lock) {
      // Before a takeover is decided on nobody knows which sequence comes after the predecessor's.
      if (begun && !over && !isLeft() && !(job.state() instanceof JobState.Final)) {
        job = voice.tick(job);
      }
    }
  }

  /** Whether nobody wants it any more: all were told that it is over for them; it only ends. */
  private boolean isLeft() {
    return job.requestIds().isEmpty();
  }

  /** Whether the work ended because something failed that the job's own states have no word for. */
  boolean broke() {
    return broke;
  }

  private void order(Order more) {
    CancelToken told;
    synchronized (lock) {
      if (more.compareTo(order) <= 0) {
        return;
      }
      order = more;
      told = stop;
    }
    told.cancel();
  }

  // -- the work

  /** Works until the job is out of our hands. Never throws. */
  void run() {
    Job begun = job();
    try (Step step = tools.tracing().begin("download", StepKind.CONSUMER, begun.traceparent());
        Working.Scope _ =
            Working.on(
                Optional.of(step.traceparent()),
                Map.of(
                    Working.REQUEST_ID, begun.id().value(),
                    Working.MODEL, begun.model().value()))) {
      step.with("modeldepot.model", begun.model().value());
      step.with("modeldepot.request_id", begun.id().value());
      goOn();
      step.with("modeldepot.state", job().state().name().name().toLowerCase(Locale.ROOT));
      if (job().state() instanceof JobState.Final ended) {
        ended.problem().ifPresent(problem -> step.failed(problem.code().code()));
      }
    }
  }

  private void goOn() {
    try {
      if (!(job().state() instanceof JobState.Requested)) {
        happen(new JobEvent.TakenOver());
      }
      synchronized (lock) {
        begun = true;
      }
      while (!over) {
        obey();
        if (!over) {
          step();
        }
      }
    } catch (ClaimLost e) {
      LOG.infof("Job %s is in other hands now", job.id());
    } catch (IOException | RuntimeException e) {
      LOG.errorf(e, "Job %s is given back as it is", job.id());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      slot.leave();
      release();
    }
  }

  private void obey() throws IOException {
    Order now;
    synchronized (lock) {
      now = order;
    }
    switch (now) {
      case GO_ON -> {}
      case DROP -> over = true;
      case GIVE_BACK -> {
        if (job().state() instanceof JobState.Final) {
          over = true;
        } else {
          happen(new JobEvent.ShutDown());
        }
      }
      case CANCEL -> {
        happen(new JobEvent.CancelSeen());
        synchronized (lock) {
          // Too late, perhaps: then the work goes on, under a token that nobody has cancelled.
          if (order == Order.CANCEL) {
            order = Order.GO_ON;
            stop = new CancelToken();
          }
        }
      }
    }
  }

  private void step() throws IOException, InterruptedException {
    JobState state = job().state();
    switch (state) {
      case JobState.Requested _ -> begin();
      case JobState.Waiting waiting -> waitFor(waiting);
      case JobState.Joined joined ->
          happen(new JobEvent.HostEnded(tools.ends().of(shelf, joined.host())));
      case JobState.Final _ -> over = true;
      case JobState.Resolving _, JobState.AtCommit _ -> {
        if (slot.take(stop()) && pausedLongEnough()) {
          work(tools.stages().of(state).orElseThrow());
        }
      }
    }
  }

  private void begin() throws IOException, InterruptedException {
    if (tools.time().now().isAfter(job().expiresAt())) {
      happen(new JobEvent.Spent(expired()));
    } else if (slot.take(stop())) {
      happen(new JobEvent.Claimed());
    }
  }

  private void waitFor(JobState.Waiting waiting) throws IOException, InterruptedException {
    slot.leave();
    boolean due = !tools.time().now().isBefore(waiting.due());
    if (job().attemptsSpent()) {
      happen(new JobEvent.Spent(waiting.last().orElseGet(this::expired)));
    } else if (tools.time().now().isAfter(job().expiresAt()) && job().tally().fetchedBytes() == 0) {
      // A download that moves may take longer than a day; one that never began may not.
      happen(new JobEvent.Spent(waiting.last().orElseGet(this::expired)));
    } else if (waiting.what() == WaitingFor.CATALOG && tools.catalog().knows(job())) {
      retry();
    } else if (waiting.what() == WaitingFor.CATALOG && due) {
      happen(
          new JobEvent.Refused(
              Problem.of(
                  ProblemCode.UNKNOWN_MODEL,
                  "The catalog has no entry for %s.".formatted(job().model()),
                  Map.of("model", job().model().value()))));
    } else if (due) {
      retry();
    } else {
      sleep();
    }
  }

  private void retry() throws IOException, InterruptedException {
    if (slot.take(stop())) {
      happen(new JobEvent.RetryDue());
    }
  }

  private boolean pausedLongEnough() throws InterruptedException {
    if (tools.time().now().isBefore(notBefore)) {
      sleep();
      return false;
    }
    return true;
  }

  private void sleep() throws InterruptedException {
    if (order == Order.GO_ON) {
      boolean unused = tools.time().pause(LOOK, stop());
      if (Thread.interrupted()) {
        throw new InterruptedException("This process ends.");
      }
    }
  }

  private void work(Stage stage) throws IOException, InterruptedException {
    try {
      stage.work(this);
    } catch (ClaimLost e) {
      throw e;
    } catch (BrokerAway e) {
      setback(Problem.of(ProblemCode.BROKER_UNAVAILABLE, String.valueOf(e.getMessage())));
    } catch (ModelBusy e) {
      setback(Problem.of(ProblemCode.IN_USE, String.valueOf(e.getMessage())));
    } catch (IOException e) {
      refusedByVolume(e);
    } catch (RuntimeException e) {
      LOG.errorf(e, "Job %s came upon a fault of ours in %s", job().id(), job().state().name());
      refuse(Problem.of(ProblemCode.INTERNAL, "A fault in this program; its log has more."));
    }
  }

  /** Is it the job, or has the volume gone, or the claim? */
  private void refusedByVolume(IOException e) throws IOException {
    if (stop().isCancelled() && order != Order.CANCEL) {
      return;
    }
    try {
      shelf.store().volume().requireStillHere();
    } catch (VolumeRefused gone) {
      LOG.warnf("Job %s stops: %s", job().id(), gone.getMessage());
      drop();
      return;
    }
    claim.requireHeld();
    LOG.warnf(e, "Job %s: the volume refused in %s", job().id(), job().state().name());
    boolean full = e instanceof FileCallFailed call && call.errno().noSpace();
    Problem why =
        Problem.of(
            full ? ProblemCode.NO_SPACE : ProblemCode.VOLUME_ERROR,
            full ? "The volume is full." : "The volume refused: " + e.getMessage());
    if (full && isUnderWay()) {
      happen(Trouble.noSpace(why, Bytes.NONE_CAME, tools.time()));
    } else {
      refuse(why);
    }
  }

  /** Whether there is something worth waiting for; before that a full disk is a refusal. */
  private boolean isUnderWay() {
    return switch (job().state()) {
      case JobState.Transferring _ -> true;
      case JobState.Resolving _, JobState.Checking _ -> job().tally().fetchedBytes() > 0;
      default -> false;
    };
  }

  private void refuse(Problem why) throws IOException {
    switch (job().state()) {
      case JobState.Publishing _, JobState.Announcing _ -> setback(why);
      case JobState.Final _, JobState.Joined _, JobState.Requested _ -> over = true;
      case JobState.Resolving _, JobState.Waiting _, JobState.Checking _, JobState.Transferring _ ->
          happen(new JobEvent.Refused(why));
    }
  }

  private void setback(Problem why) throws IOException {
    if (!(job().state() instanceof JobState.Final)) {
      happen(
          Trouble.later(
              why, WaitingFor.HUB, job(), Bytes.NONE_CAME, Optional.empty(), tools.time()));
    }
  }

  private Problem expired() {
    return Problem.of(
        ProblemCode.EXPIRED,
        "The command is from %s and was to be begun before %s."
            .formatted(job().createdAt(), job().expiresAt()));
  }

  // -- what follows

  @Override
  public void happen(JobEvent event) throws IOException {
    Optional<Job.Decision> decision;
    synchronized (lock) {
      decision = job.next(event);
      decision.ifPresent(made -> job = made.job());
    }
    if (decision.isEmpty()) {
      return;
    }
    LOG.debugf("Job %s: %s, now %s", job().id(), event, job().state().name());
    for (Effect effect : decision.get().effects()) {
      apply(effect);
    }
  }

  private void apply(Effect effect) throws IOException {
    switch (effect) {
      case Effect.WriteJournal _ -> {
        durable.set(true);
        keepThoughFull();
      }
      case Effect.TellProgress _ -> {
        if (job().state() instanceof JobState.Final ended) {
          note(Job::told);
          tools.metrics().ended(job(), ended);
          insist(() -> voice.tellEnd(job()));
        } else {
          synchronized (lock) {
            if (!isLeft()) {
              // A job that joins leaves our hands at once: there is no later.
              job =
                  job.state() instanceof JobState.Joined ? voice.tellNow(job) : voice.tellSoon(job);
            }
          }
        }
      }
      case Effect.TellFailed failed -> insist(() -> voice.tellFailed(job(), failed.why()));
      case Effect.StartAgain again -> tools.parts().startAgain(this, shelf, again.path());
      case Effect.SetAside aside -> tools.parts().setAside(this, shelf, aside.path(), aside.why());
      case Effect.Pause pause -> notBefore = pause.until();
      case Effect.Release _ -> release();
      case Effect.Dissolve _ -> {
        over = true;
        if (!claim.isOver()) {
          claim.dissolve();
        }
      }
    }
  }

  /**
   * A full disk has no room for the journal either. What was decided stands, is told, and is
   * written once there is room. A job that has ended makes some: it needs its parts no more. A wish
   * to cancel is not kept waiting.
   */
  private void keepThoughFull() throws IOException {
    while (true) {
      try {
        keep();
        return;
      } catch (FileCallFailed e) {
        if (!e.errno().noSpace() || order.compareTo(Order.GIVE_BACK) >= 0) {
          throw e;
        }
        if (job().state() instanceof JobState.Final) {
          tools.parts().dropParts(this, shelf);
        } else if (order == Order.CANCEL) {
          return;
        }
        if (!saidFull) {
          LOG.warnf("Job %s waits for room on the volume: %s", job().id(), e.getMessage());
          saidFull = true;
        }
        pause();
      }
    }
  }

  private void pause() throws IOException {
    boolean unused = tools.time().pause(FULL_PAUSE, new CancelToken());
    if (Thread.currentThread().isInterrupted()) {
      throw new IOException("Interrupted while the volume was full.");
    }
  }

  /** Something to be told to the broker. */
  @FunctionalInterface
  private interface Telling {
    void run() throws IOException, InterruptedException;
  }

  /** The end is told until the broker has it, or until somebody else has to tell it. */
  private void insist(Telling telling) throws IOException {
    while (true) {
      try {
        telling.run();
        return;
      } catch (BrokerAway e) {
        if (order.compareTo(Order.GIVE_BACK) >= 0) {
          release();
          throw e;
        }
        LOG.warnf("The end of job %s cannot be told yet: %s", job().id(), e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("Interrupted while the end of a job was told.", e);
      }
    }
  }

  /**
   * A step survives a power cut; of the blocks since the last step the kill of a process is enough.
   */
  private void write() throws IOException {
    boolean step = durable.getAndSet(false);
    boolean written = false;
    try {
      Journal now = JobJournal.of(job(), claim.holder().toString(), tools.time().now());
      if (step) {
        shelf.store().journals().write(claim, now);
      } else {
        shelf.store().journals().writeProgress(claim, now);
      }
      written = true;
    } finally {
      if (step && !written) {
        durable.set(true);
      }
    }
  }

  private void release() {
    over = true;
    try {
      claim.close();
    } catch (IOException e) {
      LOG.debugf("The claim of job %s ends by standing still: %s", job().id(), e.getMessage());
    }
  }
}
