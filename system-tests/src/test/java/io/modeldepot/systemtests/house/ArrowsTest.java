package io.modeldepot.systemtests.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ArrowsTest {
  private static final JavaClasses CLASSES = House.classes();

  @Test
  void noTwoPackagesUseEachOther() {
    slices().matching("io.modeldepot.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @TestFactory
  Iterable<DynamicTest> aModuleUsesOnlyWhatItsArrowsSay() {
    return House.ARROWS.entrySet().stream()
        .map(
            arrow ->
                DynamicTest.dynamicTest(
                    arrow.getKey(), () -> checkArrows(arrow.getKey(), arrow.getValue())))
        .toList();
  }

  private static void checkArrows(String module, Set<String> allowed) {
    String[] forbidden =
        House.PACKAGES.entrySet().stream()
            .filter(other -> !other.getKey().equals(module) && !allowed.contains(other.getKey()))
            .map(other -> other.getValue() + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(House.PACKAGES.get(module) + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void onlyTheRegistryOpensTheDatabase() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.modeldepot.registry..", "io.modeldepot.standalone..", "io.modeldepot.testkit..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..", "javax.sql..", "jakarta.persistence..", "org.postgresql..")
        .check(CLASSES);
  }

  @Test
  void thePageOfTheHouseShowsTheseArrows() {
    String page = House.read(House.root().resolve("docs/architecture.md"));

    assertThat(page).contains(Arrows.table());
  }
}
