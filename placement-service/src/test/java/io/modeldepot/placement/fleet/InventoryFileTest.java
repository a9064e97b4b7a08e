package io.modeldepot.placement.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.LocationName;
import org.junit.jupiter.api.Test;

class InventoryFileTest {
  private static final long MIB = 1L << 20;

  @Test
  void theSeedHasTwoGpus() {
    assertThat(SeedGpus.hosts(LocationName.of("default"))).hasSize(1);
    assertThat(SeedGpus.hosts(LocationName.of("default")).getFirst().gpus())
        .extracting(gpu -> gpu.memoryBytes() / MIB)
        .containsExactly(32_607L, 97_887L);
  }

  @Test
  void everyFaultIsToldWithItsPlace() {
    Inventory read =
        InventoryFile.read(
            """
            {"utilisation": 1.5, "hosts": [
              {"host": "a", "location": "No Good", "gpus": [{"id": "0", "name": "X", "memoryMiB": "24"}]},
              {"host": "a", "gpus": [{"id": "0", "name": "X", "memoryMiB": 24}, {"id": "0", "memoryMiB": -1}]},
              {"host": "b"}]}
            """);

    assertThat(read)
        .isInstanceOfSatisfying(
            Inventory.Malformed.class,
            malformed ->
                assertThat(malformed.faults())
                    .containsExactly(
                        "/utilisation: more than 0 and at most 1, not 1.5.",
                        "/hosts/0/location: \"No Good\" is no name of a location.",
                        "/hosts/0/gpus/0/memoryMiB: a whole number of MiB is required, not \"24\".",
                        "/hosts/1/host: \"a\" is listed twice.",
                        "/hosts/1/gpus/1/id: \"0\" is listed twice.",
                        "/hosts/1/gpus/1/name: a text is required.",
                        "/hosts/1/gpus/1/memoryMiB: a whole number of MiB is required, not -1.",
                        "/hosts/2/gpus: a list of GPUs is required."));
  }

  @Test
  void whatIsNoJsonIsSaidToBeNone() {
    assertThat(InventoryFile.read("hosts: []"))
        .isInstanceOfSatisfying(
            Inventory.Malformed.class,
            malformed -> assertThat(malformed.faults().getFirst()).startsWith("Not JSON"));
  }
}
