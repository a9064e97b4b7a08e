package io.modeldepot.deploy.checks;

import io.modeldepot.deploy.facts.Checkout;
import io.modeldepot.deploy.rendering.Chart;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KustomizeTest {
  @Test
  void dump() throws Exception {
    for (String e : new String[] {"operators", "two-locations", "engines-of-your-own"})
      java.nio.file.Files.writeString(
          java.nio.file.Path.of("/tmp/t2-" + e + ".yaml"),
          Chart.render(
              "model-depot", Checkout.file(Chart.FOLDER + "/examples/" + e + ".yaml"), Map.of()));
  }
}
