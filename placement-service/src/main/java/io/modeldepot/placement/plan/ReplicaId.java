package io.modeldepot.placement.plan;

import io.modeldepot.events.terms.ModelName;

/**
 * One copy of a model.
 *
 * @param model which
 * @param number 0 for the first
 */
public record ReplicaId(ModelName model, int number) implements Comparable<ReplicaId> {
  @Override
  public int compareTo(ReplicaId other) {
    int byModel = model.compareTo(other.model);
    return byModel != 0 ? byModel : Integer.compare(number, other.number);
  }

  @Override
  public String toString() {
    return number == 0 ? model.value() : model + "#" + (number + 1);
  }
}
