package io.modeldepot.placement.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.events.terms.LocationName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
                        "line 1, /utilisation: more than 0 and at most 1, not \"1.5\".",
                        "line 2, /hosts/0/location: \"No Good\" is no name of a location: letters,"
                            + " digits and hyphens.",
                        "line 2, /hosts/0/gpus/0/memoryMiB: a whole number of MiB is required, as"
                            + " nvidia-smi shows it, not \"24\".",
                        "line 3, /hosts/1/host: \"a\" is listed twice; leave one of them out.",
                        "line 3, /hosts/1/gpus/1/id: \"0\" is listed twice; leave one of them out.",
                        "line 3, /hosts/1/gpus/1/name: a text is required.",
                        "line 3, /hosts/1/gpus/1/memoryMiB: a whole number of MiB is required, as"
                            + " nvidia-smi shows it, not \"-1\".",
                        "line 4, /hosts/2/gpus: a list of GPUs is required."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b",
        "a b",
        "..\\u0000",
        "\\u001b[31mred",
        "h\\nost",
        "größe",
        "",
        " a",
        "{}",
        "=cmd"
      })
  void aNameThatCanBeNoHostIsRefusedAndItsControlCharactersAreNotRepeated(String name) {
    String json = "{\"hosts\":[{\"host\":\"%s\",\"gpus\":[]}]}".formatted(name);

    assertThat(InventoryFile.read(json))
        .isInstanceOfSatisfying(
            Inventory.Malformed.class,
            malformed ->
                assertThat(malformed.faults())
                    .singleElement()
                    .asString()
                    .startsWith("line 1, /hosts/0/host: ")
                    .endsWith("letters, digits, dots, hyphens and underscores are required.")
                    .satisfies(it -> assertThat(it.chars()).noneMatch(Character::isISOControl)));
  }

  @Test
  void aMemberThatIsSaidTwiceIsRefused() {
    assertThat(InventoryFile.read("{\"hosts\":[],\n\"hosts\":[]}"))
        .isInstanceOfSatisfying(
            Inventory.Malformed.class,
            malformed ->
                assertThat(malformed.faults().getFirst())
                    .startsWith("line 2: not JSON: Duplicate field 'hosts'"));
  }

  @Test
  void whatIsNoObjectIsToldWhatItCouldBe() {
    for (String json : List.of("[]", "null", "7", "\"hosts\"", "{}", "")) {
      assertThat(InventoryFile.read(json))
          .as(json)
          .isInstanceOfSatisfying(
              Inventory.Malformed.class,
              malformed ->
                  assertThat(malformed.faults().getFirst())
                      .contains("a list of hosts is required"));
    }
  }

  @Test
  void whatIsNoJsonIsSaidToBeNone() {
    assertThat(InventoryFile.read("hosts: []"))
        .isInstanceOfSatisfying(
            Inventory.Malformed.class,
            malformed -> assertThat(malformed.faults().getFirst()).startsWith("line 1: not JSON"));
  }
}
