package io.modeldepot.mirror.shelf;

import static io.modeldepot.mirror.shelf.Edition.Standing.CURRENT;
import static io.modeldepot.mirror.shelf.Edition.Standing.RETAINED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class InventoryTest {
  private final Edition old = Editions.edition("phi-2", 1, RETAINED, "microsoft/phi-2", "v1");
  private final Edition now = Editions.edition("phi-2", 2, CURRENT, "microsoft/phi-2", "main");
  private final Edition local = Editions.edition("local", 3, CURRENT, "", "");
  private final Inventory inventory = new Inventory(List.of(old, now, local), 0);

  @Test
  void aRepositoryIsFoundInAnyCaseAndKeepsItsOwn() {
    assertThat(inventory.find("MICROSOFT/Phi-2"))
        .contains(new Shelved("microsoft/phi-2", List.of(now, old)));
  }

  @Test
  void aModelIsFoundByItsCatalogName() {
    assertThat(inventory.find("phi-2")).contains(new Shelved("phi-2", List.of(now, old)));
    assertThat(inventory.find("local")).contains(new Shelved("local", List.of(local)));
  }

  @Test
  void anotherNameLeadsNowhere() {
    assertThat(inventory.find("microsoft/phi-3")).isEmpty();
    assertThat(inventory.find("")).isEmpty();
  }

  @Test
  void everythingIsListedOnce() {
    assertThat(inventory.all()).extracting(Shelved::id).containsExactly("local", "microsoft/phi-2");
  }

  @Test
  void aRepositoryOfTwoModelsHasTheVersionsOfBoth() {
    Edition second = Editions.edition("phi-2-test", 4, RETAINED, "microsoft/phi-2", "main");
    assertThat(new Inventory(List.of(old, second, now), 0).find("microsoft/phi-2"))
        .contains(new Shelved("microsoft/phi-2", List.of(now, second, old)));
  }
}
