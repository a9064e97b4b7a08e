package io.modeldepot.placement.rules;

import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The sum of what models take of a GPU is at most what may be planned with. */
public record MemoryIsNeverOversold() implements HardRule {
  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String sentence() {
    return "No GPU is given to models beyond its usable memory less what is reserved.";
  }

  @Override
  public List<String> violations(Situation situation) {
    Map<GpuId, FleetGpu> gpus = situation.gpusById();
    List<String> found = new ArrayList<>();
    situation
        .after()
        .bytesByGpu()
        .forEach(
            (id, bytes) -> {
              FleetGpu gpu = gpus.get(id);
              if (gpu == null) {
                found.add("%s is not in the fleet".formatted(id));
              } else if (bytes > gpu.plannableBytes()) {
                found.add(
                    "%s: %d bytes of %d are taken".formatted(id, bytes, gpu.plannableBytes()));
              }
            });
    return found;
  }
}
