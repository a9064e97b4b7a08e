package io.modeldepot.placement.announce;

import io.modeldepot.events.state.CalibrationLearnt;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.announce.Announcer;
import io.modeldepot.placement.memory.Calibrations;
import io.modeldepot.placement.site.LearntReading;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Tells every planner, and those that start later, what measured engines taught. Safe for threads.
 */
public final class Lessons {
  private static final Logger LOG = Logger.getLogger(Lessons.class);

  private final Announcer announcer;
  private final Clock clock;
  private final Map<String, CalibrationLearnt> told = new ConcurrentHashMap<>();

  public Lessons(Announcer announcer, Clock clock) {
    this.announcer = announcer;
    this.clock = clock;
  }

  /**
   * Tells what is new; what the broker does not take is told with the next plan.
   *
   * @param known what was told by anybody, by key
   */
  public void tell(Calibrations learnt, Map<String, CalibrationLearnt> known) {
    // What was heard counts: somebody else may have told something newer since.
    Map<String, CalibrationLearnt> all = new HashMap<>(told);
    all.putAll(known);
    told.keySet().removeAll(known.keySet());
    for (CalibrationLearnt lesson : LearntReading.untold(learnt, all, clock.instant())) {
      told.put(lesson.key(), lesson);
      var unused =
          announcer
              .announce(Topics.CALIBRATION_LEARNT, lesson.key(), lesson)
              .exceptionally(
                  failure -> {
                    LOG.warnf("%s is not told: %s", lesson.key(), failure.getMessage());
                    told.remove(lesson.key(), lesson);
                    return null;
                  });
    }
  }
}
