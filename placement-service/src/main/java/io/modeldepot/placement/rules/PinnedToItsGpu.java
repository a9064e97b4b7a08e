package io.modeldepot.placement.rules;

import java.util.List;

/** Who pins a model knows something that a planner does not. */
public record PinnedToItsGpu() implements HardRule {
  @Override
  public String name() {
    return "pin";
  }

  @Override
  public String sentence() {
    return "A model that is pinned to a GPU runs there or nowhere.";
  }

  @Override
  public List<String> violations(Situation situation) {
    return situation.demands().stream()
        .filter(demand -> demand.pin().isPresent())
        .flatMap(
            demand ->
                situation.after().of(demand.model()).stream()
                    .filter(
                        one ->
                            !one.gpus().stream()
                                .allMatch(gpu -> gpu.isMeantBy(demand.pin().orElseThrow())))
                    .map(
                        one ->
                            "%s is on %s, not on %s"
                                .formatted(one.replica(), one.gpus(), demand.pin().orElseThrow())))
        .toList();
  }
}
