package io.modeldepot.placement.site;

import io.modeldepot.events.state.CalibrationLearnt;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.placement.memory.Calibrations;
import io.modeldepot.placement.memory.Calibrations.Calibration;
import io.modeldepot.placement.memory.EngineCosts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was learnt of engines, as records and back. */
public final class LearntReading {
  private LearntReading() {}

  /** What these say; what cannot be true, or is about an engine that nobody knows, says nothing. */
  static Calibrations of(Collection<CalibrationLearnt> records) {
    Calibrations known = Calibrations.NONE;
    for (CalibrationLearnt one : records) {
      long fixed = one.fixedBytesPerGpu();
      if (one.engine().equals(EngineCosts.VLLM.engine())
          && fixed >= EngineCosts.LEAST_FIXED_BYTES
          && fixed <= EngineCosts.MOST_FIXED_BYTES) {
        known =
            known.withKnown(
                one.model().value(),
                one.engine(),
                one.gpuName(),
                new Calibration(
                    EngineCosts.VLLM.calibrated(fixed),
                    one.measurements(),
                    one.errorBeforeBytes(),
                    one.errorAfterBytes()));
      }
    }
    return known;
  }

  /**
   * Records of what is new: constants that differ from those that were told.
   *
   * @param told by key
   */
  public static List<CalibrationLearnt> untold(
      Calibrations learnt, Map<String, CalibrationLearnt> told, Instant now) {
    Map<String, Long> fixed = new HashMap<>();
    told.forEach((key, one) -> fixed.put(key, one.fixedBytesPerGpu()));
    List<CalibrationLearnt> untold = new ArrayList<>();
    for (Calibrations.Entry entry : learnt.entries()) {
      Calibration calibration = entry.calibration();
      CalibrationLearnt one =
          new CalibrationLearnt(
              ModelName.of(entry.model()),
              entry.engine(),
              entry.gpu(),
              calibration.costs().fixedBytesPerGpu(),
              calibration.measurements(),
              calibration.errorBeforeBytes(),
              calibration.errorAfterBytes(),
              now);
      if (fixed.getOrDefault(one.key(), -1L) != one.fixedBytesPerGpu()) {
        untold.add(one);
      }
    }
    return untold;
  }
}
