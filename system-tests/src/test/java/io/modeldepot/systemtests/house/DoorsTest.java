package io.modeldepot.systemtests.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The core of the protocol reads no clock, draws no random number and opens no file by itself. */
class DoorsTest {
  private static final JavaClasses CLASSES = House.classes();

  private static final Set<String> CLOCKS =
      Set.of(
          "java.time.Instant.now",
          "java.time.LocalDate.now",
          "java.time.Clock.systemUTC",
          "java.lang.System.currentTimeMillis",
          "java.lang.Thread.sleep");

  private static final Set<String> TIME_AND_DICE =
      Set.of(
          "java.time.Instant.now",
          "java.time.Clock.systemUTC",
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.lang.Thread.sleep",
          "java.lang.Math.random",
          "java.util.UUID.randomUUID");

  private static final Set<String> DICE =
      Set.of("java.lang.Math.random", "java.util.UUID.randomUUID");

  @Test
  void theStoreReadsNoClockOutsideItsDoors() {
    noClasses()
        .that()
        .resideInAPackage("io.modeldepot.store..")
        .and()
        .resideOutsideOfPackages("io.modeldepot.store.volume..", "io.modeldepot.store.claim..")
        .and()
        .doNotHaveFullyQualifiedName("io.modeldepot.store.ModelStore")
        .should()
        .callCodeUnitWhere(calls(CLOCKS))
        .check(CLASSES);
  }

  /** What the simulation runs lives in whatever time it is given. */
  @Test
  void jobsAndCleanupsReadNoClockOutsideTheirDoors() {
    for (String name :
        List.of(
            "downloader.crew.JobBoard",
            "downloader.crew.JobRun",
            "downloader.crew.Voice",
            "downloader.crew.Follower",
            "downloader.intake.JobDesk",
            "downloader.preflight.Resolver",
            "downloader.publish.Publishing",
            "downloader.publish.Wishes",
            "downloader.announce.VersionAnnouncer",
            "janitor.cleanup.Cleanup",
            "janitor.cleanup.Applier",
            "janitor.cleanup.VersionRemoval",
            "janitor.cleanup.Undoing")) {
      noClasses()
          .that()
          .haveFullyQualifiedName("io.modeldepot." + name)
          .should()
          .callCodeUnitWhere(calls(TIME_AND_DICE))
          .check(CLASSES);
    }
  }

  @Test
  void theStoreOpensFilesOnlyInTheRoomOfTheFileSystem() {
    noClasses()
        .that()
        .resideInAPackage("io.modeldepot.store..")
        .and()
        .resideOutsideOfPackages("io.modeldepot.store.volume..", "io.modeldepot.store.inspect..")
        .should()
        .callCodeUnitWhere(callsOwner("java.nio.file.Files", "java.io.FileInputStream"))
        .check(CLASSES);
  }

  @Test
  void theCoreDrawsNoRandomNumberByItself() {
    noClasses()
        .that()
        .resideInAnyPackage("io.modeldepot.store..", "io.modeldepot.downloader.job..")
        .and()
        .resideOutsideOfPackage("io.modeldepot.store.volume..")
        .should()
        .callCodeUnitWhere(calls(DICE))
        .check(CLASSES);
  }

  private static DescribedPredicate<JavaCall<?>> calls(Set<String> names) {
    return DescribedPredicate.describe(
        "a call of " + names,
        call -> {
          String owner = call.getTargetOwner().getFullName();
          boolean withoutArguments = call.getTarget().getParameterTypes().isEmpty();
          return names.contains(owner + "." + call.getTarget().getName())
              && (withoutArguments || owner.equals("java.lang.Thread"));
        });
  }

  private static DescribedPredicate<JavaCall<?>> callsOwner(String... owners) {
    Set<String> named = Set.of(owners);
    return DescribedPredicate.describe(
        "a call into " + named, call -> named.contains(call.getTargetOwner().getFullName()));
  }
}
