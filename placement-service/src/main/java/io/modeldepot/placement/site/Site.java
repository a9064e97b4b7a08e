package io.modeldepot.placement.site;

import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.state.ModelPlaced;
import io.modeldepot.events.state.PlacementDemand;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.fleet.Fleet;
import io.modeldepot.placement.fleet.FleetMerge;
import io.modeldepot.placement.fleet.HostInventory;
import io.modeldepot.placement.fleet.HostReport;
import io.modeldepot.placement.memory.Calibrations;
import io.modeldepot.placement.plan.Scenario;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The site of a given time. */
public final class Site {
  private final SiteTopics topics;
  private final Supplier<List<HostInventory>> listed;
  private final FleetMerge merge;
  private final boolean listedAreExamples;
  private final CalibrationUse use;

  /** A site where measurements are only shown. */
  public Site(
      SiteTopics topics, List<HostInventory> listed, boolean listedAreExamples, FleetMerge merge) {
    this(topics, () -> listed, listedAreExamples, merge, CalibrationUse.SHOWN);
  }

  /**
   * @param topics what is heard
   * @param listed hosts that do not report by themselves; others may be listed later, {@link
   *     SiteTopics#changed} is to be called then
   * @param listedAreExamples they are there only as long as no host reports
   * @param use what measurements are for
   */
  public Site(
      SiteTopics topics,
      Supplier<List<HostInventory>> listed,
      boolean listedAreExamples,
      FleetMerge merge,
      CalibrationUse use) {
    this.use = use;
    this.topics = topics;
    this.listed = listed;
    this.merge = merge;
    this.listedAreExamples = listedAreExamples;
  }

  /**
   * Everything that a plan is made from.
   *
   * @param scenario for the models that can be planned with
   * @param unplannable the others, with the cause
   * @param engines that run, beside what was planned for them
   * @param calibrations what follows from them, used or not
   */
  public record View(
      Scenario scenario,
      List<DemandReading.Unplannable> unplannable,
      List<EngineComparison> engines,
      Calibrations calibrations) {}

  /** The GPUs at this time. */
  public Fleet fleet(Instant now) {
    Collection<HostReport> reports = topics.hosts();
    return merge.at(
        now,
        listedAreExamples && !reports.isEmpty() ? List.of() : listed.get(),
        reports,
        topics.wishes());
  }

  /** The site at this time, where this was announced. */
  public View at(Instant now, Collection<ModelPlaced> announced) {
    List<Demand> demands = new ArrayList<>();
    List<DemandReading.Unplannable> unplannable = new ArrayList<>();
    for (ModelDescribed entry : topics.catalog()) {
      switch (DemandReading.of(entry, topics.versions(entry.model())).orElse(null)) {
        case null -> {}
        case DemandReading.Asked asked -> demands.add(asked.demand());
        case DemandReading.Unplannable not -> unplannable.add(not);
      }
    }
    Map<String, Demand> byModel = new HashMap<>();
    demands.forEach(demand -> byModel.put(demand.model().value(), demand));
    Fleet fleet = fleet(now);
    List<EngineComparison> engines =
        new Measuring(fleet, byModel, announced).compare(topics.hosts());
    Calibrations calibrations = learnt(engines);
    return new View(
        new Scenario(
            fleet,
            use == CalibrationUse.USED
                ? demands.stream().map(demand -> demand.by(calibrations)).toList()
                : demands,
            RunningReading.of(
                announced, placed -> Optional.ofNullable(byModel.get(placed.model().value())))),
        unplannable,
        engines,
        calibrations);
  }

  /**
   * What this wish would ask for, whatever the catalog asks for now; empty if the catalog has no
   * such model, or no location has verified files of it.
   */
  public Optional<DemandReading> wished(ModelName model, PlacementDemand wish) {
    return topics
        .entry(model)
        .flatMap(entry -> DemandReading.of(entry, wish, topics.versions(model)))
        .map(
            reading ->
                use == CalibrationUse.USED && reading instanceof DemandReading.Asked asked
                    ? new DemandReading.Asked(
                        asked.demand().by(LearntReading.of(topics.learnt().values())))
                    : reading);
  }

  /**
   * What was learnt of an engine stays learnt when it runs no more: else the model would be placed
   * by the old constants, run, be measured and be moved again. Whoever leads tells it; what is
   * measured now counts before what was told.
   */
  private Calibrations learnt(List<EngineComparison> engines) {
    return LearntReading.of(topics.learnt().values()).and(Measuring.calibrations(engines));
  }

  /** What measurements are for. */
  public CalibrationUse calibrationUse() {
    return use;
  }

  /** Its topics. */
  public SiteTopics topics() {
    return topics;
  }
}
