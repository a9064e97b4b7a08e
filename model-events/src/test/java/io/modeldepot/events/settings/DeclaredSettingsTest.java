package io.modeldepot.events.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way in which a source declares a setting. */
class DeclaredSettingsTest {
  @TempDir Path folder;

  @Test
  void aMappingTellsNamesValuesDefaultsAndComments() throws IOException {
    Group group =
        Mappings.in(
                source(
                    """
                    /** How it waits. */
                    @ConfigMapping(prefix = "depot.some-thing")
                    interface Waits {
                      /** How long; {@code 0} is
                       * for ever. */
                      @WithDefault("1s") Duration longestWait();

                      @WithName("how") Optional<How> mode();

                      /** Whom. */
                      List<String> whom();

                      /** Made of others, so not to be set. */
                      default int twice() { return 2; }

                      enum How { AT_ONCE, @JsonEnumDefaultValue LATER }
                    }
                    """))
            .getFirst();

    assertThat(group.name()).isEqualTo("depot.some-thing");
    assertThat(group.sentence()).isEqualTo("How it waits.");
    assertThat(group.settings())
        .containsExactly(
            new Setting(
                Optional.of("depot.some-thing.longest-wait"),
                List.of("DEPOT_SOME_THING_LONGEST_WAIT"),
                "time",
                Optional.of("1s"),
                "How long; `0` is for ever."),
            new Setting(
                Optional.of("depot.some-thing.how"),
                List.of("DEPOT_SOME_THING_HOW"),
                "`at-once`",
                Optional.empty(),
                ""),
            new Setting(
                Optional.of("depot.some-thing.whom"),
                List.of("DEPOT_SOME_THING_WHOM"),
                "list of text",
                Optional.empty(),
                "Whom."));
  }

  @Test
  void groupsInAMappingAreNamedWithWhatTheyAreIn() throws IOException {
    Group group =
        Mappings.in(
                source(
                    """
                    /** Places. */
                    @ConfigMapping(prefix = "depot.place")
                    interface Places {
                      Map<String, One> many();
                      Rest rest();
                      interface One {
                        /** Its key. */
                        Optional<Path> keyFile();
                      }
                      interface Rest {
                        /** Its length. */
                        @WithDefault("8h") Duration length();
                      }
                    }
                    """))
            .getFirst();

    assertThat(group.settings())
        .extracting(Setting::name)
        .containsExactly("depot.place.many.<name>.key-file", "depot.place.rest.length");
    Setting ofOne = group.settings().getFirst();
    assertThat(ofOne.variables()).containsExactly("DEPOT_PLACE_MANY__<NAME>__KEY_FILE");
    assertThat(ofOne.isNamed("depot.place.many.default.key-file")).isTrue();
    assertThat(ofOne.isNamed("depot.place.many.key-file")).isFalse();
    assertThat(ofOne.isSecret()).as("it names a file").isFalse();
  }

  @Test
  void parametersAndConstantsAreToldByTheirComments() throws IOException {
    List<Setting> settings =
        Injected.in(
            source(
                """
                class Some {
                  /** The token; sent nowhere else. */
                  private static final String TOKEN = "DEPOT_SOME_TOKEN";
                  private static final String OTHER = "no setting";

                  /**
                   * Made once.
                   *
                   * @param most how many there may be,
                   *     {@code 0} for none
                   * @param silent silent
                   * @return one
                   */
                  Some some(
                      @ConfigProperty(name = "depot.some.most", defaultValue = "7") int most,
                      @ConfigProperty(name = "depot.some.silent") Optional<String> silent,
                      Clock clock) { return null; }
                }
                """));

    assertThat(settings)
        .extracting(Setting::name)
        .containsExactly("DEPOT_SOME_TOKEN", "depot.some.most", "depot.some.silent");
    assertThat(settings)
        .extracting(Setting::sentence)
        .containsExactly(
            "The token; sent nowhere else.", "How many there may be, `0` for none.", "");
    assertThat(settings.getFirst().isSecret()).isTrue();
    assertThat(settings.get(1).standard()).contains("7");
  }

  @Test
  void aDefaultThatIsNoLiteralIsRefused() throws IOException {
    Source source =
        source(
            """
            @ConfigMapping(prefix = "depot.some")
            interface Some {
              /** Most. */
              @WithDefault(MOST) int most();
            }
            """);

    assertThatThrownBy(() -> Mappings.in(source)).hasMessageContaining("@WithDefault(MOST)");
  }

  private Source source(String text) throws IOException {
    return Source.of(List.of(Files.writeString(folder.resolve("Some.java"), text))).getFirst();
  }
}
