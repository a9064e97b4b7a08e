package io.modeldepot.registry.desired.folder;

import io.modeldepot.events.terms.Sha256;
import io.modeldepot.registry.audit.AuditSource;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.desired.DesiredStates;
import io.modeldepot.registry.desired.StateView;
import io.modeldepot.registry.desired.document.DesiredState;
import io.modeldepot.registry.desired.document.Faulty;
import io.modeldepot.registry.door.Ids;
import io.modeldepot.registry.intake.StateIntake;
import io.modeldepot.registry.problem.ProblemException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the directory again and again. Contents are carried out once: what is changed by hand
 * afterwards stays until the files change. Not before every state topic was read, so that what is
 * here is not fetched again.
 */
@ApplicationScoped
public class FolderWatch {
  private static final Logger LOG = Logger.getLogger(FolderWatch.class);
  private static final int LAST = 2200;
  private static final int TIMEOUT_SECONDS = 300;
  private static final String ACTOR = "desired-state-dir";

  private final FolderSettings settings;
  private final DesiredStates states;
  private final StateIntake intake;
  private final InstantSource clock;
  private final CountDownLatch stopping = new CountDownLatch(1);

  /** Seen at the last look. */
  private @Nullable Sha256 seen;

  /** Carried out, or refused, as it was then. */
  private @Nullable Sha256 answered;

  private volatile @Nullable Trouble trouble;

  FolderWatch(
      FolderSettings settings, DesiredStates states, StateIntake intake, InstantSource clock) {
    this.settings = settings;
    this.states = states;
    this.intake = intake;
    this.clock = clock;
  }

  /**
   * Why what lies there is not carried out.
   *
   * @param since when that was found
   */
  public record Trouble(String directory, String say, Instant since) {}

  /** What is wrong now, if anything is. */
  public Optional<Trouble> trouble() {
    return Optional.ofNullable(trouble);
  }

  void start(@Observes @Priority(LAST) StartupEvent started) {
    settings
        .directory()
        .ifPresent(
            directory ->
                Thread.ofVirtual().name("desired-state").start(() -> lookAgainAndAgain(directory)));
  }

  void stop(@Observes ShutdownEvent stopped) {
    stopping.countDown();
  }

  private void lookAgainAndAgain(Path directory) {
    try {
      while (!stopping.await(settings.every().toMillis(), TimeUnit.MILLISECONDS)) {
        if (intake.caughtUp()) {
          look(directory);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(Path directory) {
    try {
      Directory now = Directory.read(directory);
      Sha256 digest = now.digest();
      boolean settled = digest.equals(seen);
      seen = digest;
      if (settled && !digest.equals(answered)) {
        carryOut(now, digest);
        answered = digest;
        trouble = null;
      }
    } catch (Faulty e) {
      answered = seen;
      found(directory, e.faults().size() + " wrong; the first: " + e.faults().getFirst());
    } catch (ProblemException e) {
      answered = seen;
      found(directory, e.problem().detail());
    } catch (IOException e) {
      answered = null; // whatever is there when it can be read again is carried out
      found(directory, "It cannot be read: " + e);
    } catch (RuntimeException e) {
      found(directory, "It could not be carried out this time: " + e); // and is tried again
    }
  }

  private void carryOut(Directory now, Sha256 digest) throws Faulty {
    if (now.files().isEmpty()) {
      LOG.infof("There is no *.yaml in the directory; nothing is carried out.");
      return;
    }
    DesiredState wanted = now.wanted();
    Origin origin = new Origin(ACTOR, AuditSource.REST, Ids.event());
    StateView done;
    try {
      done =
          QuarkusTransaction.requiringNew()
              .timeout(TIMEOUT_SECONDS)
              .call(
                  () -> states.apply(wanted, settings.prune(), "sha256-" + digest.value(), origin));
    } catch (io.quarkus.narayana.jta.QuarkusTransactionException e) {
      if (e.getCause() instanceof Faulty faulty) {
        throw faulty;
      }
      throw e;
    }
    LOG.infof(
        "Carried out %s: %d changes, %d left alone.",
        now.files().keySet(), done.changes().size(), done.leftAlone().size());
  }

  private void found(Path directory, String say) {
    Trouble before = trouble;
    if (before == null || !before.say().equals(say)) {
      LOG.warnf("%s: %s What was carried out last stays.", directory, say);
      trouble = new Trouble(directory.toString(), say, clock.instant());
    }
  }
}
