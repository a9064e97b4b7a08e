package io.modeldepot.registry.desired.difference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.registry.desired.document.DesiredState;
import io.modeldepot.registry.desired.document.DocumentText;
import io.modeldepot.registry.desired.document.Faulty;
import io.modeldepot.registry.desired.document.ModelForm;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ComparingTest {
  private static final String HEAD = "apiVersion: modeldepot/v1\n";
  private static final String PIN = "26bca36".repeat(6).substring(0, 40);

  @Test
  void aNewModelIsMadeAndFetched() throws Faulty {
    Difference difference =
        of("models: { qwen-7b: { source: Qwen/Qwen-7B, keep: 2 } }", States.of());

    Change change = only(difference);
    assertThat(change.object()).isEqualTo("model/qwen-7b");
    assertThat(change.kind()).isEqualTo(Change.Kind.ADD);
    assertThat(change.deeds())
        .extracting(Deed::say)
        .containsExactly("make the entry", "download @main");
    assertThat(change.fields())
        .contains(new Change.Field("keep", Optional.empty(), Optional.of(2)))
        .contains(new Change.Field("family", Optional.empty(), Optional.of("qwen")));
  }

  @Test
  void onlyWhatIsSaidChanges() throws Faulty {
    ModelDescribed entry =
        States.entry("m", "{\"pin\":null,\"placement\":{\"users\":10,\"contextTokens\":2048}}");
    Difference difference =
        of(
            "models: { m: { track: main, pin: " + PIN + ", users: 6 } }",
            States.of(States.present(entry, PIN)));

    assertThat(only(difference).fields())
        .containsExactly(
            new Change.Field("pin", Optional.empty(), Optional.of(PIN)),
            new Change.Field("users", Optional.of(10), Optional.of(6)));
    assertThat(only(difference).deeds())
        .as("the pinned version is current already")
        .extracting(it -> it.event().name())
        .containsExactly("model-described");
  }

  @Test
  void aPinThatIsNotCurrentIsFetchedUnlessItIsOnItsWay() throws Faulty {
    ModelDescribed entry = States.entry("m", "{\"pin\":\"" + PIN + "\"}");
    String other = "f".repeat(40);
    String document = "models: { m: { pin: " + PIN + " } }";

    assertThat(only(of(document, States.of(States.present(entry, other)))).deeds())
        .containsExactly(new Deed.Fetch(ModelName.of("m"), Optional.of(CommitId.of(PIN)), "main"));
    ModelNow coming =
        new ModelNow(
            Optional.of(entry),
            entry.family(),
            "present",
            Optional.of(CommitId.of(other)),
            1,
            Optional.empty(),
            Set.of(PIN),
            false);
    assertThat(of(document, States.of(coming)).same()).isTrue();
    assertThat(of(document, States.of(States.present(entry, PIN))).same()).isTrue();
  }

  @Test
  void whatIsOnlyDescribedIsNotFetched() throws Faulty {
    assertThat(only(of("models: { m: { source: a/b, fetch: false } }", States.of())).deeds())
        .extracting(Deed::say)
        .containsExactly("make the entry");
  }

  @Test
  void whatIsArchivedIsNotServedAndComesBackWhenSaid() throws Faulty {
    ModelDescribed entry = States.entry("m", "{\"active\":true,\"update\":\"follow\"}");
    Change away =
        only(of("models: { m: { archived: true } }", States.of(States.present(entry, PIN))));
    assertThat(away.deeds())
        .extracting(Deed::say)
        .containsExactly("change the entry", "pack its versions into the archive");
    assertThat(away.fields()).extracting(Change.Field::key).containsExactly("update", "active");

    ModelNow archived = States.archived(States.entry("m", "{}"));
    assertThat(of("models: { m: { archived: true } }", States.of(archived)).same()).isTrue();
    assertThat(of("models: { m: { keep: 3 } }", States.of(archived)).same()).isTrue();
    assertThat(only(of("models: { m: { archived: false } }", States.of(archived))).deeds())
        .containsExactly(new Deed.Unarchive(ModelName.of("m")));
  }

  @Test
  void whatNoDocumentSaysStaysUnlessItIsToGo() throws Faulty {
    ModelDescribed served = States.entry("served", "{\"active\":true}");
    Current now =
        new Current(
            States.of(States.present(served, PIN), States.present(States.entry("m", "{}"), PIN))
                .models(),
            new TreeMap<>(
                Map.of("gpu/host/0", Map.of("state", "drained"), "weather/x", Map.of("a", 1))),
            States::standard);
    DesiredState wanted = read("models: { m: {} }");

    Difference kept = Comparing.of(wanted, now, false);
    assertThat(kept.same()).isTrue();
    assertThat(kept.leftAlone()).containsExactly("model/served", "site/gpu/host/0");
    Difference pruned = Comparing.of(wanted, now, true);
    assertThat(pruned.changes())
        .extracting(Change::object)
        .containsExactly("model/served", "site/gpu/host/0");
    assertThat(pruned.changes().getFirst().deeds())
        .extracting(Deed::say)
        .containsExactly("change the entry", "pack its versions into the archive");
    assertThat(pruned.plan()).isNotEqualTo(kept.plan());
  }

  @Test
  void whatCannotBeMeantIsSaidWhereItStands() {
    Faulty faulty =
        Objects.requireNonNull(
            catchThrowableOfType(
                Faulty.class,
                () ->
                    of(
                        """
                        models:
                          a: {}
                          b: { source: x/b, users: 2, minUsers: 3 }
                          c: { source: x/c, users: 2, gpu: "a b" }
                          d: { family: other }
                        gpus:
                          "no host": { drain: true }
                        schedules:
                          s: { cron: sometimes, command: { scope: all } }
                        """,
                        States.of(States.present(States.entry("d", "{}"), PIN)))));

    assertThat(faulty.faults())
        .extracting(Object::toString)
        .satisfiesExactly(
            it -> assertThat(it).contains(":3:3: models.a: A new model needs a source"),
            it -> assertThat(it).contains(":4:31: models.b.minUsers: 3 is not within 1 to 2"),
            it -> assertThat(it).contains(":5:31: models.c.gpu: A GPU is named as HOST/ID"),
            it -> assertThat(it).contains(":6:8: models.d.family: It has versions"),
            it -> assertThat(it).contains(":8:3: gpus.no host: This can be no name"),
            it -> assertThat(it).contains(":10:3: schedules.s: cron: Five fields"));
  }

  /** Exported, wiped, applied: the same, and from any other state too. */
  @Test
  void whatIsExportedIsMadeAgainFromAnyOtherState() throws Faulty {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      List<ModelDescribed> entries = States.randomEntries(random);
      Map<String, Map<String, Object>> settings = States.randomSettings(random);
      DesiredState exported = DesiredState.read("x", export(entries, settings).getBytes(UTF_8));
      List<ModelDescribed> start = random.nextBoolean() ? List.of() : States.randomEntries(random);
      Current now =
          new Current(
              States.absent(start), new TreeMap<>(States.randomSettings(random)), States::standard);

      Current then = States.carriedOut(Comparing.of(exported, now, true), now);

      for (ModelDescribed entry : entries) {
        ModelDescribed made =
            Objects.requireNonNull(then.models().get(entry.model())).entry().orElseThrow();
        assertThat(plain(made)).as("seed %s", seed).isEqualTo(plain(entry));
      }
      assertThat(Wire.mapper().<ObjectNode>valueToTree(then.settings()))
          .as("seed %s", seed)
          .isEqualTo(Wire.mapper().<ObjectNode>valueToTree(settings));
      assertThat(Comparing.of(exported, then, true).same()).as("twice, seed %s", seed).isTrue();
    }
  }

  /** Keys, models and sections in any order: the same difference. */
  @Test
  void theOrderOfADocumentMeansNothing() throws Faulty {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      String document = export(States.randomEntries(random), States.randomSettings(random));
      Current now =
          new Current(
              States.absent(States.randomEntries(random)), new TreeMap<>(), States::standard);
      Difference one = Comparing.of(DesiredState.read("x", document.getBytes(UTF_8)), now, true);
      Difference other =
          Comparing.of(
              DesiredState.read("x", States.shuffled(document, random).getBytes(UTF_8)), now, true);

      assertThat(other).as("seed %s", seed).isEqualTo(one);
      assertThat(other.plan()).isEqualTo(one.plan());
    }
  }

  private static String export(
      List<ModelDescribed> entries, Map<String, Map<String, Object>> settings) {
    DocumentText text = new DocumentText();
    entries.forEach(entry -> text.model(entry.model().value(), ModelForm.of(entry)));
    settings.forEach(text::setting);
    return text.yaml();
  }

  private static ObjectNode plain(ModelDescribed entry) {
    ObjectNode tree = Wire.mapper().valueToTree(entry);
    tree.remove("generation");
    if (tree.has("spread")) {
      tree.remove("locations"); // the registry chooses them
    }
    return tree;
  }

  private static Change only(Difference difference) {
    assertThat(difference.changes()).hasSize(1);
    return difference.changes().getFirst();
  }

  private static Difference of(String document, Current now) throws Faulty {
    return Comparing.of(read(document), now, false);
  }

  private static DesiredState read(String document) throws Faulty {
    return DesiredState.read("models.yaml", (HEAD + document).getBytes(UTF_8));
  }
}
