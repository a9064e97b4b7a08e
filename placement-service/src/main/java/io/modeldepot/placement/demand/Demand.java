package io.modeldepot.placement.demand;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.placement.fleet.GpuKind;
import io.modeldepot.placement.memory.Calibrations;
import io.modeldepot.placement.memory.EngineCosts;
import io.modeldepot.placement.memory.MemoryModel;
import io.modeldepot.placement.memory.ModelShape;
import io.modeldepot.placement.memory.Variant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One model that shall be served.
 *
 * @param model which
 * @param commit the version
 * @param path of its immutable tree, relative to the volume
 * @param locations where that version is
 * @param shape what its memory depends on
 * @param users at the same time, per replica
 * @param contextTokens per user
 * @param variants in order of wish; empty means as stored
 * @param priority 0 to 9
 * @param replicas how many copies
 * @param pin the GPU it must be on
 * @param apartFrom models it must not share a GPU with
 * @param calibrations what was measured
 */
public record Demand(
    ModelName model,
    CommitId commit,
    String path,
    Set<LocationName> locations,
    ModelShape shape,
    Range users,
    Range contextTokens,
    List<Variant> variants,
    int priority,
    int replicas,
    Optional<String> pin,
    Set<ModelName> apartFrom,
    Calibrations calibrations) {

  /** The priority of a demand that names none. */
  public static final int USUAL_PRIORITY = 5;

  /** Copies, and refuses what nobody can ask for. */
  public Demand {
    locations = Set.copyOf(locations);
    variants = List.copyOf(variants);
    apartFrom = Set.copyOf(apartFrom);
    if (priority < 0 || priority > 9 || replicas < 1) {
      throw new IllegalArgumentException("Priority is 0 to 9, replicas at least one.");
    }
  }

  /** What it needs on GPUs of this kind. */
  public MemoryModel memoryOn(GpuKind kind) {
    return new MemoryModel(shape, calibrations.costs(EngineCosts.VLLM, model.value(), kind.name()));
  }

  /**
   * The variants that may be served: of those wished, the ones that the files allow; without a
   * wish, as stored. Full precision is served at 16 bits, as engines do by themselves.
   */
  public List<Variant> servable() {
    if (variants.isEmpty()) {
      return List.of(shape.stored() == Variant.FP32 ? Variant.FP16 : shape.stored());
    }
    return variants.stream().filter(shape.stored()::canBeServedAs).distinct().toList();
  }

  /** The same with this many users. */
  public Demand forUsers(Range some) {
    return new Demand(
        model,
        commit,
        path,
        locations,
        shape,
        some,
        contextTokens,
        variants,
        priority,
        replicas,
        pin,
        apartFrom,
        calibrations);
  }

  /** The same with such a context. */
  public Demand withContext(Range tokens) {
    return new Demand(
        model,
        commit,
        path,
        locations,
        shape,
        users,
        tokens,
        variants,
        priority,
        replicas,
        pin,
        apartFrom,
        calibrations);
  }

  /** The same in one of these forms. */
  public Demand as(List<Variant> forms) {
    return new Demand(
        model,
        commit,
        path,
        locations,
        shape,
        users,
        contextTokens,
        forms,
        priority,
        replicas,
        pin,
        apartFrom,
        calibrations);
  }

  /** The same, free to go anywhere. */
  public Demand unpinned() {
    return new Demand(
        model,
        commit,
        path,
        locations,
        shape,
        users,
        contextTokens,
        variants,
        priority,
        replicas,
        Optional.empty(),
        apartFrom,
        calibrations);
  }

  /** The same in so many copies. */
  public Demand inReplicas(int copies) {
    return new Demand(
        model,
        commit,
        path,
        locations,
        shape,
        users,
        contextTokens,
        variants,
        priority,
        copies,
        pin,
        apartFrom,
        calibrations);
  }

  /** The same bound to a GPU. */
  public Demand pinnedTo(String gpu) {
    return new Demand(
        model,
        commit,
        path,
        locations,
        shape,
        users,
        contextTokens,
        variants,
        priority,
        replicas,
        Optional.of(gpu),
        apartFrom,
        calibrations);
  }

  /** The same with this priority. */
  public Demand withPriority(int other) {
    return new Demand(
        model,
        commit,
        path,
        locations,
        shape,
        users,
        contextTokens,
        variants,
        other,
        replicas,
        pin,
        apartFrom,
        calibrations);
  }

  /** The same by these measurements. */
  public Demand by(Calibrations measured) {
    return new Demand(
        model,
        commit,
        path,
        locations,
        shape,
        users,
        contextTokens,
        variants,
        priority,
        replicas,
        pin,
        apartFrom,
        measured);
  }

  /** The same, apart from these. */
  public Demand apart(Set<ModelName> others) {
    return new Demand(
        model,
        commit,
        path,
        locations,
        shape,
        users,
        contextTokens,
        variants,
        priority,
        replicas,
        pin,
        others,
        calibrations);
  }
}
