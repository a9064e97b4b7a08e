package io.modeldepot.placement.seed;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.ModelProfile;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.demand.Range;
import io.modeldepot.placement.memory.Calibrations;
import io.modeldepot.placement.memory.EngineCosts;
import io.modeldepot.placement.memory.MemoryModel;
import io.modeldepot.placement.memory.ModelShape;
import io.modeldepot.placement.memory.ShapeReading;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The seven models of the seed. */
public enum SeedModel {
  LLAMA2_7B("llama2-7b", 6_738_415_616L, "F16", 32, 4096, 32, 32, 128, 4096, 15, 10),
  LLAMA2_13B("llama2-13b", 13_015_864_320L, "F16", 40, 5120, 40, 40, 128, 4096, 8, 5),
  MISTRAL_7B("mistral-7b", 7_241_732_096L, "BF16", 32, 4096, 32, 8, 128, 32768, 15, 10),
  CODELLAMA_13B("codellama-13b", 13_016_028_160L, "BF16", 40, 5120, 40, 40, 128, 16384, 8, 5),
  PHI_2("phi-2", 2_779_683_840L, "F16", 32, 2560, 32, 32, 80, 2048, 20, 15),
  QWEN_7B("qwen-7b", 7_721_324_544L, "BF16", 32, 4096, 32, 32, 128, 32768, 15, 10),
  LLAMA2_70B("llama2-70b", 68_976_648_192L, "F16", 80, 8192, 64, 8, 128, 4096, 4, 2);

  private final String label;
  private final ModelProfile profile;
  private final int users;
  private final int minUsers;

  SeedModel(
      String label,
      long parameters,
      String dtype,
      int layers,
      int hidden,
      int heads,
      int kvHeads,
      int headSize,
      int context,
      int users,
      int minUsers) {
    this.label = label;
    this.users = users;
    this.minUsers = minUsers;
    this.profile =
        new ModelProfile(
            Optional.empty(),
            Optional.of(parameters),
            Optional.of(parameters),
            Map.of(dtype, parameters * 2),
            Optional.of(layers),
            Optional.of(hidden),
            Optional.of(heads),
            Optional.of(kvHeads),
            Optional.of(headSize),
            Optional.of(context),
            label.startsWith("mistral") ? Optional.of(4096) : Optional.empty(),
            Optional.empty(),
            label.startsWith("qwen"),
            false);
  }

  /** The model of that name. */
  public static SeedModel named(String label) {
    for (SeedModel model : values()) {
      if (model.label.equals(label)) {
        return model;
      }
    }
    throw new IllegalArgumentException(label);
  }

  public ModelName model() {
    return ModelName.of(label);
  }

  public ModelProfile profile() {
    return profile;
  }

  /** The seed's demand: between so many and so many users. */
  public int users() {
    return users;
  }

  public int minUsers() {
    return minUsers;
  }

  /** The seed's context: four thousand tokens, or what the model has. */
  public int contextTokens() {
    return Math.min(4096, profile.contextTokens().orElseThrow());
  }

  public ModelShape shape() {
    return switch (ShapeReading.of(profile)) {
      case ShapeReading.Known known -> known.shape();
      case ShapeReading.Unknown unknown -> throw new IllegalStateException("" + unknown.missing());
    };
  }

  /** As the seed's catalog asks for it. */
  public Demand demand() {
    return new Demand(
        model(),
        CommitId.of("01c7f73d771dfac7d292323805ebc428287df4f9"),
        "versions/" + label + "/01c7f73d771dfac7d292323805ebc428287df4f9",
        Set.of(LocationName.of("default")),
        shape(),
        new Range(minUsers, users),
        Range.exactly(contextTokens()),
        List.of(),
        Demand.USUAL_PRIORITY,
        1,
        Optional.empty(),
        Set.of(),
        Calibrations.NONE);
  }

  /** The demands of all seven. */
  public static List<Demand> demands() {
    return Arrays.stream(values()).map(SeedModel::demand).toList();
  }

  public MemoryModel memory() {
    return new MemoryModel(shape(), EngineCosts.VLLM);
  }
}
